"""The coverage page, and the figures it stands on."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from accounts.permissions import Role
from foundation.db import db
from foundation.text import fold
from plan.models import Threshold
from progress import queries
from progress.rules import Standing
from retail.models import Location, StatusSpan
from retail.rules import Kind, Status
from surveys.rules.words import ReviewOutcome
from territory.queries import find_unit
from territory.rules import Level
from tests.progress.conftest import TODAY

FROZEN = date(2025, 12, 31)


@pytest.fixture
def viewer(client, person, province):
    return client.sign_in(person(Role.VIEWER))


@pytest.fixture
def stores(establishment, commune, sheet):
    """Five that count today in Việt Trì, one of each standing, and one that does not count."""
    made = {name: establishment(f"Siêu thị {name}", at=commune()) for name in ("A", "B", "C", "D", "E")}
    sheet(made["A"], 75)
    sheet(made["B"], "59.9")
    sheet(made["C"], 90, conditions=False)
    sheet(made["D"], 80, until=date(2025, 6, 30))
    establishment("Cửa hàng tiện lợi", kind=Kind.CONVENIENCE, at=commune())
    return made


def figures(on=TODAY, territory=None, **more):
    return queries.coverage(on, territory or queries.current_province(), **more)


def test_each_standing_is_counted_once(stores):
    found = figures()
    assert (found.covered, found.total) == (1, 5)
    assert {row.store.name[-1]: row.standing for row in found.rows} == {
        "A": Standing.COVERED, "B": Standing.BELOW, "C": Standing.CONDITIONS, "D": Standing.STALE,
        "E": Standing.NEVER}


def test_an_explicit_threshold_replaces_the_one_of_the_year(stores):
    assert figures(threshold=Decimal(50)).covered == 2
    assert figures(FROZEN).covered == 1  # 2025 asks for 50 %; only D was measured by then
    assert figures(date(2019, 1, 1)) is None


@pytest.mark.parametrize("outcome, covered", [
    (ReviewOutcome.APPROVED, 1), (ReviewOutcome.RETURNED, 0), (ReviewOutcome.SET_ASIDE, 0)])
def test_the_latest_review_counts(establishment, commune, sheet, outcome, covered):
    survey = sheet(establishment(at=commune()), 90, outcome=ReviewOutcome.RETURNED)
    sheet.review(survey, outcome, datetime(2026, 11, 1, tzinfo=UTC))
    assert figures().covered == covered


def test_a_sheet_nobody_approved_does_not_count(establishment, commune, sheet):
    sheet(establishment(at=commune()), 90, reviewed=None)
    assert figures().counts == {Standing.NEVER: 1}


def test_a_day_in_vietnam_ends_at_its_midnight(establishment, commune, sheet):
    """Approved at 23:30 in Việt Trì: known that day; half an hour after midnight: the day after."""
    store = establishment(at=commune())
    sheet(store, 90, reviewed=datetime(2026, 11, 23, 16, 30, tzinfo=UTC))
    assert figures(date(2026, 11, 23)).covered == 1
    assert figures(date(2026, 11, 22)).covered == 0


def test_a_past_day_answers_the_same_after_later_changes(session, establishment, commune, sheet):
    old_city = find_unit("227", date(2024, 1, 1), Level.DISTRICT)
    store = establishment(at=commune("07888", date(2024, 1, 1)))
    sheet(store, 60, until=date(2025, 9, 30))
    before = [(row.store.id, row.standing, row.share) for row in figures(FROZEN, old_city).rows]
    assert before == [(store.id, Standing.COVERED, 60)]
    sheet(store, 10, until=date(2025, 10, 31), reviewed=datetime(2026, 2, 1, tzinfo=UTC))
    store.statuses[0].valid_to = store.locations[0].valid_to = date(2026, 3, 1)
    away = commune("04795")
    session.add_all([StatusSpan(establishment=store, status=Status.CLOSED, valid_from=date(2026, 3, 1)),
                     Location(establishment=store, unit=away, address="", valid_from=date(2026, 3, 1))])
    session.commit()
    assert [(row.store.id, row.standing, row.share) for row in figures(FROZEN, old_city).rows] == before
    assert figures(TODAY, old_city).total == 0


def test_a_store_of_old_units_is_counted_in_old_and_new_territories(establishment, commune, sheet):
    sheet(establishment(at=commune("07888", date(2024, 1, 1))), 90)
    old = {code: find_unit(code, date(2024, 1, 1), level) for code, level in
           [("25", Level.PROVINCE), ("227", Level.DISTRICT), ("26", Level.PROVINCE), ("228", Level.DISTRICT)]}
    assert figures(TODAY, commune("07900")).total == 1
    assert {code: figures(TODAY, unit).total for code, unit in old.items()} == {"25": 1, "227": 1, "26": 0, "228": 0}


def test_paused_and_closed_stores_are_left_out(session, stores):
    stores["E"].statuses[0].valid_to = date(2026, 5, 1)
    session.add(StatusSpan(establishment=stores["E"], status=Status.PAUSED, valid_from=date(2026, 5, 1)))
    session.commit()
    assert figures(date(2026, 4, 30)).total == 5 and figures(date(2026, 5, 1)).total == 4


def test_the_page_shows_the_figures_and_their_day(viewer, stores):
    page = viewer.get("/coverage").text
    assert "Tính đến 24/11/2026, Phú Thọ mới" in page
    assert ">1</a><small>/5</small>" in page and "20,0\u00a0%" in page
    for words in ("cơ sở nữa là 100\u00a0%", "(88\u00a0%, 5/5)", "1 chưa khảo sát", "1 quá hạn 12 tháng",
                  "1 không đạt B1, B2", "Phường Việt Trì", "đang dùng"):
        assert words in page, words
    assert "đóng băng 31/12/2025" in page


def test_a_past_day_and_an_old_territory_by_address(viewer, stores):
    old = find_unit("25", date(2024, 1, 1), Level.PROVINCE)
    page = viewer.get(f"/coverage?on=2025-12-31&territory={old.id}").text
    assert "Tính đến 31/12/2025, Phú Thọ cũ" in page and 'value="31/12/2025"' in page
    assert ">1</a><small>/5</small>" in page
    assert "Huyện Hạ Hoà" in page and "Thành phố Việt Trì" in page


def test_every_territory_can_be_chosen(viewer, stores):
    units = [find_unit("227", date(2024, 1, 1), Level.DISTRICT), find_unit("07900", TODAY),
             find_unit("17", date(2024, 1, 1), Level.PROVINCE)]
    for unit in units:
        assert viewer.get(f"/coverage?territory={unit.id}").status_code == 200


def test_one_type_alone(viewer, stores, establishment, commune):
    establishment("Trung tâm thương mại X", kind=Kind.TRADE_CENTRE, at=commune())
    assert ">0</a><small>/1</small>" in viewer.get(f"/coverage?kind={Kind.TRADE_CENTRE.value}").text


def test_nothing_to_divide_by(viewer, province):
    page = viewer.get("/coverage")
    assert page.status_code == 200 and "Không có mẫu số nên không có độ bao phủ" in page.text


def test_no_threshold_for_the_year(session, viewer, stores):
    assert "Chưa đặt ngưỡng cho năm 2019" in viewer.get("/coverage?on=31/12/2019").text
    session.query(Threshold).delete()
    session.commit()
    assert "Chưa đặt ngưỡng cho năm 2026" in viewer.get("/coverage").text
    assert "/5</small>" in viewer.get("/coverage?threshold=50").text


def test_before_the_units_are_loaded(client, session, person):
    assert "flask territory load" in client.sign_in(person(Role.VIEWER)).get("/coverage").text


@pytest.mark.parametrize("query, words", [
    ("on=31/02/2026", "“31/02/2026” không phải là ngày"),
    ("on=2027-01-01", "Ngày này ở tương lai"),
    ("territory=999999", "Không có địa bàn này"),
    ("territory=abc", "Không có địa bàn này"),
    ("kind=cho", "Loại hình này không được tính"),
    ("threshold=120", "từ 0 đến 100"),
    ("threshold=abc", "“abc” không phải là số"),
])
@pytest.mark.parametrize("path", ["/coverage", "/coverage/stores"])
def test_a_bad_question_is_explained_and_kept(viewer, path, query, words):
    answer = viewer.get(f"{path}?{query}")
    assert answer.status_code == 422 and words in answer.text
    assert query.startswith(("territory", "kind")) or f'value="{query.partition("=")[2]}"' in answer.text


def test_the_table_by_territory_sums_to_the_whole(stores, establishment, commune, province):
    establishment(at=commune("04795"))
    establishment(at=commune("08545", date(2024, 1, 1)))
    places = queries.Places(TODAY)
    view = queries.Overview(queries.Asked(TODAY, province), places, None)
    groups = view.groups()
    assert [(group.unit.name, group.figures.total) for group in groups if group.is_sum] == [
        ("Tỉnh Phú Thọ", 6), ("Tỉnh Hòa Bình", 1)]
    assert sum(group.figures.total for group in groups if not group.is_sum) == view.figures.total == 7
    assert sum(found.total for found in view.by_commune.values()) == 7
    by_district = queries.Overview(queries.Asked(TODAY, places.old), places, None).groups()
    assert len(by_district) == 13 and sum(group.figures.total for group in by_district) == 6


def test_the_series_ends_with_the_asked_day(stores, province):
    places = queries.Places(TODAY)
    view = queries.Overview(queries.Asked(TODAY, province), places, None)
    assert [(point.on.year, point.territory) for point in view.past] == [(y, places.old) for y in range(2021, 2026)]
    assert [(point.on, point.territory, point.threshold) for point in view.live] == [
        (FROZEN, province, 50), (TODAY, province, 60)]
    assert (view.frozen.needed, view.goal.gap, view.year_goal.needed) == (5, 4, 5)
    early = queries.Overview(queries.Asked(date(2023, 6, 30), province), places, None)
    assert [point.on.year for point in early.past] == [2021, 2022] and [p.on for p in early.live] == [early.asked.on]
    assert early.frozen is None and early.goal.value == 85


def test_a_person_sees_their_territory_only(client, person, stores, establishment, commune):
    away = find_unit("17", date(2024, 1, 1), Level.PROVINCE)
    establishment("Siêu thị Hòa Bình", at=commune("04795"))
    page = client.sign_in(person(Role.VIEWER, territory=away)).get("/coverage").text
    assert ">0</a><small>/1</small>" in page and "tài khoản của bạn chỉ xem được địa bàn này" in page


def test_stores_may_not_see_it(client, person, province):
    assert client.sign_in(person(Role.STORE)).get("/coverage").status_code == 403


def test_statements_do_not_grow_with_rows(viewer, stores, establishment, commune, sheet, count_statements):
    seen = []
    for size in (0, 25):
        for number in range(size):
            store = establishment(fold(f"Thêm {number}"), at=commune(("07900", "07894", "04795")[number % 3]))
            sheet(store, number * 4, until=TODAY - timedelta(days=number * 20))
        db.session.expire_all()
        with count_statements() as statements:
            assert viewer.get("/coverage").status_code == 200
        seen.append(len(statements))
    assert seen[0] == seen[1] <= 17
