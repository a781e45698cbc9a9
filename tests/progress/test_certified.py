"""Certificates in the figures, by what was recorded until the end of the day."""

from datetime import UTC, date, datetime

from accounts.permissions import Role
from certification.models import CertificateEvent
from certification.rules import EventKind
from progress import queries
from progress.rules import AsOf, Paper, PaperEvent
from tests.certification.conftest import make_certificate, make_criteria_set
from tests.progress.conftest import TODAY

FACTS = {"name": "Siêu thị A"}


def test_levels_of_valid_certificates_are_counted(session, establishment, commune, person):
    criteria_set = make_criteria_set(session)
    people = [person(role) for role in (Role.INSPECTOR, Role.REVIEWER, Role.DECIDER)]
    for number, (level, code) in enumerate(((1, "AAAAAAAAAAA"), (3, "BBBBBBBBBBB")), start=1):
        issued = make_certificate(session, establishment(at=commune()), criteria_set, people, number=number, code=code,
                                  valid_from=date(2026, 1, 1), valid_until=date(2028, 12, 31), facts=FACTS,
                                  level_rank=level)
    found = queries.coverage(TODAY, queries.current_province())
    assert found.levels == {1: 1, 3: 1} and found.certified == found.certified_not_covered == 2
    session.add(CertificateEvent(certificate=issued, kind=EventKind.SUSPENDED, effective_on=TODAY, reasons="Thử",
                                 decider=person(Role.DECIDER), decided_at=datetime(2026, 11, 24, 1, tzinfo=UTC)))
    session.commit()
    assert queries.coverage(TODAY, queries.current_province()).levels == {1: 1}


def test_what_was_recorded_later_was_not_known():
    event = PaperEvent(EventKind.WITHDRAWN, date(2026, 3, 1), datetime(2026, 5, 1, tzinfo=UTC))
    paper = Paper(2, date(2026, 1, 1), date(2028, 12, 31), datetime(2026, 1, 1, 3, tzinfo=UTC), (event,))

    def valid(day, end):
        return paper.is_valid(AsOf(day, end))

    april = date(2026, 4, 1)
    assert valid(april, datetime(2026, 4, 1, 16, 59, tzinfo=UTC))
    assert not valid(april, datetime(2026, 5, 2, tzinfo=UTC))
    assert not valid(date(2026, 1, 1), datetime(2025, 12, 31, tzinfo=UTC))
