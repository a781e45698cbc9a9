"""The reference data against the figures of DOMAIN 2."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select

from foundation.audit import AuditEntry
from foundation.db import db
from territory import actions, queries
from territory.models import AdminUnit, AdminUnitChange
from territory.reference import MERGERS, SEED, TWO_TIERS
from territory.rules import ChangeKind, Level
from tests.conftest import AT

IN_2021, IN_MAY_2025, TODAY = date(2021, 8, 1), date(2025, 5, 1), date(2026, 11, 24)
DISTRICTS = {  # DOMAIN 2.2: communes in 2021, in January 2025, new ones since July 2025
    "227": ("Thành phố Việt Trì", 22, 20, 5), "228": ("Thị xã Phú Thọ", 9, 9, 3), "230": ("Huyện Đoan Hùng", 22, 14, 5),
    "231": ("Huyện Hạ Hoà", 20, 20, 6), "232": ("Huyện Thanh Ba", 19, 19, 6), "233": ("Huyện Phù Ninh", 17, 17, 5),
    "234": ("Huyện Yên Lập", 17, 17, 6), "235": ("Huyện Cẩm Khê", 24, 16, 6), "236": ("Huyện Tam Nông", 12, 12, 4),
    "237": ("Huyện Lâm Thao", 12, 12, 4), "238": ("Huyện Thanh Sơn", 23, 23, 7), "239": ("Huyện Thanh Thuỷ", 11, 11, 3),
    "240": ("Huyện Tân Sơn", 17, 17, 6),
}


@pytest.fixture(autouse=True)
def _loaded(vietnam):
    pass


def province(code, on=IN_2021):
    return queries.find_unit(code, on, Level.PROVINCE)


def test_the_old_districts_hold_what_they_held():
    old = province("25")
    districts = db.session.scalars(select(AdminUnit).where(AdminUnit.parent_id == old.id)).all()
    assert {unit.code for unit in districts} == set(DISTRICTS)
    for unit in districts:
        counts = [len(queries.list_communes(day, unit.id)) for day in (IN_2021, IN_MAY_2025, TODAY)]
        assert (unit.name, *counts) == DISTRICTS[unit.code]


def test_the_old_provinces_hold_what_they_held():
    counts = {code: [len(queries.list_communes(day, province(code).id)) for day in (IN_2021, IN_MAY_2025, TODAY)]
              for code in ("25", "26", "17")}
    assert counts == {"25": [225, 207, 66], "26": [136, 121, 36], "17": [151, 151, 46]}


def test_today_there_are_148_communes():
    today = queries.list_communes(TODAY)
    assert Counter(unit.kind for unit in today) == {"Xã": 133, "Phường": 15}
    assert today == queries.list_communes(TODAY, province("25", TODAY).id)
    assert all(unit.parent is province("25", TODAY) and unit.area_km2 and unit.hex_row is not None for unit in today)
    assert len({(unit.hex_column, unit.hex_row) for unit in today}) == 148
    assert abs(sum(unit.area_km2 for unit in today) - 9361) < 10  # the published total; areas are rounded


def test_two_communes_went_on_unchanged():
    kept = db.session.scalars(select(AdminUnit).join(AdminUnitChange, AdminUnitChange.to_unit_id == AdminUnit.id)
                              .where(AdminUnitChange.kind == ChangeKind.UNCHANGED).order_by(AdminUnit.code))
    assert [unit.name for unit in kept] == ["Xã Trung Sơn", "Xã Thu Cúc"]


@pytest.mark.parametrize("code, names", [
    ("08035", ["Xã Vân Đồn", "Xã Hùng Long"]),
    ("08566", ["Xã Tân Phú", "Thị trấn Tân Phú", "Xã Tân Sơn"]),
    ("07954", ["Xã Phú Hộ", "Phường Phong Châu"]),
    ("08230", ["Thị trấn Phong Châu", "Xã Phù Ninh"]),
    ("07900", ["Phường Gia Cẩm", "Phường Việt Trì"]),
])
def test_a_code_names_different_places_in_time(code, names):
    rows = db.session.scalars(select(AdminUnit).where(AdminUnit.code == code, AdminUnit.level == Level.COMMUNE)
                              .order_by(AdminUnit.valid_from)).all()
    assert [unit.name for unit in rows] == names
    for unit in rows:
        assert queries.find_unit(code, unit.valid_from) is unit
    for earlier, later in zip(rows, rows[1:], strict=False):
        assert earlier.valid_to == later.valid_from


def test_no_two_rows_of_a_code_hold_at_once():
    spans = {}
    for unit in db.session.scalars(select(AdminUnit).order_by(AdminUnit.valid_from)):
        before = spans.get((unit.level, unit.code))
        assert before is None or before == unit.valid_from or (before and before < unit.valid_from)
        spans[unit.level, unit.code] = unit.valid_to


def test_three_communes_were_divided_and_each_part_is_known():
    split = db.session.scalars(select(AdminUnitChange).where(AdminUnitChange.kind == ChangeKind.SPLIT)).all()
    assert Counter(change.from_unit.name for change in split) == {"Xã Vầy Nưa": 2, "Xã Cao Sơn": 2, "Xã Đồng Tân": 2}
    defaults = {change.from_unit.name: change.to_unit.name for change in split if change.is_default}
    assert defaults == {"Xã Vầy Nưa": "Xã Tiền Phong", "Xã Cao Sơn": "Xã Liên Sơn", "Xã Đồng Tân": "Xã Mai Châu"}
    assert all(change.legal_basis == "Nghị quyết 1676/NQ-UBTVQH15 ngày 16/6/2025" for change in split)


def test_every_commune_before_july_2025_has_its_successor():
    old = set(db.session.scalars(select(AdminUnit.id).where(AdminUnit.valid_to == TWO_TIERS,
                                                            AdminUnit.level == Level.COMMUNE)))
    changed = set(db.session.scalars(select(AdminUnitChange.from_unit_id).where(
        AdminUnitChange.effective == TWO_TIERS, AdminUnitChange.is_default)))
    assert len(old) == 207 + 121 + 151
    assert old <= changed


def test_of_the_communes_of_2021_only_those_no_source_names_lack_a_successor():
    gone = db.session.scalars(select(AdminUnit).where(AdminUnit.valid_to == MERGERS).order_by(AdminUnit.code))
    lost = [unit.name for unit in gone if queries.current_unit(unit, TODAY) is unit]
    assert lost == ["Xã Bạch Lưu", "Xã Nhạo Sơn", "Xã Như Thụy", "Xã Đình Chu", "Xã Triệu Đề", "Xã Hồng Phương",
                    "Xã Vĩnh Sơn", "Xã Tam Phúc"]


def test_communes_over_two_old_districts_lie_where_most_of_them_came_from():
    homes = {"04828": "148", "08866": "246", "08872": "247"}
    for code, district in homes.items():
        commune = queries.find_unit(code, TODAY)
        inside = [unit.code for unit in queries.list_territories(TODAY)
                  if unit.level == Level.DISTRICT and commune in queries.list_communes(TODAY, unit.id)]
        assert inside == [district]


def test_centroids_lie_where_their_neighbours_do():
    """The source had two swapped and two far away: no part may lie over 0.25 degrees (28 km) from its whole."""
    changes = db.session.scalars(select(AdminUnitChange).where(
        AdminUnitChange.effective == TWO_TIERS, AdminUnitChange.is_default)).all()
    for change in changes:
        old, new = change.from_unit, change.to_unit
        if old.lat is not None:
            assert abs(old.lat - new.lat) + abs(old.lon - new.lon) < 0.25, new.name
    assert queries.find_unit("04924", TODAY).lat < 21 < queries.find_unit("08296", TODAY).lat


def test_loading_again_writes_nothing(vietnam, count_statements):
    assert vietnam["units"] == 4 + 32 + 512 + len(db.session.scalars(
        select(AdminUnit.id).where(AdminUnit.valid_from == MERGERS)).all()) + 148
    with count_statements() as seen:
        again = actions.load(at=AT)
    assert again == {"units": 0, "changes": 0, "memberships": 0}
    assert all(statement.startswith("SELECT") for statement in seen)
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == 1


def test_the_command_says_what_it_added(app, session):
    answer = app.test_cli_runner().invoke(args=["territory", "load"])
    assert answer.output == "0 units, 0 changes, 0 memberships added\n"


def test_the_first_row_of_a_unit_begins_with_the_plan():
    assert queries.find_unit("07888", SEED).name == "Phường Dữu Lâu"
    assert queries.find_unit("07888", date(2019, 12, 31)) is None
