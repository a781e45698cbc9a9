"""Files: what is read, what is refused, and within which bounds."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from retail.importing import reading
from retail.importing.issues import Unreadable
from retail.importing.reading import letters_of, read
from tests.retail.importing.ugly import encode, saved

TEXT = 'Tên cơ sở,Địa chỉ\nSiêu thị Việt Trì,"Số 5,\nHùng Vương"\nChợ Phú Lộc,Khu 3\n'
ROWS = [["Tên cơ sở", "Địa chỉ"], ["Siêu thị Việt Trì", "Số 5,\nHùng Vương"], ["Chợ Phú Lộc", "Khu 3"]]


def code_of(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(content)
    return caught.value.code


@pytest.mark.parametrize("encoding, told", [
    ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-16-le", "utf-16-le"),
    ("utf-16-be", "utf-16-be"), ("cp1258", "windows-1258")])
def test_text_in_every_encoding_of_the_brief(encoding, told):
    book = read(encode(TEXT, encoding))
    assert (book.encoding, list(book.sheets[0].rows())) == (told, ROWS)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    text = "\n".join(delimiter.join(f'"{cell}"' if "\n" in cell else cell for cell in row) for row in ROWS)
    assert list(read(text.encode()).sheets[0].rows()) == ROWS
    assert list(read(f"sep={delimiter}\n{text}".encode()).sheets[0].rows())[1:] == ROWS


def test_text_in_tcvn3_is_converted():
    text = "Tªn c¬ së;§Þa chØ\nSiªu thÞ ViÖt Tr×;§­êng Hïng V­¬ng\n"
    book = read(text.encode("cp1252", errors="surrogateescape"))
    assert book.encoding == "tcvn3"
    assert list(book.sheets[0].rows())[1] == ["Siêu thị Việt Trì", "Đường Hùng Vương"]


@pytest.mark.parametrize("content, code", [
    (b"", "empty"), (b"\n\n;;\n", "empty"), (b"%PDF-1.7 ...", "pdf"), (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff\xe0", "picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "xls"),
    (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"), (b"PK\x03\x04broken", "damaged"),
    (b"<html><table></table>", "web_page"), (b"<?xml version='1.0'?><Workbook/>", "web_page"), (b"Rar!\x1a", "archive"),
    (b"\xef\xbb\xbfT\xff\xfe", "damaged_text"),
    (("Список магазинов города, рынок\n" * 3).encode("cp1251"), "unknown_encoding"),
    (b"a\x00\x01\x02b,c" * 9, "not_text"),
])
def test_what_is_no_list_is_refused_by_what_it_is(content, code):
    assert code_of(content) == code


@pytest.mark.parametrize("member, code", [
    ("word/document.xml", "word"), ("content.xml", "ods"), ("xl/workbook.bin", "xlsb"), ("readme.txt", "archive")])
def test_archives_of_other_kinds(member, code):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(member, "x")
    assert code_of(out.getvalue()) == code


def workbook(cells: dict[str, object]) -> bytes:
    book = openpyxl.Workbook()
    for place, value in cells.items():
        book.active[place] = value
    return saved(book)


def test_cells_far_apart_are_refused_before_they_fill_the_memory():
    assert code_of(workbook({"A1": "x", "XFD1048576": "y"})) == "too_wide"
    assert code_of(workbook({"A1": "x", "A9": "x", "ZZ9": "y"})) == "too_wide"


def test_formats_without_content_do_not_count():
    book = openpyxl.Workbook()
    book.active["A1"] = "Tên cơ sở"
    book.active[f"{get_column_letter(5_000)}9"].number_format = "0.00"
    assert [row[0] for row in read(saved(book)).sheets[0].rows()][:1] == ["Tên cơ sở"]


def test_too_many_rows_and_unpacked_bytes(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    assert code_of("\n".join("ab,c" for _row in range(4)).encode()) == "too_many_rows"
    monkeypatch.setattr(reading, "MOST_UNPACKED", 100)
    assert code_of(workbook({"A1": "x"})) == "bomb"
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    assert code_of(b"a,b\n" * 10) == "too_large"


def test_a_damaged_workbook_is_refused():
    content = workbook({"A1": "x"})
    assert code_of(content[:len(content) // 2]) == "damaged"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<broken")
    assert code_of(out.getvalue()) == "damaged"


def test_lines_are_counted_as_the_spreadsheet_shows_them_and_errors_are_kept():
    book = openpyxl.Workbook()
    book.active["B3"], book.active["C3"], book.active["D5"] = "Tên cơ sở", "Diện tích", "#REF!"
    sheet = read(saved(book)).sheets[0]
    assert dict(sheet.lines())[3][:2] == ["Tên cơ sở", "Diện tích"]
    assert dict(sheet.lines())[5] == ["", "", "#REF!"]
    assert sheet.left == 1


def test_letters_of_columns():
    assert [letters_of(index) for index in (0, 25, 26, 701)] == ["A", "Z", "AA", "ZZ"]
