import html
import io
import re
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from accounts.permissions import Role
from surveys.actions import load_default_criteria
from surveys.actions.criteria import default_content
from surveys.queries import content_of, find_criteria_set
from surveys.rules.checking import Trouble
from surveys.rules.editing import put_piece
from surveys.sheets import read_set
from surveys.workbook import read_book, write_book
from tests.conftest import AT


@pytest.fixture
def admin(client, person):
    return client.sign_in(person(Role.ADMIN))


def workbook(change=lambda book: None, content=None):
    """The default set as a file, changed by hand."""
    book = openpyxl.load_workbook(io.BytesIO(write_book(content or default_content(), "vi")))
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(client, content, lang="en"):
    return client.post(f"/criteria/import?lang={lang}", data={"file": (io.BytesIO(content), "bo.xlsx")})


def carried(page):
    """The tables the preview carries."""
    return html.unescape(re.search(r'name="tables" type="hidden" value="([^"]*)"', page)[1])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_downloaded_set_reads_back_as_itself(language):
    content = default_content()
    first = content.categories[0]
    weighed = put_piece(content, "packaging", replace(first, grams=Decimal("5.123456"), weighed_by="=1+1"))
    odd = replace(weighed, levels=(replace(content.levels[0], least_by_group={"B": Decimal("60.125")}),))
    for one in (content, weighed, odd):
        assert read_set(read_book(write_book(one, language))).content == one


def test_download(session, client, person):
    default = load_default_criteria(by=None, at=AT)
    session.commit()
    answer = client.sign_in(person(Role.INSPECTOR)).get(f"/criteria/{default.id}/export.xlsx")
    assert answer.headers["Content-Disposition"].endswith("PT-PPBV-1.0.xlsx")
    assert read_set(read_book(answer.data)).content == content_of(default)


def test_looked_at_then_written(session, admin):
    page = send(admin, workbook())
    assert page.status_code == 200
    assert "Nothing is wrong with it." in page.text
    assert find_criteria_set("PT-PPBV", "1.0") is None
    answer = admin.post("/criteria/import/confirm", data={"tables": carried(page.text), "version": "1.5"})
    assert answer.status_code == 302
    found = find_criteria_set("PT-PPBV", "1.5")
    assert found.published_at is None
    assert content_of(found) == replace(default_content(), version="1.5")


def test_a_version_that_exists(session, admin):
    load_default_criteria(by=None, at=AT)
    session.commit()
    page = send(admin, workbook())
    assert "This version exists already: choose another." in page.text
    answer = admin.post("/criteria/import/confirm?lang=en", data={"tables": carried(page.text), "version": "1.0"})
    assert answer.status_code == 422
    assert "PT-PPBV has a version 1.0 already." in answer.text
    assert carried(answer.text) == carried(page.text)


def test_every_problem_with_its_sheet_and_row(session, admin):
    def spoil(book):
        criteria, levels = book["Tiêu chí"], book["Mức"]
        criteria["G2"] = "nhiều"
        criteria["E3"] = "thang"
        criteria["B4"] = "Z"
        criteria["C5"] = None
        levels["F2"] = "B hơn 60"
        del book["Bao bì"]

    answer = send(admin, workbook(spoil))
    assert answer.status_code == 422
    page = html.unescape(re.sub(r"</?b>", "", answer.text))
    assert "Nothing was written: 6 problems" in page
    for words in ("Criteria, row 2, A1: “Điểm”: “nhiều” is not a number.",
                  "Criteria, row 3, A2: “Loại”: “thang” is not one of", "Criteria, row 4, A3: There is no group “Z”",
                  "Criteria, row 5, A4: “Tiêu chí (vi)” is empty: fill it in.",
                  "Levels, row 2, 1: “Riêng nhóm (%)”: “B hơn 60” cannot be read.",
                  "Packaging: The sheet is missing or empty."):
        assert words in page


def test_what_does_not_add_up_is_told_with_its_row(session, admin):
    def reweigh(book):
        book["Tiêu chí"]["G5"] = 3

    page = html.unescape(re.sub(r"</?b>", "", send(admin, workbook(reweigh)).text))
    assert "2 problems to mend before it can be published" in page
    assert "Groups, row 2, A: Trade centres: the points of its criteria make 9, the group has 10." in page


def test_columns_in_any_order_and_in_either_language():
    def shuffle(book):
        sheet = book["Nhóm"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        sheet.delete_rows(1, 50)
        sheet.append(["Ghi chú riêng"])
        sheet.delete_rows(1, 50)
        for row in rows:
            sheet.append(["riêng", *reversed(row)])
        sheet["D1"], sheet["E1"] = "title_vi", "GROUP CODE"

    assert read_set(read_book(workbook(shuffle))).content == default_content()


def test_a_missing_column():
    def spoil(book):
        book["Nhóm"]["D1"] = "Số"

    found = read_set(read_book(workbook(spoil))).problems
    assert [(one.sheet, one.trouble, one.params) for one in found] == [
        ("groups", Trouble.NO_COLUMN, {"value": "Điểm của nhóm"})]


@pytest.mark.parametrize("content", [b"", b"xin chao", b"PK\x03\x04 hong", b"%PDF-1.7"])
def test_no_workbook(admin, content):
    assert send(admin, content).status_code == 422


def test_no_file(admin):
    answer = admin.post("/criteria/import?lang=en", data={})
    assert answer.status_code == 422
    assert "Choose a file first." in answer.text


@pytest.mark.parametrize("tables", ["", "{", "[]", '{"set": 1}', '{"set": [["code"]]}'])
def test_tables_that_are_none_of_ours(admin, tables):
    assert admin.post("/criteria/import/confirm", data={"tables": tables, "version": "1"}).status_code == 422


def test_only_the_administrator(client, person):
    assert client.sign_in(person(Role.REVIEWER)).get("/criteria/import").status_code == 403
