from datetime import date
from decimal import Decimal

import pytest

from accounts.permissions import Role
from foundation.audit import AuditEntry
from foundation.errors import Invalid
from plan.actions import add_activity, load_defaults, set_target, set_threshold
from plan.queries import adviser_ids, find_threshold, list_targets, list_thresholds
from plan.rules import ActivityKind
from tests.conftest import AT


def test_the_defaults_are_those_of_the_plan_and_loaded_once(session):
    assert load_defaults(at=AT) == 16
    assert load_defaults(at=AT) == 0
    assert [(t.due.year, t.value, t.is_promise) for t in list_targets()] == [
        (2025, 85, True), (2026, 88, False), (2027, 91, False), (2028, 94, False), (2029, 97, False),
        (2030, 100, True)]
    assert [(t.year, t.share) for t in list_thresholds()] == [
        (2021, 50), (2022, 50), (2023, 50), (2024, 50), (2025, 50), (2026, 60), (2027, 70), (2028, 80), (2029, 90),
        (2030, 95)]


def test_what_was_edited_stays_when_the_defaults_are_loaded_again(session, person):
    load_defaults(at=AT)
    set_threshold(2027, share=Decimal("72.5"), legal_basis="QĐ 1", by=person(Role.CLERK), at=AT)
    load_defaults(at=AT)
    assert find_threshold(2027).share == Decimal("72.5")


@pytest.mark.parametrize("year, found", [(2020, None), (2021, 2021), (2030, 2030), (2044, 2030)])
def test_a_year_without_threshold_takes_the_latest_before(session, year, found):
    load_defaults(at=AT)
    threshold = find_threshold(year)
    assert (threshold and threshold.year) == found


def test_a_past_threshold_needs_a_reason_that_is_kept(session, person):
    load_defaults(at=AT)
    clerk = person(Role.CLERK)
    with pytest.raises(Invalid) as error:
        set_threshold(2025, share=Decimal(55), legal_basis="", by=clerk, at=AT)
    assert "reason" in error.value.fields
    set_threshold(2025, share=Decimal(55), legal_basis="", reason="Quyết định mới", by=clerk, at=AT)
    entry = session.query(AuditEntry).filter_by(verb="set_threshold", subject_id="2025").one()
    assert entry.detail["reason"] == "Quyết định mới"
    assert entry.detail["before"]["share"] == "50"


@pytest.mark.parametrize("share", ["-0.1", "100.1"])
def test_shares_are_percent(session, person, share):
    with pytest.raises(Invalid):
        set_threshold(2027, share=Decimal(share), legal_basis="", by=person(Role.CLERK), at=AT)
    with pytest.raises(Invalid):
        set_target(date(2027, 12, 31), value=Decimal(share), is_promise=False, legal_basis="", by=None, at=AT)


def test_setting_the_same_again_writes_nothing(session, person):
    load_defaults(at=AT)
    before = session.query(AuditEntry).count()
    target = list_targets()[0]
    set_target(target.due, value=Decimal("85.0"), is_promise=True, legal_basis=target.legal_basis, by=None, at=AT)
    assert session.query(AuditEntry).count() == before


def test_who_advised_is_known(session, person, establishment):
    adviser, store = person(Role.INSPECTOR), establishment()
    add_activity(kind=ActivityKind.GUIDANCE, establishment=store, held_on=date(2025, 5, 14), people=[adviser, adviser],
                 by=adviser, at=AT)
    assert adviser_ids(store.id) == {adviser.id}
    assert adviser_ids(store.id + 1) == set()


def test_an_activity_has_a_day_and_people(session, person, establishment):
    with pytest.raises(Invalid) as error:
        add_activity(kind=ActivityKind.GUIDANCE, establishment=establishment(), held_on=date(2027, 1, 1), people=[],
                     note="x" * 501, by=person(Role.CLERK), at=AT)
    assert set(error.value.fields) == {"held_on", "people", "note"}
