"""What happens to tablets and servers in the middle of it; each survey arrives whole and once."""

import os
import re
import signal
import socket
import subprocess
import sys
import time

import pytest
from playwright.sync_api import expect

from accounts.actions import revoke_device
from accounts.models import Device
from app import create_app
from foundation import clock
from foundation.config import ROOT
from foundation.db import db
from surveys.models import Survey
from tests.browser.hands import FORGET
from tests.conftest import build_schema
from tests.faults import server as killed
from tests.faults.conftest import ROUNDS, Place

A_DAY = 24 * 3600 * 1000
SHIFTED = f"""(() => {{
    const now = Date.now.bind(Date), Real = Date
    globalThis.Date = class extends Real {{
        constructor(...given) {{ given.length ? super(...given) : super(now() + {A_DAY}) }}
        static now() {{ return now() + {A_DAY} }}
    }}
}})()"""
EVICT = """async (sha256) => {
    const open = indexedDB.open("ppx")
    const db = await new Promise((resolve) => { open.onsuccess = () => resolve(open.result) })
    const tx = db.transaction("files", "readwrite")
    const keys = await new Promise((resolve) => {
        const asked = tx.objectStore("files").getAllKeys(); asked.onsuccess = () => resolve(asked.result) })
    keys.filter((key) => key[1] === sha256).forEach((key) => tx.objectStore("files").delete(key))
    await new Promise((resolve) => { tx.oncomplete = resolve })
    db.close()
}"""
RESCUE = """async (person) => {
    const { Tablet } = await import("/static/js/tablet/tablet.js")
    const bytes = new Uint8Array(await (await (await Tablet.open({ person })).rescue()).arrayBuffer())
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
}"""
RESTORE = """async ([person, text]) => {
    const { Tablet } = await import("/static/js/tablet/tablet.js")
    window.tablet ??= await Tablet.open({ person })
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
    return window.tablet.restore(new Blob([bytes]))
}"""


def test_signed_out_in_the_middle_of_the_queue(tablet, line, context):
    """The web session ends, and the device is revoked: what waits is kept, and goes when the person signs in again."""
    tablet.enrol()
    line.mode = "down"
    survey_id = tablet.hand_in()
    context.clear_cookies()
    with tablet.server.app.app_context():
        for device in db.session.query(Device).filter_by(user_id=tablet.person):
            revoke_device(device, by=None, at=clock.now())
        db.session.commit()
    line.mode = "good"
    assert tablet.wake(survey_id) in ("ready", "sending")
    tablet.page.close()
    tablet.server.sign_in(context, tablet.person)
    tablet.open()
    tablet.until(survey_id)
    tablet.check(survey_id)


def test_another_person_neither_sees_nor_sends(tablet, make_tablet, line, context):
    line.mode = "down"
    survey_id = tablet.hand_in()
    line.mode = "good"
    line.hang_up()
    tablet.page.close()
    other = make_tablet()
    assert other.page.evaluate("""async (person) => {
        const { Tablet } = await import("/static/js/tablet/tablet.js")
        const mine = await Tablet.open({ person })
        await mine.send()
        return (await mine.summary()).items.length
    }""", other.person) == 0
    other.page.close()
    with tablet.server.app.app_context():
        assert db.session.query(Survey).filter_by(visit_id=tablet.visit).count() == 0
    tablet.server.sign_in(context, tablet.person)
    tablet.open()
    tablet.until(survey_id)
    tablet.check(survey_id)


def test_a_photo_evicted_is_told_and_never_silent(tablet, line):
    line.mode = "down"
    survey_id = tablet.hand_in()
    photo = tablet.hashes[0]
    tablet.page.evaluate(EVICT, photo)
    line.mode = "good"
    tablet.until(survey_id, "received")
    tablet.page.wait_for_timeout(300)
    assert tablet.page.evaluate("async () => (await window.tablet.summary()).lost") == 1
    with tablet.server.app.app_context():
        survey = db.session.get(Survey, survey_id)
        assert survey.delivered_at and not survey.submitted_at


def test_the_whole_storage_evicted_leaves_the_draft_on_the_server(tablet):
    """A draft that was once online comes back from the server when the browser has cleared everything."""
    page = tablet.open(f"/visits/{tablet.visit}/form")
    expect(page.locator("body[data-open=yes]")).to_be_attached()
    page.locator("label:has([name='answers.A1.yes'][value='true'])").tap()
    expect(page.locator("#kept-state [data-when=server]")).to_be_visible()
    page.close()
    page = tablet.open("/visits")
    tablet.context.new_cdp_session(page).send("Storage.clearDataForOrigin", {
        "origin": tablet.url, "storageTypes": "indexeddb,cache_storage,service_workers,local_storage"})
    page.close()
    page = tablet.open(f"/visits/{tablet.visit}/form")
    expect(page.locator("[name='answers.A1.yes'][value='true']")).to_be_checked()


def test_the_storage_evicted_after_its_receipt(tablet, line):
    """What is written on from nothing is a second survey: both are kept, and the reviewer chooses."""
    first = tablet.hand_in()
    tablet.until(first)
    tablet.open("/offline").evaluate(FORGET)
    tablet.open()
    line.mode = "down"
    second = tablet.hand_in()
    line.mode = "good"
    tablet.until(second)
    assert second != first
    for survey_id in (first, second):
        tablet.check(survey_id, count=2)
    expect(tablet.open(f"/visits/{tablet.visit}/differences").locator(".two-surveys > section")).to_have_count(2)


