"""Pages whose scripts do not come: they say so, and offer to try again."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import saved, tap

pytestmark = pytest.mark.usefixtures("worker")


@pytest.mark.parametrize("answer", [
    {"status": 500, "body": "{}"}, {"status": 200, "body": "<h1>Wi-Fi</h1>", "content_type": "text/html"}])
@pytest.mark.parametrize("path", ["/surveys/{}/edit", "/visits"])
def test_a_page_whose_scripts_do_not_come_says_so(page: Page, survey, live_server, path, answer):
    """On a first visit one module is answered by a portal or by a server in trouble: words, and a way to try again."""
    page.set_default_timeout(10000)
    page.route("**/static/js/common/in-use.js*", lambda route: route.fulfill(**answer))
    page.goto(live_server.url + path.format(survey[0]))
    words = page.locator(".unstarted")
    expect(words).to_be_hidden()
    page.evaluate("() => document.getAnimations().forEach((one) => one.finish())")  # six seconds later
    expect(words).to_be_visible()
    expect(words).to_contain_text("Trang chưa mở được")
    page.unroute("**/static/js/common/in-use.js*")
    words.get_by_role("link").tap()
    expect(page.locator("body[data-started=yes]")).to_be_attached()
    expect(words).to_be_hidden()


def test_a_part_that_is_fetched_later_and_does_not_come_is_said(form, survey):
    tap(form, "answers.A1.yes", "true")
    saved(form)
    form.evaluate("""() => new Promise((resolve) => { indexedDB.open("ppx").onsuccess = ({ target }) => {
        const handles = target.result.transaction("handles", "readwrite").objectStore("handles")
        handles.clear().onsuccess = () => { target.result.close(); resolve() } } })""")  # as after an hour unused
    form.route("**/account/devices/*/secret", lambda route: route.abort())
    form.route("**/static/js/common/pin.js*", lambda route: route.fulfill(status=500))
    form.context.route("**/static/js/common/pin.js*", lambda route: route.fulfill(status=500))
    form.evaluate("() => caches.delete('ppx-assets')")
    form.reload()
    expect(form.locator("body[data-started=no]")).to_be_attached(timeout=20000)
    expect(form.locator(".unstarted")).to_be_visible()
