"""A list as departments really keep them, with what must become of every line."""

import csv
import io
import unicodedata
from datetime import date

import openpyxl
from openpyxl.styles import Font

NEW, CHANGED, SAME, REFUSED, SKIPPED = "new", "changed", "unchanged", "refused", "skipped"

TITLES = ("UBND TỈNH PHÚ THỌ", "SỞ CÔNG THƯƠNG", None, "DANH SÁCH CƠ SỞ BÁN LẺ TRÊN ĐỊA BÀN TỈNH",
          "(Kèm theo Công văn số 123/SCT-QLTM ngày 15/10/2026)", None)
GROUPS = ("TT", "Tên cơ sở", "Loại hình", "Doanh nghiệp", "", "Địa điểm", "", "", "Quy mô", "", "Ngày khai trương",
          "Tình trạng", "Người đại diện", "Điện\nthoại", "Ghi chú")
HEADINGS = ("", "", "(ST, TTTM, CHTL...)", "Tên doanh nghiệp", "MST", "Số nhà, đường", "Xã/phường", "Huyện/TP/TX",
            "Diện tích KD\n(m2)", "Số mặt hàng", "", "", "(họ tên, chức vụ)", "", "")
NUMBERS = tuple(f"({number})" for number in range(1, 16))
FIRST_LINE = len(TITLES) + 4


def store(name, kind="Siêu thị", company="Công ty TNHH Minh Hoạ", code="2600123456", street="Số 5, đường Hùng Vương",
          commune="Phường Gia Cẩm", district="TP Việt Trì", area=1500, items=5000, opened="31/12/2020",
          status="Đang hoạt động", person="Nguyễn Văn A", phone="0210.3846.789", note=""):
    return [name, kind, company, code, street, commune, district, area, items, opened, status, person, phone, note]


