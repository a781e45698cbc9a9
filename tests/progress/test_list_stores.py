"""The list behind each number."""

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from accounts.permissions import Role
from foundation.db import db
from tests.progress.conftest import TODAY


@pytest.fixture
def viewer(client, person, province):
    return client.sign_in(person(Role.VIEWER))


@pytest.fixture
def stores(establishment, commune, sheet):
    made = {name: establishment(f"Siêu thị {name}", at=commune()) for name in ("Đạt", "Thiếu", "Cũ", "Chưa")}
    sheet(made["Đạt"], 75)
    sheet(made["Thiếu"], "59.9")
    sheet(made["Cũ"], 80, until=date(2025, 6, 30))
    return made


@pytest.mark.parametrize("state, names", [
    ("", ["Đạt", "Thiếu", "Cũ", "Chưa"]), ("covered", ["Đạt"]), ("below", ["Thiếu"]), ("stale", ["Cũ"]),
    ("never", ["Chưa"]), ("uncovered", ["Thiếu", "Cũ", "Chưa"]), ("surveyed", ["Đạt", "Thiếu"]), ("conditions", []),
    ("certified", []), ("nonsense", ["Đạt", "Thiếu", "Cũ", "Chưa"]),
])
def test_the_list_is_what_the_number_counts(viewer, stores, state, names):
    page = viewer.get(f"/coverage/stores?state={state}").text
    assert [name for name in stores if f"Siêu thị {name}</a>" in page] == names
    assert f"{len(names)}/4</span></h1>" in page
    assert names or "không có cơ sở nào trong danh sách" in page


def test_share_day_and_state_stand_beside_each_store(viewer, stores):
    page = viewer.get("/coverage/stores?state=below").text
    for words in ("59,9\u00a0%", "30/09/2026", "Dưới ngưỡng", "Phường Việt Trì", "ngưỡng R 60\u00a0%"):
        assert words in page


def test_another_threshold_and_day(viewer, stores):
    assert "2/4</span></h1>" in viewer.get("/coverage/stores?state=covered&threshold=50").text
    assert "1/4</span></h1>" in viewer.get("/coverage/stores?state=covered&on=2025-12-31").text


def test_a_long_list_has_pages(viewer, establishment, commune, monkeypatch):
    monkeypatch.setattr("progress.views.PER_PAGE", 2)
    for _number in range(3):
        establishment(at=commune())
    first, last = viewer.get("/coverage/stores").text, viewer.get("/coverage/stores?page=99").text
    assert 'rel="next"' in first and 'rel="prev"' not in first
    assert 'rel="prev"' in last and last.count("<th scope=\"row\">") == 1


def test_statements_do_not_grow_with_rows(viewer, stores, establishment, commune, count_statements):
    seen = []
    for size in (0, 20):
        for _number in range(size):
            establishment(at=commune())
        db.session.expire_all()
        with count_statements() as statements:
            viewer.get("/coverage/stores")
        seen.append(len(statements))
    assert seen[0] == seen[1] <= 17


def test_the_workbook_has_the_same_figures(viewer, stores):
    answer = viewer.get("/coverage/stores.xlsx?state=uncovered")
    assert "do-bao-phu-2026-11-24.xlsx" in answer.headers["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    facts = {row[0]: row[1] for row in book.get_sheet_by_index(0).to_python()}
    assert (facts["Tính đến ngày"], facts["Địa bàn"], facts["Ngưỡng R"]) == (TODAY, "Phú Thọ mới", "60\u00a0%")
    assert (facts["Đạt ngưỡng"], facts["Tất cả loại được tính"], facts["Độ bao phủ"]) == (1, 4, 25)
    assert facts["Còn thiếu để đạt 100\u00a0% vào 31/12/2030"] == 3
    rows = book.get_sheet_by_index(1).to_python()
    assert [row[1] for row in rows[1:]] == ["Siêu thị Thiếu", "Siêu thị Cũ", "Siêu thị Chưa"]
    assert rows[1][4:7] == ["Dưới ngưỡng", 59.9, date(2026, 9, 30)]


def test_a_formula_in_a_name_stays_text(viewer, establishment, commune):
    establishment("=1+1", at=commune())
    book = CalamineWorkbook.from_filelike(BytesIO(viewer.get("/coverage/stores.xlsx").data))
    assert book.get_sheet_by_index(1).to_python()[1][1] == "=1+1"


def test_a_workbook_of_a_bad_question_leads_back(viewer):
    answer = viewer.get("/coverage/stores.xlsx?on=abc")
    assert answer.status_code == 302 and answer.location.endswith("/coverage/stores?on=abc")


def test_stores_may_not_see_it(client, person, province):
    client.sign_in(person(Role.STORE))
    assert {client.get(path).status_code for path in ("/coverage/stores", "/coverage/stores.xlsx")} == {403}
