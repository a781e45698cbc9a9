"""Approved sheets at establishments of real communes."""

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from accounts.permissions import Role
from plan.actions import load_defaults
from surveys.models import CriteriaSet, Review, Survey, Visit
from surveys.rules.words import Nature, ReviewOutcome
from territory.queries import find_unit
from territory.rules import Level
from tests.conftest import AT

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Every test here happens on one day."""
    monkeypatch.setattr("foundation.clock.now", lambda: AT)
    return TODAY


@pytest.fixture
def province(vietnam):
    """Today's province, with the plan's targets and thresholds set."""
    load_defaults(at=AT)
    return find_unit("25", TODAY, Level.PROVINCE)


@pytest.fixture
def commune(province):
    """A commune by code, of a day."""
    return lambda code="07900", on=TODAY: find_unit(code, on)


@pytest.fixture
def sheet(session, person):
    """Make a reviewed sheet: `sheet(store, 62, until=date(2026, 9, 30))`; `reviewed=None` leaves it waiting."""
    criteria_set = CriteriaSet(code="PT-THU", version="1.0", name_vi="Bộ thử", name_en="Test set",
                               accepted_classes=["E1"], created_at=AT)
    session.add(criteria_set)
    surveyor, reviewer = person(Role.INSPECTOR), person(Role.REVIEWER)

    def make(store, share, *, until=date(2026, 9, 30), conditions=True, outcome=ReviewOutcome.APPROVED, reviewed=...,
             used=1000):
        received = datetime(until.year, until.month, until.day, 2, tzinfo=UTC) + timedelta(days=5)
        visit = Visit(establishment=store, criteria_set=criteria_set, nature=Nature.PLANNED, planned_on=until,
                      created_at=received)
        survey = Survey(
            id=str(uuid.uuid4()), visit=visit, establishment=store, criteria_set=criteria_set, author=surveyor,
            establishment_name=store.name, kind=store.kind, unit=store.locations[0].unit, address="",
            created_at=received, updated_at=received, submitted_at=received, score={},
            period_to=until, used_grams=Decimal(used),
            replaced_grams=None if share is None else Decimal(str(share)) * used / 100,
            coverage_conditions_met=conditions)
        session.add(survey)
        session.flush()
        when = received + timedelta(days=5) if reviewed is ... else reviewed
        if when:
            review(survey, outcome, when)
        session.commit()
        return survey

    def review(survey, outcome, when):
        session.add(Review(survey=survey, outcome=outcome, reasons="Rõ", reviewer=reviewer, reviewed_at=when))
        session.commit()

    make.review = review
    return make
