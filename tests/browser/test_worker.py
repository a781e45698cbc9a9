"""The service worker alone: what opens without a network, for whom, and what is proved before it is ticked."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from accounts.permissions import Role
from foundation.db import db
from surveys.models import Survey
from tests.browser.hands import PROVED, kept, tap, until
from tests.fixtures.live import add_person

pytestmark = pytest.mark.usefixtures("worker")

ASK = """async ([task, facts]) => {
    const registration = await navigator.serviceWorker.ready
    const { port1, port2 } = new MessageChannel()
    const answer = new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data) })
    registration.active.postMessage({ task, ...facts }, [port2])
    return answer
}"""
REGISTER = """async () => {
    await navigator.serviceWorker.register("/worker.js")
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller)
        await new Promise((resolve) => { navigator.serviceWorker.oncontrollerchange = resolve })
}"""


@pytest.fixture
def visit(new_survey, live_server, context: BrowserContext):
    """A visit with an open survey; its team is signed in: (path of its form, user id)."""
    survey_id, user_id = new_survey()
    live_server.sign_in(context, user_id)
    with live_server.app.app_context():
        return f"/visits/{db.session.get(Survey, survey_id).visit_id}/form", user_id


@pytest.fixture
def ready(page: Page, live_server, visit):
    """The list of visits, under the worker."""
    page.set_default_timeout(8000)
    page.goto(f"{live_server.url}/visits")
    page.evaluate(REGISTER)
    return page


def ask(page: Page, task: str, **facts):
    return page.evaluate(ASK, [task, facts])


@pytest.fixture
def stand_in(live_server):
    """Let somebody else answer in the server's place: `stand_in(application)`; None lets the server answer again."""

    def put(application):
        live_server.stand_in = application

    yield put
    live_server.stand_in = None


def portal(environ, start_response):
    """A guest network's own page in answer to everything."""
    start_response("200 OK", [("Content-Type", "text/html")])
    return [b"<!doctype html><title>Wi-Fi</title><h1>Guest Wi-Fi</h1>"]


def busy(environ, start_response):
    """What stands in front says that the server is away."""
    start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
    return [b"busy"]


def form_opens(page: Page, address: str):
    page.goto(address)
    expect(page.locator("#A h2")).to_be_visible()


def test_prepared_proved_and_opened_without_a_network(ready, context, live_server, visit):
    form, _user = visit
    assert ask(ready, "prove", path=form)["ok"] is False
    assert ask(ready, "keep", path=form)["ok"] is True
    proof = ask(ready, "prove", path=form)
    assert proof["ok"] and proof["files"] == proof["good"] > 15
    context.set_offline(True)
    form_opens(ready, live_server.url + form)
    assert ready.evaluate("document.fonts.check('600 16px BVP', 'Ự')")
    ready.goto(f"{live_server.url}/visits/99999")
    expect(ready.locator("h1")).to_have_text("Trang này chưa có trên máy")


def test_what_is_missing_is_not_ticked(ready, visit):
    form, _user = visit
    ask(ready, "keep", path=form)
    ready.evaluate("""async () => {
        const cache = await caches.open("ppx-assets")
        const [sheet] = (await cache.keys()).filter(({ url }) => url.includes(".css"))
        await cache.put(sheet, new Response("spoilt"))
    }""")
    proof = ask(ready, "prove", path=form)
    assert not proof["ok"] and proof["good"] < proof["files"]


def test_a_captive_portal_replaces_nothing(ready, live_server, visit, stand_in):
    form, _user = visit
    ask(ready, "keep", path=form)
    stand_in(portal)
    form_opens(ready, live_server.url + form)
    assert ask(ready, "keep", path=form)["ok"] is False
    assert ask(ready, "prove", path=form)["ok"] is True
    ready.goto(f"{live_server.url}/visits/99999")  # never kept: the portal may show itself, so that one can get past it
    expect(ready.locator("h1")).to_have_text("Guest Wi-Fi")


