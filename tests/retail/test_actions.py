from dataclasses import replace
from datetime import date

import pytest

from foundation.audit import AuditEntry
from foundation.errors import Invalid, RuleBroken
from retail.actions import (
    add_enterprise,
    add_establishment,
    change_enterprise,
    change_establishment,
    move,
    set_status,
)
from retail.rules import Status
from tests.conftest import AT


def test_a_new_establishment_gets_the_next_number_and_operates_from_its_opening(facts, clerk, session):
    first = add_establishment(facts, by=clerk, at=AT)
    second = add_establishment(replace(facts, name="Siêu thị Hai"), by=clerk, at=AT)
    assert int(second.number[3:]) == int(first.number[3:]) + 1
    assert first.status_on(date(2021, 5, 1)) == Status.OPERATING
    assert first.status_on(date(2021, 4, 30)) is None
    assert first.location_on(date(2021, 5, 1)).text == "Số 1, đường Thử, Phường Việt Trì"
    assert session.query(AuditEntry).filter_by(verb="add_establishment", subject_id=str(first.id)).one()


@pytest.mark.parametrize("change, field", [
    ({"name": ""}, "name"), ({"name": "x" * 161}, "name"), ({"recorded_class": 4}, "recorded_class"),
    ({"area_m2": 0}, "area_m2"), ({"items": -1}, "items"), ({"lat": 21}, "lon"), ({"lat": 10, "lon": 105}, "lat"),
    ({"opened_on": date(2027, 1, 1)}, "opened_on"), ({"contact_phone": "call me"}, "contact_phone"),
    ({"contact_email": "no"}, "contact_email"), ({"branch_code": "12"}, "branch_code"), ({"note": "x" * 501}, "note"),
])
def test_what_cannot_be_is_refused_beside_its_field(facts, clerk, change, field):
    with pytest.raises(Invalid) as error:
        add_establishment(replace(facts, **change), by=clerk, at=AT)
    assert set(error.value.fields) == {field}


def test_a_correction_is_audited_with_what_changed_only(facts, clerk, session):
    store = add_establishment(facts, by=clerk, at=AT)
    change_establishment(store, replace(facts, area_m2=3000), by=clerk, at=AT)
    entry = session.query(AuditEntry).filter_by(verb="change_establishment").one()
    assert entry.detail == {"before": {"area_m2": 2500}, "after": {"area_m2": 3000}}


def test_the_opening_day_moves_the_first_status_and_place(facts, clerk):
    store = add_establishment(facts, by=clerk, at=AT)
    change_establishment(store, replace(facts, opened_on=date(2020, 2, 2)), by=clerk, at=AT)
    assert store.status_on(date(2020, 2, 2)) == Status.OPERATING
    set_status(store, Status.CLOSED, on=date(2022, 1, 1), reason="Hết hợp đồng", by=clerk, at=AT)
    with pytest.raises(Invalid) as error:
        change_establishment(store, replace(facts, opened_on=date(2023, 1, 1)), by=clerk, at=AT)
    assert "01/01/2022" in str(error.value)


def test_status_is_dated_and_reversible(facts, clerk):
    store = add_establishment(facts, by=clerk, at=AT)
    set_status(store, Status.PAUSED, on=date(2024, 1, 1), reason="Sửa chữa", by=clerk, at=AT)
    set_status(store, Status.OPERATING, on=date(2024, 3, 1), reason="Sửa xong", by=clerk, at=AT)
    days = (date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2024, 3, 1))
    assert [store.status_on(day) for day in days] == [
        Status.OPERATING, Status.PAUSED, Status.PAUSED, Status.OPERATING]


def test_status_says_why_not(facts, clerk):
    store = add_establishment(facts, by=clerk, at=AT)
    with pytest.raises(RuleBroken):
        set_status(store, Status.OPERATING, on=date(2024, 1, 1), reason="x", by=clerk, at=AT)
    with pytest.raises(Invalid) as error:
        set_status(store, Status.CLOSED, on=date(2021, 4, 30), reason="x", by=clerk, at=AT)
    assert "01/05/2021" in error.value.fields["on"]
    with pytest.raises(Invalid):
        set_status(store, Status.CLOSED, on=date(2024, 1, 1), reason="", by=clerk, at=AT)


def test_the_same_day_corrects_the_last_change(facts, clerk):
    store = add_establishment(facts, by=clerk, at=AT)
    set_status(store, Status.CLOSED, on=date(2024, 1, 1), reason="Nhầm", by=clerk, at=AT)
    set_status(store, Status.PAUSED, on=date(2024, 1, 1), reason="Sửa chữa", by=clerk, at=AT)
    assert store.status_on(date(2024, 1, 1)) == Status.PAUSED
    assert len(store.statuses) == 2


def test_a_move_keeps_the_old_place_and_is_found_by_the_new(facts, clerk, unit):
    store = add_establishment(facts, by=clerk, at=AT)
    move(store, unit("Xã Lâm Thao", code="08431"), "Khu 3", on=date(2026, 1, 1), by=clerk, at=AT)
    assert store.location_on(date(2025, 12, 31)).unit.name == "Phường Việt Trì"
    assert store.location_on(date(2026, 1, 1)).text == "Khu 3, Xã Lâm Thao"
    assert "lam thao" in store.search_text
    assert "viet" not in store.search_text


def test_nothing_moves_into_a_unit_that_has_ended(facts, clerk, unit):
    store = add_establishment(facts, by=clerk, at=AT)
    old = unit("Phường Gia Cẩm", code="07900", since=date(2020, 1, 1), until=date(2025, 7, 1))
    with pytest.raises(Invalid) as error:
        move(store, old, "Khu 3", on=date(2026, 1, 1), by=clerk, at=AT)
    assert "unit" in error.value.fields


def test_a_new_name_of_the_enterprise_reaches_all_its_establishments(facts, clerk):
    store = add_establishment(facts, by=clerk, at=AT)
    change_enterprise(facts.enterprise, name="Tập đoàn Bình Minh", tax_code="2600123456", by=clerk, at=AT)
    assert "binh minh" in store.search_text


def test_a_tax_code_belongs_to_one_enterprise(facts):
    assert facts.enterprise.tax_code == "2600123456"
    with pytest.raises(Invalid) as error:
        add_enterprise(name="Công ty Khác", tax_code="2600123456", by=None, at=AT)
    assert "tax_code" in error.value.fields
