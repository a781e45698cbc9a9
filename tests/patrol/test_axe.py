"""axe-core finds nothing on any page (WCAG 2.0 to 2.2, A and AA, best practice); none scrolls sideways on a phone."""

import json
import re

import pytest

from accounts.permissions import PUBLIC
from foundation.config import ROOT
from foundation.db import db
from tests.fixtures.live import TABLET, Server

from .conftest import who_may
from .test_site import address, doors

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
RUN = """async () => (await axe.run({resultTypes: ['violations']})).violations.map(
    v => ({rule: v.id, on: v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))}))"""
OPEN = "() => !document.querySelector('form#survey[data-person]') || document.body.dataset.open"  # hidden before
PHONE = {"width": 390, "height": 844}
NO_PAGE = re.compile(r"/static/|/vendor/|/api/|/v$|/suggestions|/evidence/|/secret$|\.(pdf|png|csv|xlsx)$|/template"
                     r"|/export\.|/worker\.js$|\.webmanifest$")
HALVES = 2


@pytest.fixture
def server(site_app):
    """The demonstration, served."""
    with Server(site_app) as served:
        yield served


@pytest.mark.parametrize("half", range(HALVES))
def test_axe_finds_nothing(site, server, samples, staff, browser, half):
    pages = sorted({(endpoint, address(site, rule, samples)) for endpoint, rule in doors(site)
                    if not NO_PAGE.search(rule.rule)})
    people = {role: user.id for role, user in staff.items()}
    db.session.remove()  # or it would hold the database against the server
    open_pages, wrong = {}, {}
    for endpoint, path in pages[half::HALVES]:
        permission = site.view_functions[endpoint].permission
        role = None if permission is PUBLIC else who_may(permission)
        if role not in open_pages:
            open_pages[role] = browser.new_context(locale="vi-VN", bypass_csp=True).new_page()
            if role:
                server.sign_in(open_pages[role].context, people[role])
        page = open_pages[role]
        page.set_viewport_size(TABLET)
        page.goto(server.url + path)
        page.wait_for_function(OPEN)
        page.evaluate(AXE)
        if found := page.evaluate(RUN):
            wrong[endpoint] = found
        page.set_viewport_size(PHONE)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.setdefault(endpoint, []).append("scrolls sideways")
    for page in open_pages.values():
        page.context.close()
    assert not wrong, json.dumps(wrong, indent=1, ensure_ascii=False)
