"""Surveys to fill in."""

import uuid
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from accounts.permissions import Role
from foundation import clock
from foundation.db import db
from retail.rules import Kind
from surveys.actions import load_default_criteria, plan_visit, start_survey
from surveys.models import Survey
from surveys.rules.words import Nature
from tests.browser.hands import opened
from tests.conftest import AT
from tests.fixtures.live import add_person, add_store


@pytest.fixture
def browser_context_args(request, browser_context_args):
    """Without a service worker, which would fetch every page and file once more; tests under one ask for `worker`."""
    return {**browser_context_args, "service_workers": "allow" if "worker" in request.fixturenames else "block"}


@pytest.fixture
def worker():
    """Contexts of this test may have a service worker."""


@pytest.fixture
def new_survey(live_server):
    """Make an open, empty survey under the default criteria by an inspector of its own: (survey id, user id)."""

    def make(kind=Kind.SUPERMARKET):
        with live_server.app.app_context():
            criteria = load_default_criteria(by=None, at=AT)
            name = "Siêu thị Tổng hợp và Bách hoá Minh Hoạ 07 – Chi nhánh Khu đô thị phía Nam"
            inspector = add_person(Role.LEAD)
            visit = plan_visit(establishment=add_store(name, kind), nature=Nature.CERTIFICATION,
                               planned_on=date(2026, 11, 24), team=[inspector], lead=inspector,
                               criteria_set=criteria, by=inspector, at=AT)
            survey = start_survey(visit, str(uuid.uuid4()), by=inspector, at=clock.now())
            db.session.commit()
            return survey.id, inspector.id

    return make


@pytest.fixture
def read_survey(live_server):
    """What the server holds of a survey now: `read_survey(id, lambda survey: …)`."""

    def read(survey_id, question):
        with live_server.app.app_context():
            return question(db.session.get(Survey, survey_id))

    return read


@pytest.fixture
def survey(new_survey, live_server, context):
    """An open survey; its team is signed in: (id, address of the form)."""
    survey_id, user_id = new_survey()
    live_server.sign_in(context, user_id)
    return survey_id, f"{live_server.url}/surveys/{survey_id}/edit"


@pytest.fixture
def form(page: Page, survey, browser_context_args):
    """The open form."""
    page.set_default_timeout(10000)
    expect.set_options(timeout=10000)
    page.goto(survey[1])
    if browser_context_args.get("java_script_enabled", True):
        opened(page)
    return page
