from datetime import date

import pytest

from foundation.db import db
from foundation.errors import NotFound
from foundation.text import sort_key
from territory import queries
from territory.models import AdminUnit
from territory.rules import Level

IN_2021, TODAY = date(2021, 8, 1), date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _loaded(vietnam):
    pass


def test_an_unknown_unit_is_not_found():
    with pytest.raises(NotFound):
        queries.get_unit(0)


def test_communes_come_in_vietnamese_order():
    names = [unit.name.removeprefix(unit.kind).strip() for unit in queries.list_communes(TODAY)]
    assert names == sorted(names, key=sort_key)
    assert names.index("Đoan Hùng") > names.index("Dân Chủ")


@pytest.mark.parametrize("text", ["Hoà Bình", "hòa bình", "phường HOA BINH", "Phường Hòa Bình"])
def test_search_does_not_mind_marks_or_case(text):
    found = {(unit.name, unit.valid_from.year) for unit in queries.find_communes_named(text)}
    assert ("Phường Hòa Bình", 2025) in found


def test_a_name_may_mean_many_communes():
    assert len(queries.find_communes_named("Phong Châu")) == 3  # two of old, one of today
    assert queries.find_communes_named("Không có xã này") == []


def test_an_old_commune_became_todays():
    gone = queries.find_unit("07891", IN_2021)
    assert gone.name == "Phường Vân Cơ"
    assert queries.current_unit(gone, date(2024, 12, 31)) is gone
    assert queries.current_unit(gone, date(2025, 1, 1)).name == "Phường Nông Trang"
    assert queries.current_unit(gone, TODAY) is queries.find_unit("07894", TODAY)


def test_a_divided_commune_goes_where_most_of_it_went():
    assert queries.current_unit(queries.find_unit("04891", IN_2021), TODAY).name == "Xã Tiền Phong"


def test_old_provinces_became_one():
    today = queries.find_unit("25", TODAY, Level.PROVINCE)
    for code in ("25", "26", "17"):
        assert queries.current_unit(queries.find_unit(code, IN_2021, Level.PROVINCE), TODAY) is today


def test_territories_begin_with_the_province_of_the_day():
    today = queries.list_territories(TODAY)
    assert [(unit.name, unit.valid_to is None) for unit in today[:4]] == [
        ("Tỉnh Phú Thọ", True), ("Tỉnh Phú Thọ", False), ("Tỉnh Hòa Bình", False), ("Tỉnh Vĩnh Phúc", False)]
    assert len(today) == 4 + 32 and today[4].parent is today[1]
    assert [unit.valid_to is None for unit in queries.list_territories(IN_2021)[:4]] == [False, False, False, True]
    assert [row.id for row in queries.list_choices(TODAY)] == [
        unit.id for unit in today + queries.list_communes(TODAY)]


def test_many_units_followed_forward_in_few_statements(count_statements):
    old = queries.list_communes(IN_2021)
    with count_statements() as seen:
        found = queries.current_units(old, TODAY)
    assert len(seen) <= 2
    assert found == {unit.id: queries.current_unit(unit, TODAY) for unit in old}
    assert queries.current_units(old, IN_2021) == {unit.id: unit for unit in old}


def members(unit):
    return set(db.session.scalars(queries.commune_ids(unit.id)))


def test_old_communes_lie_in_new_units_and_new_ones_in_old():
    old, new = queries.find_unit("07891", IN_2021), queries.find_unit("07894", TODAY)
    city = queries.find_unit("227", IN_2021, Level.DISTRICT)
    province = queries.find_unit("25", TODAY, Level.PROVINCE)
    assert old.id in members(new) and new.id not in members(old)
    assert {old.id, new.id} <= members(city) <= members(province)
    assert len(members(province)) == db.session.query(AdminUnit).filter_by(level=Level.COMMUNE).count()


def test_a_commune_that_stayed_the_same_is_itself_at_both_times():
    old, new = queries.find_unit("08545", IN_2021), queries.find_unit("08545", TODAY)
    assert old.name == new.name == "Xã Thu Cúc" and old is not new
    assert members(old) == members(new) == {old.id, new.id}