# (row without its TT, or a special row; outcome; codes of the reasons or notes that must be there)
STORIES = [
    (store("Siêu thị Minh Hoạ 01"), NEW, {"renamed"}),
    (store("  Siêu  thị\u00a0Minh Hoạ 02 ", kind="ST tổng hợp", area="1.250", street="Số 6"), NEW, {"renamed"}),
    (store("TTTM Minh Hoạ", kind="TTTM", area="1,250.5", street="Số 7"), NEW, {"rounded"}),
    (store("Siêu thị Hạng ba", kind="siêu thị hạng 3", area="1 250 m2", street="Số 8"), NEW, set()),
    (store("Cửa hàng tiện lợi Một", kind="CHTL", area="~500", street="Số 9"), REFUSED, {"vague_number"}),
    (store("Cửa hàng tiện lợi Hai", kind="Winmart+", street="Số 10"), REFUSED, {"kind_unknown"}),
    (store("Cửa hàng Ba", kind="Cửa hàng tiện ích", opened="12/2019", street="Số 11"), NEW, {"first_of_month"}),
    (store("Cửa hàng Bốn", kind="Cửa hàng tiện lợi", opened="31/02/2026", street="Số 12"), REFUSED, {"no_such_day"}),
    (store("Cửa hàng Năm", kind="Cửa hàng tiện lợi", opened=2019, street="Số 13"), NEW, {"first_of_year"}),
    (store("Cửa hàng Sáu", kind="Cửa hàng tiện lợi", opened=date(2020, 5, 1), street="Số 14"), NEW, set()),
    (store("Cửa hàng Bảy", kind="Cửa hàng tiện lợi", opened=43831, street="Số 15"), NEW, {"serial"}),
    (store("Cửa hàng Tám", kind="Cửa hàng tiện lợi", opened="15/08/2030", street="Số 16"), REFUSED, {"future"}),
    (store("Cửa hàng Chín", kind="Cửa hàng tiện lợi", code=104918404, company="Công ty Một", street="Số 17"), NEW,
     {"zero_put_back"}),
    (store("Cửa hàng Mười", kind="Cửa hàng tiện lợi", code=260012345, company="Công ty Hai", street="Số 18"), REFUSED,
     {"tax_zero"}),
    (store("Cửa hàng Chi nhánh", kind="Cửa hàng tiện lợi", code="2600123456-001", street="Số 19"), NEW, {"branch_of"}),
    (store("Cửa hàng Xa", kind="Cửa hàng tiện lợi", commune="Xã Không Có", district="", street="Số 20"), REFUSED,
     {"commune_unknown"}),
    (store("Cửa hàng Gần đúng", kind="Cửa hàng tiện lợi", commune="Gia Câm", district="", street="Số 21"), NEW,
     {"spelled"}),
    (store("Cửa hàng Hai nơi", kind="Cửa hàng tiện lợi", commune="Phường Hùng Vương", district="", street="Số 22"),
     REFUSED,
     {"ambiguous"}),
    (store("Cửa hàng Một nơi", kind="Cửa hàng tiện lợi", commune="P. Hùng Vương", district="TX Phú Thọ",
      street="Số 23"),
     NEW, {"renamed"}),
    (store("Cửa hàng Sai huyện", kind="Cửa hàng tiện lợi", commune="Phường Gia Cẩm", district="Huyện Lâm Thao",
           street="Số 24"), REFUSED, {"not_in_district"}),
    (store("Cửa hàng Chỉ huyện", kind="Cửa hàng tiện lợi", commune="", district="TP Việt Trì", street="Số 25"), REFUSED,
     {"district_only"}),
    (store("Cửa hàng Địa chỉ", kind="Cửa hàng tiện lợi", commune="", district="",
           street="Số 26 Trần Phú, phường Gia Cẩm, TP Việt Trì, Phú Thọ"), NEW, {"renamed"}),
    (store("SIÊU THỊ MINH HOẠ 01", street="số 5 Hùng Vương"), REFUSED, {"repeated"}),
    (store("Siêu thị Minh Hoạ 01", street="Số 99, đường Trần Phú"), NEW, {"similar_line"}),
    (store("", kind="Siêu thị", street="Số 27"), REFUSED, {"name_missing"}),
    (store("Siêu thị Không loại", kind="-", street="Số 28"), REFUSED, {"kind_missing"}),
    (store("Chợ Không chủ", kind="Chợ hạng 2", company="không có", code="N/A", street="Số 29"), REFUSED,
     {"enterprise_missing"}),
    (store("Siêu thị Đóng", status="Đã đóng cửa từ 01/06/2024", street="Số 30"), NEW, set()),
    (store("Siêu thị Tạm ngừng", status="Tạm ngừng", street="Số 31"), NEW, {"status_from_today"}),
    (store("Siêu thị Lạ", status="sắp khai trương", street="Số 32"), REFUSED, {"status_unknown"}),
    (store("Siêu thị Nhiều lỗi", kind="xyz", area="khoảng 500", opened="quý IV/2019", phone="12", street="Số 33"),
     REFUSED,
     {"kind_unknown", "vague_number", "not_a_day", "phone"}),
    (store("Siêu thị Lỗi ô", area="#REF!", street="Số 34"), REFUSED, {"not_a_number"}),
    (store("Siêu thị Dấu chấm", area=1.25, street="Số 35"), REFUSED, {"small_fraction"}),
    (store("Siêu thị Số không", area=0, street="Số 36"), REFUSED, {"out_of_bounds"}),
    (store("Siªu thÞ Ch÷ cò", street="Số 37"), REFUSED, {"tcvn3"}),
    (store("Siêu thị Mới", commune="Phường Việt Trì", district="", street="Số 38", phone=912345678), NEW,
     {"phone_zero"}),
    (store("Siêu thị Không ngày", opened="chưa rõ", street="Số 39"), NEW, {"opened_unknown"}),
    (["Cộng thành phố Việt Trì", "", "", "", "", "", "", 45000, "", "", "", "", "", ""], SKIPPED, {"line_total"}),
    (["Huyện Lâm Thao", "", "", "", "", "", "", "", "", "", "", "", "", ""], SKIPPED, {"line_section"}),
    (store("Siêu thị Theo mục", commune="Thị trấn Lâm Thao", district="", street="Khu 3"), NEW, {"section", "renamed"}),
    (["CHỢ", "", "", "", "", "", "", "", "", "", "", "", "", ""], SKIPPED, {"line_section"}),
    (store("Chợ Theo mục", kind="", commune="Xã Tứ Xã", district="", street="Khu 4"), NEW, {"section", "renamed"}),
    (list(GROUPS[1:3]) + list(HEADINGS[3:8]) + ["Diện tích KD\n(m2)", "Số mặt hàng", *GROUPS[10:]], SKIPPED,
     {"line_headings"}),
    (store("Chợ Sau tiêu đề", kind="Chợ", commune="Xã Tứ Xã", district="Lâm Thao", street="Khu 5"), NEW, {"renamed"}),
]
TAIL = (["Tổng cộng: 45 cơ sở"], ["Ghi chú: Số liệu đến 30/9/2026"], [None, "Phú Thọ, ngày 15 tháng 10 năm 2026"],
        ["Người lập biểu", None, None, None, "KT. GIÁM ĐỐC"], ["(Ký, ghi rõ họ tên)"], [None, "Trần Thị B"])