def test_a_clock_that_is_a_day_off(tablet, context):
    context.add_init_script(SHIFTED)
    tablet.page.close()
    tablet.open()
    survey_id = tablet.hand_in()
    tablet.until(survey_id)
    tablet.check(survey_id)
    with tablet.server.app.app_context():
        survey = db.session.get(Survey, survey_id)
        assert abs(survey.skew_ms - A_DAY) < 60_000
        assert abs((survey.submitted_at - clock.now()).total_seconds()) < 60


def test_a_new_version_in_the_middle_of_a_draft(tablet, line, monkeypatch):
    page = tablet.open(f"/visits/{tablet.visit}/form")
    expect(page.locator("body[data-open=yes]")).to_be_attached()
    page.locator("label:has([name='answers.A1.yes'][value='true'])").tap()
    expect(page.locator("#kept-state [data-when=server]")).to_be_visible()
    before = page.locator("#survey").get_attribute("data-app")
    page.close()
    monkeypatch.setattr("foundation.web.app_version", lambda: "fedcba987654")
    monkeypatch.setattr("surveys.views.form.app_version", lambda: "fedcba987654")
    page = tablet.open(f"/visits/{tablet.visit}/form")
    expect(page.locator("[name='answers.A1.yes'][value='true']")).to_be_checked()
    assert page.locator("#survey").get_attribute("data-app") == before


def test_two_tablets_on_one_visit_both_arrive(tablet, make_tablet, browser, browser_context_args):
    second = browser.new_context(**browser_context_args)
    other = make_tablet(like=tablet, on=second)
    ids = [tablet.hand_in(), other.hand_in()]
    for one, survey_id in zip((tablet, other), ids, strict=True):
        one.until(survey_id)
    for one, survey_id in zip((tablet, other), ids, strict=True):
        one.check(survey_id, count=2)
    second.close()


def test_a_rescue_file_on_another_tablet(tablet, make_tablet, line, browser, browser_context_args):
    """Everything of the broken tablet arrives from the other one, also when the first comes back to life."""
    tablet.enrol()
    tablet.page.evaluate("import('/static/js/tablet/rescue.js')")  # the worker keeps it for a page without a network
    line.mode = "down"
    survey_id = tablet.hand_in()
    file = tablet.page.evaluate(RESCUE, tablet.person)
    line.mode = "good"
    line.hang_up()
    line.mode = "down"
    second = browser.new_context(**browser_context_args)
    line.mode = "good"
    other = make_tablet(like=tablet, on=second)
    assert other.page.evaluate(RESTORE, [tablet.person, file])["added"] == 1
    assert other.page.evaluate(RESTORE, [tablet.person, file])["added"] == 0
    other.until(survey_id)
    other.check(survey_id)
    second.close()
    tablet.until(survey_id)
    tablet.check(survey_id)


def test_requests_replayed_and_reordered(tablet, context, dice):
    """Each request may come again, at once or after those that follow."""
    kept = []

    def again(route):
        answer = route.fetch()
        kept.append(route.request)
        for old in dice.sample(kept, min(2, len(kept))):
            context.request.fetch(old.url, method=old.method, headers=old.headers, data=old.post_data_buffer)
        route.fulfill(response=answer)

    context.route(re.compile(r"/api/surveys/"), again)
    ids = []
    for _turn in range(ROUNDS):
        ids.append(tablet.hand_in())
        tablet.until(ids[-1])
    context.unroute(re.compile(r"/api/surveys/"))
    for survey_id in ids:
        tablet.check(survey_id, count=ROUNDS)


@pytest.fixture
def mortal(tmp_path):
    """A server in a process of its own: kill(), start()."""
    app = create_app(**killed.settings(tmp_path))
    with app.app_context():
        build_schema()
        db.session.commit()
    place = Mortal(app, tmp_path)
    yield place
    place.kill()


class Mortal(Place):
    """Looks like the live server to the rest, and can die."""

    def __init__(self, app, folder):
        super().__init__(app)
        self.folder, self.process = folder, None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.address = free.getsockname()
        self.start()

    def start(self):
        self.process = subprocess.Popen([sys.executable, "-m", "tests.faults.server", self.folder,
                                         str(self.address[1])], cwd=ROOT, stderr=subprocess.DEVNULL)
        for _try in range(200):
            try:
                return socket.create_connection(self.address, 1).close()
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server does not start")

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


def test_the_server_is_killed_between_record_and_attachments(mortal, make_tablet):
    tablet = make_tablet(server=mortal)
    tablet.page.route(re.compile(r"/evidence/"), lambda route: (mortal.kill(), route.abort()))
    survey_id = tablet.hand_in()
    for _try in range(100):
        if mortal.process.poll() is not None:
            break
        tablet.page.wait_for_timeout(50)
    tablet.page.unroute(re.compile(r"/evidence/"))
    assert tablet.wake(survey_id) == "received"
    mortal.start()
    tablet.until(survey_id)
    tablet.check(survey_id)
