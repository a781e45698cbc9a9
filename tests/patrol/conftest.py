"""The whole site with the demonstration in it, built once for all test processes."""

import pytest
import sqlalchemy as sa

from accounts.models import Device, User
from accounts.permissions import GRANTS, Role
from certification.models import Application, Certificate
from foundation.db import db
from operations.demo.people import PEOPLE
from plan.models import Target
from retail.models import Enterprise, Establishment, RegisterImport
from surveys.models import CriteriaSet, Evidence, Survey, Visit
from surveys.queries import receipt_number
from tests.fixtures.demonstration import make_app


@pytest.fixture(scope="session")
def site_app(demo_folder):
    """The application with the demonstration in it; nothing may be written to it."""
    return make_app(demo_folder)


@pytest.fixture
def site(site_app):
    """The same, in a context of its own."""
    with site_app.app_context():
        yield site_app
        db.session.remove()


@pytest.fixture
def samples(site):
    """A value for each parameter an address may have."""
    first = {name: str(db.session.scalar(sa.select(column).limit(1))) for name, column in {
        "application_id": Application.id, "certificate_id": Certificate.id, "code": Certificate.code,
        "enterprise_id": Enterprise.id, "establishment_id": Establishment.id, "evidence_id": Evidence.id,
        "set_id": CriteriaSet.id, "target_id": Target.id,
        "user_id": User.id, "visit_id": Visit.id, "import_id": RegisterImport.id}.items()}
    device = db.session.scalar(sa.select(Device.id).where(Device.revoked_at.is_(None), Device.queue_count > 0))
    survey = db.session.scalar(sa.select(Survey.id).where(~Survey.reviews.any(), Survey.submitted_at.is_not(None)))
    return {**first, "survey_id": survey, "number": receipt_number(db.session.get(Survey, survey)), "device_id": device,
            "ending": "xlsx", "name": "signature_pad.js", "filename": "css/ppx.css", "part": "criteria",
            "criterion": "B4",
            "other_id": db.session.scalar(sa.select(CriteriaSet.id).where(CriteriaSet.published_at.is_(None))),
            "draft_visit_id": str(db.session.scalar(sa.select(Survey.visit_id).where(Survey.submitted_at.is_(None)))),
            "draft_id": db.session.scalar(sa.select(Survey.id).where(Survey.submitted_at.is_(None)))}


@pytest.fixture
def staff(site):
    """A user of each role of the demonstration."""
    return {role: db.session.scalar(sa.select(User).where(User.email == email))
            for email, _name, role in list(PEOPLE.values())[:8]}


def who_may(permission):
    """A role that grants it."""
    return next(role for role in Role if permission in GRANTS[role])