def workbook() -> bytes:
    """The list as .xlsx: title rows, merged two-row headings, column numbers, totals, sections, signatures."""
    book = openpyxl.Workbook()
    book.active.title = "Bìa"
    book.active["A1"] = "Danh sách"
    page = book.create_sheet("Tổng hợp")
    for title in TITLES:
        page.append([title])
    page.merge_cells("A4:O4")
    for row in (GROUPS, HEADINGS, NUMBERS):
        page.append([cell or None for cell in row])
    first = len(TITLES) + 1
    for span in ("D:E", "F:H", "I:J"):
        left, right = span.split(":")
        page.merge_cells(f"{left}{first}:{right}{first}")
    for column in "ABKLNO":
        page.merge_cells(f"{column}{first}:{column}{first + 1}")
    for number, (row, outcome, _codes) in enumerate(STORIES, start=1):
        page.append([number if outcome != SKIPPED else None, *(cell if cell != "" else None for cell in row)])
    for row in TAIL:
        page.append(row)
    for cell in page[first]:
        cell.font = Font(bold=True)
    return saved(book)


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


PLAIN = ("Tên cơ sở", "Loại hình", "Doanh nghiệp", "MST", "Địa chỉ", "Xã, phường", "Huyện", "Diện tích", "Số mặt hàng",
         "Ngày khai trương", "Tình trạng", "Người đại diện", "Điện thoại", "Ghi chú")


def simple(rows, headings=PLAIN) -> bytes:
    """A plain list: headings in the first line."""
    book = openpyxl.Workbook()
    book.active.append(list(headings))
    for row in rows:
        book.active.append([cell if cell != "" else None for cell in row])
    return saved(book)


def text_file(rows, encoding="utf-8-sig", delimiter=",") -> bytes:
    """A list as text, with quoted line breaks where a cell has them."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(PLAIN)
    for row in rows:
        writer.writerow([cell.strftime("%d/%m/%Y") if isinstance(cell, date) else cell for cell in row])
    return encode(out.getvalue(), encoding)


def encode(text: str, encoding: str) -> bytes:
    """Windows-1258 writes tones as marks of their own behind the letter."""
    if encoding != "cp1258":
        return text.encode(encoding)
    tones = "\u0300\u0301\u0303\u0309\u0323"
    letters = []
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        letters.append(base + "".join(part for part in parts if part in tones))
    return "".join(letters).encode("cp1258")
