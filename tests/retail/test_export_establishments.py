import csv
import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from foundation.tables import plain
from retail.actions import add_establishment
from tests.conftest import AT


@pytest.fixture
def rows(facts, session):
    for name in ("Siêu thị Đông", "=HYPERLINK(1)"):
        add_establishment(replace(facts, name=name, contact_phone="+84 210 384", contact_post="Trưởng phòng"), by=None,
                          at=AT)
    session.commit()


def read(answer) -> list[dict[str, str]]:
    text = answer.data.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_csv_has_a_mark_and_no_formula(client, clerk, rows):
    answer = client.sign_in(clerk).get("/establishments/export.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=co-so-")
    found = read(answer)
    assert [row["Tên cơ sở"] for row in found] == ["Siêu thị Đông", "'=HYPERLINK(1)"]
    assert found[0]["Ngày khai trương"] == "01/05/2021"
    assert found[0]["Điện thoại công vụ"] == "'+84 210 384"
    assert found[0]["Hạng đề xuất"] == "Hạng II"


def test_xlsx_has_real_numbers_and_days(client, clerk, rows):
    answer = client.sign_in(clerk).get("/establishments/export.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    head = [cell.value for cell in sheet[1]]
    row = {name: cell.value for name, cell in zip(head, sheet[2], strict=True)}
    assert row["Diện tích kinh doanh (m²)"] == 2500
    assert row["Ngày khai trương"].isoformat() == "2021-05-01T00:00:00"  # a cell has no zone
    assert row["Mã số thuế"] == "2600123456"
    assert sheet["B3"].value == "=HYPERLINK(1)" and sheet["B3"].data_type == "s"
    assert sheet.freeze_panes == "C2"
    assert sheet.column_dimensions["B"].width > 40


def test_the_filter_holds_and_batches_join(client, clerk, facts, session, rows, monkeypatch):
    monkeypatch.setattr("retail.queries.register.BATCH", 2)
    for number in range(5):
        add_establishment(replace(facts, name=f"Siêu thị Xuân {number}"), by=None, at=AT)
    session.commit()
    client.sign_in(clerk)
    names = [row["Tên cơ sở"] for row in read(client.get("/establishments/export.csv?q=xuan"))]
    assert names == [f"Siêu thị Xuân {number}" for number in range(5)]
    assert len(read(client.get("/establishments/export.csv"))) == 7
    assert read(client.get("/establishments/export.csv?q=khong+co")) == []
    assert client.get("/establishments/export.xlsx?q=khong+co").status_code == 200


def test_contacts_are_for_those_who_keep_the_register(client, viewer, rows):
    found = read(client.sign_in(viewer).get("/establishments/export.csv"))
    assert "Điện thoại công vụ" not in found[0]


@pytest.mark.parametrize("value, cell", [(None, ""), (date(2026, 1, 2), "02/01/2026"), ("@x", "'@x"), ("-1", "'-1"),
                                         ("a=1", "a=1"), (5, "5")])
def test_cells(value, cell):
    assert plain(value) == cell
