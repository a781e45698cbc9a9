"""The pages: upload, preview, columns, confirmation, downloads; whose they are."""

import re

import openpyxl
import pytest

from accounts.permissions import Role
from retail.models import Establishment, RegisterImport
from tests.retail.importing.ugly import saved, simple, store, workbook


@pytest.fixture
def preview(post, client, session):
    """Upload through the page; the page of the preview."""

    def send(content, name="danh-sach.xlsx"):
        answer = post(content, name)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"], client.get(answer.headers["Location"]).text

    return send


def confirm(client, address, page):
    plan = re.search(r'name="plan" value="([0-9a-f]+)"', page)[1]
    return client.post(f"{address}/confirm", data={"plan": plan}, follow_redirects=True)


def test_from_upload_to_register(preview, client, session):
    address, page = preview(workbook())
    assert "Nhập 21 dòng" in page and "19 dòng bị từ chối" in page
    assert "Phường Gia Cẩm (cũ) nay là Phường Việt Trì." in page
    assert "“Người đại diện – (họ tên, chức vụ)”" in page and "thông tin cá nhân: không lưu" in page
    assert session.query(Establishment).count() == 0
    done = confirm(client, address, page).text
    assert "Đã thêm 21 cơ sở, thay đổi 0 cơ sở." in done and "Nhập 21 dòng" not in done
    assert session.query(Establishment).count() == 21
    assert "danh-sach.xlsx" in client.get("/establishments/import").text
    again = confirm(client, address, page)
    assert again.status_code == 409


def test_every_reason_stands_in_its_own_line(preview, client):
    address, _page = preview(workbook())
    page = client.get(f"{address}?outcome=refused").text
    row = re.search(r'<tr id="line-40">.*?</tr>', page, re.DOTALL)[0]
    assert row.count('<li class="no">') == 4
    assert "Siêu thị Minh Hoạ 02" not in page


def test_the_page_of_a_long_list_is_short_and_its_queries_are_few(preview, client, count_statements):
    address, page = preview(simple([store(f"Siêu thị Số {n}", street=f"Số {n}") for n in range(120)]))
    assert page.count('<tr id="line-') == 50
    with count_statements() as seen:
        page = client.get(f"{address}?page=3").text
    assert page.count('<tr id="line-') == 20 and "line-121" in page
    assert len(seen) <= 6


def test_columns_are_corrected_without_another_upload(preview, client):
    address, page = preview(simple([["Siêu thị A", "Siêu thị", "Phường Việt Trì", "Công ty A"]],
                                   ("Tên cơ sở", "Loại hình", "Nơi chốn", "Doanh nghiệp")))
    assert "Không thấy cột cho: Xã, phường" in page and "Nhập 1 dòng" not in page
    page = client.post(f"{address}/columns", follow_redirects=True, data={
        "column-0": "name", "column-1": "kind", "column-2": "commune", "column-3": "enterprise", "first": "1",
        "last": "1",
        "sheet": "Sheet"}).text
    assert "Không thấy cột" not in page and "Nhập 1 dòng" in page


def test_choices_for_the_whole_list(preview, client):
    address, page = preview(simple([["Siêu thị A", "Phường Việt Trì"]], ("Tên cơ sở", "Xã, phường")))
    assert "Không thấy cột cho: Loại hình, Doanh nghiệp" in page
    page = client.post(f"{address}/columns", follow_redirects=True, data={
        "column-0": "name", "column-1": "commune", "first": "1", "last": "1", "sheet": "Sheet", "kind": "sieu_thi_mini",
        "own_enterprise": "yes"}).text
    assert "Nhập 1 dòng" in page and "theo lựa chọn cho cả danh sách" in page


def test_headings_that_were_not_found_are_told(preview, client):
    address, page = preview(simple([["Siêu thị A", "Siêu thị"]], ("Cột một", "Cột hai")))
    assert "Không có cột nào chứa tên cơ sở" in page
    page = client.post(f"{address}/columns", follow_redirects=True, data={
        "first": "1", "last": "1", "sheet": "Sheet"}).text
    assert "Cột hai" in page
    page = client.post(f"{address}/columns", follow_redirects=True, data={
        "first": "1", "last": "1", "sheet": "Sheet", "column-0": "name", "column-1": "kind"}).text
    assert "Siêu thị A" in page and "còn thiếu. Hãy ghi xã, phường." in page


@pytest.mark.parametrize("typed", [
    {"first": "x", "last": "-1"}, {"first": "99999", "last": "1"}, {"first": "5", "last": "2"}, {"sheet": "không có"},
    {"column-0": "lạ", "column-x": "name", "kind": "lạ"}])
def test_whatever_is_typed_there_gives_a_page(preview, client, typed):
    address, _page = preview(simple([store("Siêu thị A")]))
    assert client.post(f"{address}/columns", data=typed, follow_redirects=True).status_code == 200


def test_another_sheet_of_the_same_file(preview, client):
    book = openpyxl.Workbook()
    for number, page in enumerate((book.active, book.create_sheet("Huyện Lâm Thao"))):
        page.append(["Tên cơ sở", "Loại hình", "Doanh nghiệp", "Xã, phường"])
        page.append([f"Siêu thị {number}", "Siêu thị", "Công ty A", "Phường Việt Trì"])
    address, page = preview(saved(book))
    assert "Siêu thị 0" in page
    done = confirm(client, address, page).text
    assert "Trang tính khác của tệp này" in done
    page = client.post(f"{address}/another-sheet", data={"sheet": "Huyện Lâm Thao"}, follow_redirects=True).text
    assert "Siêu thị 1" in page


def test_a_file_that_cannot_be_read_says_what_to_do(post, client, session):
    answer = post(b"%PDF-1.7", "danh-sach.pdf")
    assert answer.status_code == 422 and "Đây là tệp PDF" in answer.text
    answer = client.post("/establishments/import")
    assert answer.status_code == 422 and "Hãy chọn tệp." in answer.text
    assert session.query(RegisterImport).count() == 0


def test_a_preview_that_no_longer_holds_is_shown_anew(preview, client, session):
    address, page = preview(simple([store("Siêu thị A")]))
    other, another = preview(simple([store("Siêu thị A", area=99)]))
    confirm(client, other, another)
    told = confirm(client, address, page).text
    assert "Sổ đã thay đổi" in told and "Nhập 1 dòng" in told
    assert session.query(Establishment).one().area_m2 == 99


def test_downloads(preview, client):
    address, _page = preview(workbook())
    for path in (f"{address}/refused.xlsx", "/establishments/import/template.xlsx"):
        answer = client.get(path)
        assert answer.data[:2] == b"PK" and "attachment" in answer.headers["Content-Disposition"]
    address, _page = preview(simple([store("Siêu thị A")]))
    assert client.get(f"{address}/refused.xlsx").status_code == 404


def test_an_upload_belongs_to_its_person(preview, client, person):
    address, page = preview(simple([store("Siêu thị A")]))
    client.sign_in(person(Role.ADMIN))
    assert client.get(address).status_code == 404
    for path in ("confirm", "columns", "another-sheet"):
        assert client.post(f"{address}/{path}").status_code == 404
    assert "danh-sach.xlsx" not in client.get("/establishments/import").text


def test_who_may_not_import(client, person):
    client.sign_in(person(Role.INSPECTOR))
    assert client.get("/establishments/import").status_code == 403
    assert client.post("/establishments/imports/1/confirm").status_code == 403


def test_the_list_of_imports_when_there_is_none(client, clerk):
    assert "Chưa có danh sách nào được nhập." in client.sign_in(clerk).get("/establishments/import").text