def test_trouble_at_the_server_shows_what_is_kept(ready, live_server, visit, stand_in):
    form, _user = visit
    ask(ready, "keep", path=form)
    stand_in(busy)
    form_opens(ready, live_server.url + form)


def test_signed_out_is_said_and_replaces_nothing(ready, context, live_server, visit):
    form, user = visit
    ask(ready, "keep", path=form)
    context.clear_cookies()
    ready.goto(live_server.url + form)
    expect(ready.locator("[name=password]")).to_be_visible()
    assert "/sign-in?next=" in ready.url
    context.set_offline(True)
    form_opens(ready, live_server.url + form)


def test_a_second_person_sees_nothing_of_the_first(ready, context, live_server, visit):
    form, user = visit
    ask(ready, "keep", path=form)
    ready.locator("form[action$=sign-out] button").first.evaluate("button => button.click()")
    ready.wait_for_url("**/sign-in**")
    context.set_offline(True)
    ready.goto(live_server.url + form)
    expect(ready.locator("h1")).to_have_text("Trang này chưa có trên máy")
    context.set_offline(False)
    with live_server.app.app_context():
        other = add_person(Role.INSPECTOR).id
        db.session.commit()
    live_server.sign_in(context, other)
    ready.goto(f"{live_server.url}/visits")
    context.set_offline(True)
    for _try in range(10):  # a worker that is just woken may have a network for a moment: then the server refuses
        ready.goto(live_server.url + form)
        if (said := ready.locator("h1").inner_text()) != "Bạn không được phép làm việc này":
            break
    assert said == "Trang này chưa có trên máy"
    context.set_offline(False)
    live_server.sign_in(context, user)
    ready.goto(f"{live_server.url}/visits")
    expect(ready.locator("[data-tablet=open]")).to_be_attached()
    context.set_offline(True)
    form_opens(ready, live_server.url + form)  # the same person again: everything is back


def test_a_form_in_use_stays_as_it_was_begun(ready, live_server, visit, stand_in):
    """A new version of the page waits until the survey has been received."""
    form, _user = visit
    form_opens(ready, live_server.url + form)
    tap(ready, "answers.A1.yes", "false")
    kept(ready)
    until(ready, PROVED, form)

    def newer(environ, start_response):
        def start(status, headers, *rest):
            kept = [(k, v) for k, v in headers if k not in ("X-PPX", "Content-Length")]
            return start_response(status, [*kept, ("X-PPX", "newer")], *rest)
        plain = {**environ, "HTTP_ACCEPT_ENCODING": "identity"}
        return [b"".join(live_server.app(plain, start)).replace(b"</h1>", b" NEW</h1>")]

    stand_in(newer)
    form_opens(ready, live_server.url + form)
    expect(ready.locator("[data-newer]")).to_be_visible()
    expect(ready.locator("h1")).not_to_contain_text("NEW")
    ready.goto(f"{live_server.url}/offline")
    ready.evaluate(CLEAR)
    ready.goto(live_server.url + form)
    expect(ready.locator("h1").first).to_contain_text("NEW")


CLEAR = """() => new Promise((resolve, reject) => {
    const asked = indexedDB.open("ppx")
    asked.onsuccess = () => {
        const writing = asked.result.transaction("drafts", "readwrite")
        writing.objectStore("drafts").clear()
        writing.oncomplete = resolve
        writing.onabort = reject
    }
})"""  # as when nothing is in use any more


def test_tidying_keeps_what_is_named(ready, visit):
    form, _user = visit
    ask(ready, "keep", path=form)
    old = "/static/js/old.js?v=0123456789"
    ready.evaluate("(old) => caches.open('ppx-assets').then((cache) => cache.put(old, new Response('')))", old)
    ask(ready, "tidy")
    assert ready.evaluate("(old) => caches.match(old).then(Boolean)", old) is False
    assert ask(ready, "prove", path=form)["ok"] is True
