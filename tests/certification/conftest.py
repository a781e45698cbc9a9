"""A certificate with all that it rests on, as rows: survey, review, decision."""

import uuid

import pytest

from accounts.permissions import Role
from certification.models import Application, Certificate, Decision
from certification.rules import Outcome
from foundation import clock
from surveys.models import CriteriaSet, Review, Survey, Visit
from surveys.rules.words import Nature, ReviewOutcome


@pytest.fixture
def criteria_set(session):
    """A bare set, not published."""
    made = CriteriaSet(code="PT-THU", version="1.0", name_vi="Bộ thử", name_en="Test set", accepted_classes=["E1"],
                       created_at=clock.now())
    session.add(made)
    session.commit()
    return made


@pytest.fixture
def certificate(session, establishment, person, criteria_set):
    """Make a certificate: `certificate(code=…, valid_from=…, valid_until=…, facts={…})`."""
    made = 0

    def make(*, code, valid_from, valid_until, facts, level_rank=2, at=None):
        nonlocal made
        made += 1
        place = at or establishment(facts.get("name"))
        surveyor, reviewer, decider = person(Role.INSPECTOR), person(Role.REVIEWER), person(Role.DECIDER)
        visit = Visit(establishment=place, criteria_set=criteria_set, nature=Nature.CERTIFICATION,
                      planned_on=valid_from, created_at=clock.now())
        survey = Survey(id=str(uuid.uuid4()), visit=visit, establishment=place, criteria_set=criteria_set,
                        author=surveyor, establishment_name=place.name, kind=place.kind, unit=place.locations[0].unit,
                        address="", created_at=clock.now(), updated_at=clock.now(), submitted_at=clock.now(), score={})
        session.add(survey)
        session.flush()
        session.add(Review(survey=survey, outcome=ReviewOutcome.APPROVED, reasons="", reviewer=reviewer,
                           reviewed_at=clock.now()))
        session.flush()
        application = Application(year=2026, sequence=made, establishment=place, received_on=valid_from, survey=survey,
                                  created_at=clock.now(), created_by_id=decider.id)
        decision = Decision(application=application, survey=survey, year=2026, sequence=made, outcome=Outcome.GRANTED,
                            level_rank=level_rank, reasons="", decider=decider, decided_on=valid_from,
                            decided_at=clock.now())
        issued = Certificate(decision=decision, establishment=place, criteria_set=criteria_set, year=2026,
                             sequence=made, code=code, level_rank=level_rank, valid_from=valid_from,
                             valid_until=valid_until, facts=facts, pdf_sha256="0" * 64, png_sha256="0" * 64,
                             issued_at=clock.now())
        session.add(issued)
        session.commit()
        return issued

    return make
