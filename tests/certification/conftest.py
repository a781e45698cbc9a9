"""A published criteria set, surveys in every state, and the people who do certification."""

import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from accounts.permissions import Role
from certification.actions import decide, decisions, take_application
from certification.models import Application, Certificate, Decision
from certification.rules import Outcome
from foundation import clock
from surveys.models import CriteriaSet, Group, LevelRule, Review, Survey, Visit, VisitMember
from surveys.rules.words import Nature, ReviewOutcome
from tests.conftest import AT

HOST = "xanh.minhhoa.gov.vn"
TODAY = AT.date()


@pytest.fixture
def printed():
    """Ask for real paper; without it the press stands still, because each sheet takes a tenth of a second."""


@pytest.fixture(autouse=True)
def press(request, monkeypatch):
    if "printed" not in request.fixturenames:
        monkeypatch.setattr(decisions, "render", lambda facts: (b"%PDF " + facts["url"].encode(), b"\x89PNG"))


def make_criteria_set(session):
    """Published, with three levels, valid for 36 months."""
    levels = [(1, "Đạt", "Pass"), (2, "Tốt", "Good"), (3, "Xuất sắc", "Excellent")]
    made = CriteriaSet(
        code="PT-PPBV", version="1.0", name_vi="Bộ tiêu chí", name_en="Criteria", accepted_classes=["E1"],
        validity_months=36, created_at=AT,
        groups=[Group(position=1, code="A", title_vi="Quản lý", title_en="Management", weight=Decimal(100))],
        levels=[LevelRule(rank=rank, name_vi=vi, name_en=en, least_total=Decimal(50 + 15 * rank),
                          least_group=Decimal(40), least_by_group={}) for rank, vi, en in levels])
    session.add(made)
    session.commit()
    made.published_at = AT
    session.commit()
    return made


@pytest.fixture
def criteria_set(session):
    return make_criteria_set(session)


def score(level, met=7, na=False):
    """What the scoring stores, as far as certification reads it."""
    group = {"code": "A", "weight": "100", "applicable": "100", "earned": "81.26", "score": "81.26", "share": "81.26",
             "na_points": "0", "na_needs_confirmation": na, "complete": True, "criteria": []}
    return {"total": "81.26", "applicable": "100", "level": level, "musts": {"met": met, "total": 7},
            "coverage_conditions_met": True, "missing": [], "groups": [group], "bags": [], "warnings": [],
            "nonconformities": [] if met == 7 else ["A1"],
            "replaced": {"share": "82.4", "replaced_grams": "824", "used_grams": "1000", "categories": [],
                         "sub": {"checkout": "40", "fresh": None, "tableware": None, "boxes": None},
                         "proof_share": None, "warnings": []},
            "levels": []}


def make_survey(session, store, criteria_set, author, *, level=2, met=7, na=False, approved_by=None, returned_by=None,
                at=AT - timedelta(days=7), unit=None, is_demo=False, **changes):
    """Planned, surveyed and submitted at `at`, reviewed the next day when a reviewer is named."""
    visit = Visit(establishment_id=store.id, criteria_set_id=criteria_set.id, nature=Nature.CERTIFICATION,
                  planned_on=at.date(), created_at=at, members=[VisitMember(user_id=author.id, is_lead=True)])
    session.add(visit)
    session.flush()
    where = store.location_on(at.date())
    survey = Survey(
        id=str(uuid.uuid4()), visit_id=visit.id, establishment_id=store.id, criteria_set_id=criteria_set.id,
        author_id=author.id, establishment_name=store.name, kind=store.kind, unit_id=(unit or where.unit).id,
        address=where.address, observed_at=at, created_at=at, updated_at=at, is_demo=is_demo)
    session.add(survey)
    session.flush()
    for name, value in {"score": score(level, met, na), "total": Decimal("81.26"), "level_rank": level,
                        "coverage_conditions_met": True, "submitted_at": at, **changes}.items():
        setattr(survey, name, value)
    session.commit()
    for reviewer, outcome in ((approved_by, ReviewOutcome.APPROVED), (returned_by, ReviewOutcome.RETURNED)):
        if reviewer:
            session.add(Review(survey_id=survey.id, outcome=outcome, reasons="Đủ minh chứng.",
                               reviewer_id=reviewer.id, reviewed_at=at + timedelta(days=1)))
    session.commit()
    return survey


