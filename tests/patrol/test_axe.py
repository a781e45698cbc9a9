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
FEWER = "document.querySelectorAll('tr:nth-child(n + 13), li:nth-child(n + 13)').forEach((row) => { row.remove() })"
PHONE = {"width": 390, "height": 844}
NO_PAGE = re.compile(r"/static/|/vendor/|/api/|/v$|/suggestions|/evidence/|/secret$|\.(pdf|png|csv|xlsx)$|/template"
                     r"|/export\.|/worker\.js$|\.webmanifest$")
HALVES = 2


@pytest.fixture
def server(site_app):
    """The demonstration, served."""
    with Server(site_app) as served:
        yield served


def pages_by_role(site, samples):
    """(role, endpoint, path) of every page, those of a role together; None stands for strangers."""
    for endpoint, rule in doors(site):
        if not NO_PAGE.search(rule.rule):
            permission = site.view_functions[endpoint].permission
            yield None if permission is PUBLIC else who_may(permission), endpoint, address(site, rule, samples)


def list_faults(page):
    """What is wrong with an open page; afterwards it is as wide as a phone again."""
    found = []
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways")
    page.evaluate(FEWER)  # the thirteenth row of a list is made like the twelve before it
    page.set_viewport_size(TABLET)
    page.evaluate(AXE)
    found += page.evaluate(RUN)
    page.set_viewport_size(PHONE)
    return found


@pytest.mark.parametrize("half", range(HALVES))
def test_axe_finds_nothing(site, server, samples, staff, browser, half):
    pages = sorted(pages_by_role(site, samples), key=lambda page: (page[0] or "", page))
    pages = pages[half * len(pages) // HALVES:(half + 1) * len(pages) // HALVES]
    people = {role: user.id for role, user in staff.items()}
    db.session.remove()  # or it would hold the database against the server
    context = browser.new_context(locale="vi-VN", bypass_csp=True, viewport=PHONE, service_workers="block")
    page, wrong, last = context.new_page(), {}, None
    for role, endpoint, path in pages:
        if role != last:
            server.sign_in(context, people[role])
            last = role
        page.goto(server.url + path)
        page.wait_for_function(OPEN)
        if found := list_faults(page):
            wrong[endpoint] = found
    context.close()
    assert not wrong, json.dumps(wrong, indent=1, ensure_ascii=False)
