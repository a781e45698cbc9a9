"""A day in the basement: prepared in the morning, surveyed without a network, killed in between, sent at night."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from accounts.permissions import Role
from foundation import clock
from foundation.db import db
from retail.rules import Kind
from surveys.actions import load_default_criteria, plan_visit
from surveys.models import Survey
from surveys.queries import document_of
from surveys.rules.words import Nature
from tests.browser.hands import FORGET, PHOTO, PROVED, fill_in, hand_in, kept, opened, saved, tap, until
from tests.fixtures.live import add_person, add_store

pytestmark = pytest.mark.usefixtures("worker")


@pytest.fixture
def day(live_server, context):
    """Two visits of today and one of tomorrow for a person who is signed in: (user id, ids of the visits)."""
    with live_server.app.app_context():
        criteria, me, today = load_default_criteria(by=None, at=clock.now()), add_person(Role.INSPECTOR), clock.today()
        visits = [plan_visit(establishment=add_store(name, Kind.SUPERMARKET), nature=Nature.PLANNED,
                             planned_on=today + timedelta(days=days), team=[me], lead=me, criteria_set=criteria, by=me,
                             at=clock.now())
                  for name, days in (("Siêu thị Tầng Hầm", 0), ("Siêu thị Kho Lạnh", 0), ("Siêu thị Ngày Mai", 1))]
        db.session.commit()
        found = me.id, [visit.id for visit in visits]
    live_server.sign_in(context, found[0])
    return found


@pytest.fixture
def visits(page: Page, live_server, day):
    """The page of visits, when everything of today has been proved."""
    page.set_default_timeout(15000)
    expect.set_options(timeout=15000)
    page.goto(f"{live_server.url}/visits")
    expect(page.locator("#ready [data-say=ready]").first).to_be_visible(timeout=30000)
    return page


def begin_and_be_killed(page: Page, visit_id: int) -> str:
    """One answer and one photo, then the browser is killed; the address of the form."""
    page.locator(f"[data-visit='{visit_id}'] [data-go]").tap()
    opened(page)
    tap(page, "answers.A1.yes", "true")
    kept(page)
    page.locator("#A1 input[capture]").first.set_input_files(PHOTO)
    expect(page.locator("#A1 [data-state=kept]")).to_have_count(1)
    address = page.url
    page.close()
    return address


def check_what_arrived(live_server, visit_id: int) -> str:
    """All of it stands on the server; the path of its receipt."""
    with live_server.app.app_context():
        [survey] = db.session.scalars(select(Survey).where(Survey.visit_id == visit_id)).all()
        assert survey.submitted_at and survey.completion and len(survey.signatures) == 2
        assert document_of(survey)["answers"]["A1"]["yes"] is True
        assert len(survey.manifest) == len({item["id"] for item in survey.manifest}) == len(survey.evidence)
        return f"/surveys/{survey.id}/receipt"


def test_a_visit_never_opened_before_is_done_without_a_network(visits, live_server, context, day):
    _user, (first, second, later) = day
    expect(visits.locator("[data-fact=visits]")).to_contain_text("2/2")
    expect(visits.locator(f"[data-visit='{first}'] [data-ready] [data-when=yes]")).to_be_visible()
    expect(visits.locator(f"[data-visit='{later}'] [data-ready]")).to_be_hidden()
    context.set_offline(True)
    address = begin_and_be_killed(visits, second)

    page = context.new_page()
    page.set_default_timeout(15000)
    page.goto(address)
    opened(page)
    expect(page.locator("[name='answers.A1.yes'][value=true]")).to_be_checked()
    expect(page.locator("#A1 [data-state=kept]")).to_have_count(1)
    fill_in(page, live_server, second, "basement")
    hand_in(page)
    expect(page.locator("#sending-h", has_text="đang chờ gửi")).to_be_visible()
    page.goto(f"{live_server.url}/visits")
    expect(page.locator(f"[data-visit='{second}'] [data-local] [data-when~=ready]")).to_be_visible()
    expect(page.locator("[data-unsent]")).to_contain_text("1 chưa gửi")

    context.set_offline(False)
    expect(page.locator("[data-items] [data-when=complete]").first).to_be_visible(timeout=45000)
    receipt = check_what_arrived(live_server, second)
    until(page, PROVED, receipt)
    context.set_offline(True)
    page.locator("[data-items] a").first.tap()
    page.wait_for_url(f"**{receipt}")
    expect(page.locator("main")).to_contain_text("Máy chủ đã nhận đủ")


PERSON = """async (person) => {
    const cache = await caches.open("ppx-notes")
    const notes = await (await cache.match("/")).json()
    await cache.put("/", Response.json({ ...notes, person: String(person) }))
}"""  # as after signing in: the worker has heard who it is


def test_the_pin_opens_the_tablet_and_nothing_else_does(visits, live_server, context, day):
    _user, (first, *_rest) = day
    visits.locator("[data-set-pin]").tap()
    for _twice in range(2):
        for digit in "246810":
            visits.locator(f"#pin [data-digit='{digit}']").tap()
    expect(visits.locator("[data-fact=pin] [data-pin=yes]")).to_be_visible()
    visits.locator(f"[data-visit='{first}'] [data-go]").tap()
    opened(visits)
    tap(visits, "answers.A1.yes", "false")
    kept(visits)
    address = visits.url
    visits.goto(f"{live_server.url}/visits")
    visits.locator("form[action$=sign-out] button").first.tap()  # locks the tablet
    visits.wait_for_url("**/sign-in*")
    visits.evaluate(PERSON, day[0])
    context.set_offline(True)
    visits.goto(address)
    expect(visits.locator("#pin")).to_be_visible()
    expect(visits.locator("main")).to_be_hidden()
    for digit in "111111":
        visits.locator(f"#pin [data-digit='{digit}']").tap()
    expect(visits.locator("#pin [data-says=wrong]")).to_be_visible()
    for digit in "246810":
        visits.locator(f"#pin [data-digit='{digit}']").tap()
    opened(visits)
    expect(visits.locator("[name='answers.A1.yes'][value=false]")).to_be_checked()


def test_a_rescue_file_restores_on_another_tablet(visits, live_server, context, browser, browser_context_args, day,
                                                  tmp_path):
    user, (first, *_rest) = day
    visits.locator(f"[data-visit='{first}'] [data-go]").tap()
    opened(visits)
    context.set_offline(True)
    tap(visits, "answers.A1.yes", "false")
    kept(visits)
    visits.goto(f"{live_server.url}/visits")
    expect(visits.locator(f"[data-visit='{first}'] [data-local]")).to_contain_text("Đang làm 1/")
    visits.locator("#queue summary").tap()
    with visits.expect_download() as saved:
        visits.locator("[data-rescue]").tap()
    path = tmp_path / "cuu-ho.ppx"
    saved.value.save_as(path)
    other = browser.new_context(**browser_context_args)
    live_server.sign_in(other, user)
    page = other.new_page()
    page.goto(f"{live_server.url}/visits")
    expect(page.locator("[data-tablet=open]")).to_be_attached()
    page.locator("#queue summary").tap()
    for added in ("1", "0"):  # twice adds nothing
        page.locator("[data-restore]").set_input_files(path)
        expect(page.locator("[data-says=restored] [data-fig=added]")).to_have_text(added)
    expect(page.locator(f"[data-visit='{first}'] [data-local]")).to_contain_text("Đang làm 1/")
    other.close()


@pytest.mark.parametrize("by_way_of_the_visits", [True, False])
def test_what_was_cleared_away_goes_on_under_its_name(visits, live_server, context, day, by_way_of_the_visits):
    """The server has the draft, the tablet's storage was cleared, there is no network: one survey, and a choice."""
    _user, (first, *_rest) = day
    form = f"{live_server.url}/visits/{first}/form"
    visits.goto(f"{form}#packaging")
    opened(visits)
    visits.fill("[name=counted_by]", "trước khi mất")
    saved(visits)
    visits.goto(f"{live_server.url}/offline")
    visits.evaluate(FORGET)
    context.set_offline(True)
    if by_way_of_the_visits:
        visits.goto(f"{live_server.url}/visits")
        expect(visits.locator("[data-tablet=open]")).to_be_attached()
    visits.goto(f"{form}#packaging")
    opened(visits)
    expect(visits.locator("[name=counted_by]")).to_have_value("")
    visits.fill("[name=counted_by]", "viết lại")
    kept(visits)
    context.set_offline(False)
    expect(visits.locator("[data-alarm=differs]")).to_be_visible()
    visits.locator("[data-theirs]").tap()
    expect(visits.locator("[name=counted_by]")).to_have_value("trước khi mất")
    with live_server.app.app_context():
        assert len(db.session.scalars(select(Survey).where(Survey.visit_id == first)).all()) == 1
