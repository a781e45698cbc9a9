"""What happens to certificates, and that SQL and rules name the same state."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from accounts.permissions import Role
from certification.actions import add_event
from certification.models import Certificate, CertificateEvent
from certification.queries import state_expression
from certification.rules import CertificateState, EventKind
from foundation.errors import Invalid, RuleBroken
from tests.certification.conftest import TODAY
from tests.conftest import AT

State, Kind = CertificateState, EventKind


def happen(certificate, kind, by, **changes):
    return add_event(certificate, **{"kind": kind, "effective_on": TODAY, "reasons": "Theo phản ánh", "by": by,
                                     "at": AT, **changes})


def test_suspended_reinstated_withdrawn(granted, people):
    certificate, decider = granted(), people[Role.DECIDER]
    for kind, state in ((Kind.SUSPENDED, State.SUSPENDED), (Kind.REINSTATED, State.VALID),
                        (Kind.WITHDRAWN, State.WITHDRAWN)):
        happen(certificate, kind, decider)
        assert certificate.state_on(TODAY) == state
    for kind in EventKind:
        with pytest.raises(RuleBroken):
            happen(certificate, kind, decider)


def test_a_later_day_counts_from_that_day(granted, people):
    certificate = granted()
    happen(certificate, Kind.TERMINATED, people[Role.DECIDER], effective_on=TODAY + timedelta(days=5))
    assert certificate.state_on(TODAY + timedelta(days=4)) == State.VALID
    assert certificate.state_on(TODAY + timedelta(days=5)) == State.TERMINATED


def test_reasons_and_a_day_that_has_not_passed(granted, people):
    certificate = granted()
    yesterday = TODAY - timedelta(days=1)
    for changes, field in (({"reasons": " "}, "reasons"), ({"effective_on": yesterday}, "effective_on")):
        with pytest.raises(Invalid) as error:
            happen(certificate, Kind.SUSPENDED, people[Role.DECIDER], **changes)
        assert field in error.value.fields


def test_who_surveyed_does_not_decide_what_happens(granted, people, session):
    certificate = granted()
    with pytest.raises(RuleBroken):
        happen(certificate, Kind.SUSPENDED, people[Role.LEAD])
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(CertificateEvent(certificate_id=certificate.id, kind="suspended", effective_on=TODAY, reasons="x",
                                     decider_id=people[Role.LEAD].id, decided_at=AT))


DAYS = st.dates(date(2026, 11, 20), date(2029, 12, 1))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(EventKind), DAYS), max_size=5), DAYS)
def test_sql_and_rules_name_the_same_state(granted, people, session, cached, history, day):
    certificate = cached(granted)
    with session.begin_nested() as point:
        session.add_all(CertificateEvent(certificate_id=certificate.id, kind=kind, effective_on=on, reasons="x",
                                         decider_id=people[Role.DECIDER].id, decided_at=AT) for kind, on in history)
        session.flush()
        session.expire(certificate, ["events"])
        said = session.scalar(select(state_expression(day)).select_from(Certificate).where(
            Certificate.id == certificate.id))
        assert said == certificate.state_on(day)
        for event in list(certificate.events):
            session.expunge(event)
        point.rollback()


@pytest.fixture
def cached():
    """Call a maker once in a property test."""
    made = []

    def once(make):
        if not made:
            made.append(make())
        return made[0]

    return once
