"""The survey form between network, server and other tablets: nothing typed is lost, nothing replaced by itself."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from accounts.models import Device
from foundation import clock
from foundation.db import db
from surveys.queries import document_of
from tests.browser.hands import FORGET, PROVED, kept, opened, saved, tap, until

pytestmark = pytest.mark.usefixtures("worker")


def test_nothing_typed_is_lost_without_a_network(form, survey, context, live_server, read_survey):
    """Neither by reloading in the middle, nor by another page of the same survey."""
    form.goto(f"{survey[1]}#finish")
    until(form, PROVED, survey[1].partition(live_server.url)[2])
    context.set_offline(True)
    form.fill("[name=remarks]", "Ghi khi mất mạng")
    kept(form)
    expect(form.locator("[data-line=off]")).to_be_visible()
    form.reload()
    opened(form)
    expect(form.locator("[name=remarks]")).to_have_value("Ghi khi mất mạng")
    expect(form.locator("[data-restored]")).to_be_visible()
    form.reload()
    opened(form)
    expect(form.locator("[data-restored]")).to_be_hidden()  # said once
    other = context.new_page()
    other.goto(f"{survey[1]}#finish")
    opened(other)
    other.fill("[name=store_remarks]", "Trang hai")
    kept(other)
    expect(form.locator("[name=store_remarks]")).to_have_value("Trang hai")
    context.set_offline(False)
    saved(form)
    assert read_survey(survey[0], lambda it: [document_of(it)[name] for name in ("remarks", "store_remarks")]) == [
        "Ghi khi mất mạng", "Trang hai"]


def test_a_revoked_tablet_loses_nothing(form, survey, context, live_server, read_survey):
    """An expired session does not matter: the tablet has a token of its own. When that is taken away, one signs in."""
    person = int(form.locator("#survey").get_attribute("data-person"))
    context.clear_cookies()
    tap(form, "answers.A1.yes", "false")
    saved(form)
    with live_server.app.app_context():
        for device in db.session.scalars(select(Device).where(Device.user_id == person)):
            device.revoked_at = clock.now()
        db.session.commit()
    tap(form, "answers.A2.yes", "false")
    expect(form.locator("[data-alarm=revoked], [data-alarm=signed-out]").locator("visible=true")).to_be_visible()
    expect(form.locator("[name='answers.A2.yes'][value=false]")).to_be_checked()
    live_server.sign_in(context, person)
    form.locator("[data-alarm] [data-retry]").locator("visible=true").tap()
    saved(form)
    assert read_survey(survey[0], lambda it: document_of(it)["answers"]["A2"]) == {"yes": False}


def test_two_tablets_of_one_person(form, survey, browser, browser_context_args, live_server, read_survey):
    """Somebody chooses; nothing is replaced by itself."""
    form.goto(f"{survey[1]}#finish")
    second = browser.new_context(**browser_context_args)
    live_server.sign_in(second, int(form.locator("#survey").get_attribute("data-person")))
    other = second.new_page()
    other.goto(f"{survey[1]}#finish")
    opened(other)
    other.fill("[name=store_remarks]", "Máy hai")
    saved(other)
    form.fill("[name=remarks]", "Máy một")
    expect(form.locator("[data-alarm=differs]")).to_be_visible()
    form.locator("[data-mine]").tap()
    saved(form)
    assert read_survey(survey[0], lambda it: document_of(it)["remarks"]) == "Máy một"
    other.fill("[name=store_remarks]", "Máy hai nữa")
    other.locator("[data-theirs]").tap()
    expect(other.locator("[name=remarks]")).to_have_value("Máy một")
    expect(other.locator("[name=store_remarks]")).to_have_value("")
    second.close()


def test_signing_out_closes_what_is_stored(form, survey, context, live_server):
    """By the service worker: what is open elsewhere closes too, and opens again where its owner has signed in."""
    person = int(form.locator("#survey").get_attribute("data-person"))
    form.goto(f"{survey[1]}#finish")
    opened(form)
    form.fill("[name=remarks]", "trước khi đăng xuất")
    saved(form)
    form.evaluate("navigator.serviceWorker.ready")
    other = context.new_page()
    other.goto(f"{live_server.url}/visits")
    until(other, "() => navigator.serviceWorker.controller")
    other.locator("form[action$=sign-out] button").first.evaluate("button => button.click()")
    other.wait_for_url("**/sign-in**")
    expect(form.locator("#pin[open]")).to_be_visible()
    expect(form.locator("#finish")).not_to_be_visible()
    live_server.sign_in(context, person)
    other.goto(f"{live_server.url}/visits")
    expect(form.locator("#pin[open]")).not_to_be_visible()
    expect(form.locator("body[data-open=yes]")).to_be_attached()
    expect(form.locator("[name=remarks]")).to_have_value("trước khi đăng xuất")


NOTED = """async (path) => {
    const notes = await caches.match("/", { cacheName: "ppx-notes" })
    return Boolean(notes) && (await notes.text()).includes(path)
}"""  # whether the worker knows that the page is in use


def test_a_store_that_was_cleared_never_shows_an_old_page(form, survey, live_server):
    """The page was kept when the survey was begun; the draft is gone from here, the server has it."""
    form.goto(f"{survey[1]}#finish")
    opened(form)
    until(form, "path => caches.match(path).then(Boolean)", f"/surveys/{survey[0]}/edit")
    form.fill("[name=remarks]", "máy chủ đã có")
    saved(form)
    until(form, NOTED, f"/surveys/{survey[0]}/edit")
    form.goto(f"{live_server.url}/offline")
    form.evaluate(FORGET)
    form.goto(f"{survey[1]}#finish")
    expect(form.locator("[name=remarks]")).to_have_value("máy chủ đã có")
    opened(form)
