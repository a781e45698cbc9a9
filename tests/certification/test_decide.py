"""Applications and decisions: who, when, on what, and the certificate that follows."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from accounts.permissions import Role
from certification.actions import attach_survey, decide, set_issuer, take_application
from certification.models import Decision
from certification.queries import find_evaluation, find_open_application
from certification.rules import ApplicationState, CertificateState, EventKind, Outcome
from foundation import storage
from foundation.audit import AuditEntry
from foundation.errors import Invalid, RuleBroken
from plan.actions import add_activity
from plan.rules import ActivityKind
from retail.actions import set_status
from retail.rules import Status
from surveys.models import Review
from territory.models import AdminUnitChange
from tests.certification.conftest import HOST, TODAY, instant
from tests.conftest import AT


def grant(application, by, **changes):
    return decide(application, **{"outcome": Outcome.GRANTED, "level_rank": 2, "reasons": "", "by": by, "at": AT,
                                  "host": HOST, **changes})


def refuse(application, by, **changes):
    return grant(application, by, **{"outcome": Outcome.REFUSED, "level_rank": None, "reasons": "Chưa đủ", **changes})


def test_applications_are_numbered_by_the_year_they_came_in(establishment, people):
    def take(day):
        return take_application(establishment(), received_on=day, by=people[Role.CLERK], at=AT).number

    assert [take(date(2026, 1, 5)), take(date(2025, 12, 31)), take(TODAY)] == ["0001/2026", "0001/2025", "0002/2026"]


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), date(2020, 1, 1)])
def test_an_application_is_not_from_the_future_nor_long_past(establishment, people, day):
    with pytest.raises(Invalid) as error:
        take_application(establishment(), received_on=day, by=people[Role.CLERK], at=AT)
    assert "received_on" in error.value.fields


def test_one_open_application_a_store(establishment, people):
    store = establishment()
    first = take_application(store, received_on=TODAY, by=people[Role.CLERK], at=AT)
    assert find_open_application(store.id) is first
    with pytest.raises(RuleBroken, match=first.number):
        take_application(store, received_on=TODAY, by=people[Role.CLERK], at=AT)


def test_a_closed_store_does_not_apply(establishment, people):
    store = establishment()
    set_status(store, Status.CLOSED, on=TODAY, reason="Nghỉ", by=None, at=AT)
    with pytest.raises(RuleBroken):
        take_application(store, received_on=TODAY, by=people[Role.CLERK], at=AT)


def test_what_an_application_waits_for(establishment, people, surveyed, session):
    store = establishment()
    application = take_application(store, received_on=TODAY, by=people[Role.CLERK], at=AT)
    assert find_evaluation(application, AT).state == ApplicationState.SURVEY
    returned = surveyed(store, returned_by=people[Role.REVIEWER], at=AT - timedelta(days=20))
    assert find_evaluation(application, AT).state == ApplicationState.SURVEY
    corrected = surveyed(store, at=AT - timedelta(days=10))
    assert find_evaluation(application, AT) .survey == corrected
    assert find_evaluation(application, AT).state == ApplicationState.REVIEW
    session.add(Review(survey_id=corrected.id, outcome="approved", reasons="Đủ", reviewer_id=people[Role.REVIEWER].id,
                       reviewed_at=AT))
    session.flush()
    assert find_evaluation(application, AT).state == ApplicationState.DECISION
    grant(application, people[Role.DECIDER])
    assert find_evaluation(application, AT).state == ApplicationState.DECIDED
    assert application.decision.survey_id == corrected.id != returned.id


def test_a_chosen_survey_goes_before_a_newer_one(establishment, people, surveyed):
    store = establishment()
    application = take_application(store, received_on=TODAY, by=people[Role.CLERK], at=AT)
    older = surveyed(store, approved_by=people[Role.REVIEWER], at=AT - timedelta(days=60))
    newer = surveyed(store, approved_by=people[Role.REVIEWER], at=AT - timedelta(days=6))
    assert find_evaluation(application, AT).survey == newer
    attach_survey(application, older, by=people[Role.CLERK], at=AT)
    assert find_evaluation(application, AT).survey == older
    with pytest.raises(RuleBroken):
        attach_survey(application, surveyed(establishment()), by=people[Role.CLERK], at=AT)


def test_a_survey_older_than_a_year_or_used_before_carries_nothing(establishment, people, surveyed, ready):
    store = establishment()
    application = take_application(store, received_on=TODAY, by=people[Role.CLERK], at=AT)
    surveyed(store, approved_by=people[Role.REVIEWER], at=AT - timedelta(days=366))
    assert find_evaluation(application, AT).survey is None
    used = ready()
    refuse(used, people[Role.DECIDER])
    again = take_application(used.establishment, received_on=TODAY, by=people[Role.CLERK], at=AT)
    assert find_evaluation(again, AT).survey is None


def test_granting_issues_the_certificate(printed, ready, people, session):
    decision = grant(ready(), people[Role.DECIDER])
    certificate = decision.certificate
    assert (decision.number, certificate.number) == ("0001/2026/QĐ-SCT", "0001/2026/GCN-SCT")
    assert (certificate.valid_from, certificate.valid_until) == (TODAY, date(2029, 11, 23))
    assert certificate.state_on(TODAY) == CertificateState.VALID
    facts = certificate.facts
    assert facts["url"] == f"HTTPS://XANH.MINHHOA.GOV.VN/V/{certificate.code}"
    assert (facts["level"], facts["level_en"], facts["level_rank"]) == ("Tốt", "Good", 2)
    assert (facts["type_class"], facts["type_class_en"]) == ("Siêu thị tổng hợp", "General supermarket")
    assert facts["address"] == "Số 1, đường Thử, phường Việt Trì" and facts["address_old"] == ""
    assert facts["decision_on"] == "2026-11-24" and facts["expires_on"] == "2029-11-23"
    assert facts["criteria"] == "PT-PPBV, phiên bản 1.0" and facts["demo"] is False
    assert storage.get(certificate.pdf_sha256).startswith(b"%PDF")
    assert storage.get(certificate.png_sha256).startswith(b"\x89PNG")
    verbs = set(session.scalars(select(AuditEntry.verb)))
    assert {"take_application", "decide", "issue"} <= verbs


def test_paper_cites_what_was_set_for_its_day(ready, people):
    facts = {"superior_body": "UBND tỉnh", "issuing_body": "Sở", "place": "Việt Trì", "certifier_vi": "Sở",
             "certifier_en": "The Department", "legal_basis": ["Căn cứ một;"], "signing_authority": ["Phó Giám đốc"]}
    set_issuer(valid_from=date(2026, 1, 1), **facts, by=None, at=AT)
    set_issuer(valid_from=date(2027, 1, 1), **{**facts, "place": "Sau này"}, by=None, at=AT)
    printed = grant(ready(), people[Role.DECIDER]).certificate.facts
    assert (printed["place"], printed["legal_basis"]) == ("Việt Trì", ["Căn cứ một;"])


def test_the_old_unit_stands_beside_todays(ready, people, unit, establishment, session):
    province = unit("Tỉnh Phú Thọ", code="25", level="province")
    now = unit("Phường Việt Trì", code="07900", parent=province)
    city = unit("Thành phố Việt Trì", code="227", level="district", since=date(2020, 1, 1), until=date(2025, 7, 1))
    old = unit("Phường Gia Cẩm", code="07903", parent=city, since=date(2020, 1, 1), until=date(2025, 7, 1))
    session.add(AdminUnitChange(from_unit_id=old.id, to_unit_id=now.id, effective=date(2025, 7, 1), kind="whole",
                                is_default=True))
    session.flush()
    store = establishment(at=old)
    facts = grant(ready(store, unit=old), people[Role.DECIDER]).certificate.facts
    assert facts["address"] == "Số 1, đường Thử, phường Việt Trì, tỉnh Phú Thọ"
    assert facts["address_old"] == "trước 01/07/2025: phường Gia Cẩm, thành phố Việt Trì"


def test_refusing_needs_reasons_and_issues_nothing(ready, people):
    application = ready()
    with pytest.raises(Invalid) as error:
        refuse(application, people[Role.DECIDER], reasons="  ")
    assert "reasons" in error.value.fields
    decision = refuse(application, people[Role.DECIDER])
    assert decision.outcome == Outcome.REFUSED and decision.certificate is None and decision.level_rank is None


def test_an_application_is_decided_once(ready, people):
    application = ready()
    refuse(application, people[Role.DECIDER])
    with pytest.raises(RuleBroken):
        grant(application, people[Role.DECIDER])


def test_without_an_approved_survey_nothing_is_decided(establishment, people, surveyed):
    store = establishment()
    application = take_application(store, received_on=TODAY, by=people[Role.CLERK], at=AT)
    surveyed(store)
    with pytest.raises(RuleBroken):
        grant(application, people[Role.DECIDER])


def test_a_level_is_never_above_the_one_reached(ready, people):
    application = ready(level=2)
    for rank in (3, 0, None):
        with pytest.raises(Invalid) as error:
            grant(application, people[Role.DECIDER], level_rank=rank)
        assert "level_rank" in error.value.fields


def test_a_lower_level_needs_reasons(ready, people):
    application = ready(level=3)
    with pytest.raises(Invalid) as error:
        grant(application, people[Role.DECIDER], level_rank=1)
    assert "reasons" in error.value.fields
    assert grant(application, people[Role.DECIDER], level_rank=1, reasons="Cơ sở xin mức 1").level_rank == 1


@pytest.mark.parametrize("about", [{"level": None}, {"level": 1, "met": 6}])
def test_no_level_or_an_unmet_must_is_never_granted(ready, people, about):
    application = ready(**about)
    with pytest.raises(RuleBroken):
        grant(application, people[Role.DECIDER], level_rank=1)
    assert refuse(application, people[Role.DECIDER]).outcome == Outcome.REFUSED


def test_a_closed_store_is_not_certified(ready, people):
    application = ready()
    set_status(application.establishment, Status.CLOSED, on=TODAY, reason="Nghỉ", by=None, at=AT)
    with pytest.raises(RuleBroken):
        grant(application, people[Role.DECIDER])


def test_who_surveyed_advised_or_reviewed_never_decides(ready, people):
    application = ready()
    for role in (Role.LEAD, Role.REVIEWER):
        with pytest.raises(RuleBroken):
            refuse(application, people[role])
    add_activity(kind=ActivityKind.GUIDANCE, establishment=application.establishment, held_on=TODAY,
                 people=[people[Role.DECIDER]], by=None, at=AT)
    with pytest.raises(RuleBroken):
        refuse(application, people[Role.DECIDER])


def test_the_database_refuses_them_too(ready, people, session):
    application = ready()
    survey = find_evaluation(application, AT).survey
    add_activity(kind=ActivityKind.GUIDANCE, establishment=application.establishment, held_on=TODAY,
                 people=[people[Role.ADMIN]], by=None, at=AT)
    for role in (Role.LEAD, Role.REVIEWER, Role.ADMIN):
        decision = Decision(application_id=application.id, survey_id=survey.id, year=2026, sequence=99,
                            outcome="refused", reasons="x", decider_id=people[role].id, decided_on=TODAY, decided_at=AT)
        with pytest.raises(IntegrityError), session.begin_nested():
            session.add(decision)


def test_the_database_refuses_a_reviewer_who_took_part(establishment, surveyed, people, session):
    survey = surveyed(establishment(), people[Role.LEAD])
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(Review(survey_id=survey.id, outcome="approved", reasons="x", reviewer_id=people[Role.LEAD].id,
                           reviewed_at=AT))


def test_the_database_refuses_a_decision_on_what_is_not_approved(establishment, surveyed, people, session):
    store = establishment()
    application = take_application(store, received_on=TODAY, by=people[Role.CLERK], at=AT)
    survey = surveyed(store, returned_by=people[Role.REVIEWER])
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(Decision(application_id=application.id, survey_id=survey.id, year=2026, sequence=99,
                             outcome="refused", reasons="x", decider_id=people[Role.DECIDER].id, decided_on=TODAY,
                             decided_at=AT))


def test_the_database_never_changes_a_decision_or_a_certificate(granted, session):
    certificate = granted()
    for thing, name, value in ((certificate.decision, "reasons", "khác"), (certificate, "level_rank", 3)):
        with pytest.raises(IntegrityError), session.begin_nested():
            setattr(thing, name, value)
            session.flush()
        session.expire(thing)


def test_a_new_certificate_takes_the_place_of_the_older(granted, establishment):
    store = establishment()
    older = granted(store, at=instant(2025, 3, 3))
    newer = granted(store, at=AT)
    event = older.events[-1]
    assert (event.kind, event.successor, event.effective_on) == (EventKind.SUPERSEDED, newer, TODAY)
    assert older.state_on(TODAY) == CertificateState.SUPERSEDED
    assert older.state_on(TODAY - timedelta(days=1)) == CertificateState.VALID
    assert newer.state_on(TODAY) == CertificateState.VALID


def test_what_does_not_fit_on_paper_says_what_to_do(printed, ready, people):
    set_issuer(valid_from=TODAY, superior_body="UBND tỉnh", issuing_body="Sở", place="Việt Trì", certifier_vi="Sở",
               certifier_en="The Department", legal_basis=["Căn cứ một văn bản rất dài; " * 20] * 20,
               signing_authority=["Giám đốc"], by=None, at=AT)
    with pytest.raises(RuleBroken, match="one page|một trang"):
        grant(ready(), people[Role.DECIDER])


def test_a_certificate_may_begin_later(printed, ready, people):
    later = TODAY + timedelta(days=40)
    certificate = grant(ready(), people[Role.DECIDER], valid_from=later).certificate
    assert (certificate.valid_from, certificate.year) == (later, TODAY.year)
    assert certificate.state_on(TODAY) is CertificateState.NOT_YET_VALID
    assert certificate.state_on(later) is CertificateState.VALID


@pytest.mark.parametrize("days", [-1, 93])
def test_but_neither_in_the_past_nor_far_ahead(printed, ready, people, days):
    with pytest.raises(Invalid) as error:
        grant(ready(), people[Role.DECIDER], valid_from=TODAY + timedelta(days=days))
    assert "valid_from" in error.value.fields
