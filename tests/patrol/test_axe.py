"""axe-core finds nothing on any page (WCAG 2.0 to 2.2, A and AA, best practice), on a tablet and on a phone."""

import json
import threading

import pytest

from accounts.permissions import PUBLIC
from foundation.config import ROOT
from tests.browser.conftest import Server, browser_type_launch_args  # noqa: F401

from .conftest import who_may
from .test_site import address, doors

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
RUN = """async () => (await axe.run({resultTypes: ['violations']})).violations.map(
    v => ({rule: v.id, on: v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))}))"""
SIZES = {"tablet": {"width": 820, "height": 1180}, "phone": {"width": 390, "height": 844}}
NOT_PAGES = {"static", "vendor_file", "certification.look_up"}
HALVES = 2


@pytest.fixture
def server(site_app):
    """The demonstration, served."""
    served = Server(site_app)
    thread = threading.Thread(target=served.server.serve_forever, daemon=True)
    thread.start()
    yield served
    served.server.shutdown()
    thread.join()


@pytest.mark.parametrize("half", range(HALVES))
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing(site, server, samples, staff, browser, size, half):
    pages = sorted(((endpoint, address(site, rule, samples), site.view_functions[endpoint].permission)
                   for endpoint, rule in doors(site) if endpoint not in NOT_PAGES and rule.rule != "/V/<code>"), key=lambda page: page[:2])
    people = {role: user.id for role, user in staff.items()}
    contexts, wrong = {}, {}
    for endpoint, path, permission in pages[half::HALVES]:
        role = None if permission is PUBLIC else who_may(permission)
        if role not in contexts:
            contexts[role] = browser.new_context(viewport=SIZES[size], locale="vi-VN", bypass_csp=True)
            if role:
                server.sign_in(contexts[role], people[role])
        answer = contexts[role].request.head(server.url + path)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        page = contexts[role].new_page()
        page.goto(server.url + path)
        page.evaluate(AXE)
        if found := page.evaluate(RUN):
            wrong[endpoint] = found
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.setdefault(endpoint, []).append("scrolls sideways")
        page.close()
    for context in contexts.values():
        context.close()
    assert not wrong, json.dumps(wrong, indent=1, ensure_ascii=False)