@pytest.fixture
def surveyed(session, criteria_set, person):
    """Make a submitted survey: `surveyed(store, author, level=2, approved_by=reviewer, at=AT)`."""

    def make(store, author=None, **about):
        return make_survey(session, store, criteria_set, author or person(Role.LEAD), **about)

    return make


@pytest.fixture
def people(person):
    """One person for each part: nobody does two."""
    return {role: person(role, name=f"Người {role.value}") for role in
            (Role.LEAD, Role.REVIEWER, Role.DECIDER, Role.CLERK, Role.ADMIN, Role.INSPECTOR, Role.VIEWER)}


@pytest.fixture
def ready(session, establishment, surveyed, people):
    """Make an application whose survey is approved: `ready()`, `ready(store, level=1)`."""

    def make(store=None, *, at=AT, **about):
        store = store or establishment()
        application = take_application(store, received_on=at.date() - timedelta(days=10), by=people[Role.CLERK], at=at,
                                       scope_vi="Bán lẻ tại cơ sở", scope_en="Retail on the premises")
        surveyed(store, people[Role.LEAD], approved_by=people[Role.REVIEWER], at=at - timedelta(days=7), **about)
        session.commit()
        return application

    return make


@pytest.fixture
def granted(session, ready, people):
    """Make a certificate: `granted()`, `granted(store, at=…)`."""

    def make(store=None, *, level=2, at=AT):
        application = ready(store, at=at)
        decision = decide(application, outcome=Outcome.GRANTED, level_rank=level, reasons="Đủ mức",
                          by=people[Role.DECIDER], at=at, host=HOST)
        session.commit()
        return decision.certificate

    return make


def make_certificate(session, place, criteria_set, people, *, number, code, valid_from, valid_until, facts,
                     level_rank=2):
    """Straight into the tables; `people` survey, review and decide, in this order."""
    now, (surveyor, reviewer, decider) = clock.now(), people
    visit = Visit(establishment=place, criteria_set=criteria_set, nature=Nature.CERTIFICATION, planned_on=valid_from,
                  created_at=now)
    survey = Survey(id=str(uuid.uuid4()), visit=visit, establishment=place, criteria_set=criteria_set, author=surveyor,
                    establishment_name=place.name, kind=place.kind, unit=place.locations[0].unit, address="",
                    created_at=now, updated_at=now, submitted_at=now, score={})
    session.add(survey)
    session.flush()
    session.add(Review(survey=survey, outcome=ReviewOutcome.APPROVED, reasons="", reviewer=reviewer, reviewed_at=now))
    session.flush()
    application = Application(year=2026, sequence=number, establishment=place, received_on=valid_from, survey=survey,
                              created_at=now, created_by_id=decider.id)
    decision = Decision(application=application, survey=survey, year=2026, sequence=number, outcome=Outcome.GRANTED,
                        level_rank=level_rank, reasons="", decider=decider, decided_on=valid_from, decided_at=now)
    issued = Certificate(decision=decision, establishment=place, criteria_set=criteria_set, year=2026, sequence=number,
                         code=code, level_rank=level_rank, valid_from=valid_from, valid_until=valid_until, facts=facts,
                         pdf_sha256="0" * 64, png_sha256="0" * 64, issued_at=now)
    session.add(issued)
    session.commit()
    return issued


@pytest.fixture
def certificate(session, establishment, person, criteria_set):
    """Make a certificate: `certificate(code=…, valid_from=…, valid_until=…, facts={…})`."""
    made = 0

    def make(*, facts, at=None, **about):
        nonlocal made
        made += 1
        people = [person(role) for role in (Role.INSPECTOR, Role.REVIEWER, Role.DECIDER)]
        return make_certificate(session, at or establishment(facts.get("name")), criteria_set, people, number=made,
                                facts=facts, **about)

    return make


def instant(year, month, day):
    """Ten in the morning in Việt Trì."""
    return datetime(year, month, day, 3, tzinfo=UTC)
