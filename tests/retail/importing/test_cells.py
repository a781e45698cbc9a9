"""One cell at a time: what is accepted, what is accepted with a note, what is refused."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from flask_babel import force_locale
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.i18n import label
from retail.importing.cells import is_empty, text_of
from retail.importing.codes import checks, read_number, read_tax
from retail.importing.contacts import read_email, read_phone, read_position
from retail.importing.days import read_day
from retail.importing.figures import read_area, read_items
from retail.importing.kinds import read_class, read_kind, read_status
from retail.importing.legacy import from_tcvn3, is_tcvn3, is_vni
from retail.labels import CLASSES
from retail.rules import Kind, Status

TODAY = date(2026, 11, 24)
DAY = date(2020, 12, 31)


def told(read):
    """(value, code of the note or of the problem)"""
    return read.value, (read.problem or read.note).code if read.problem or read.note else ""


@pytest.mark.parametrize("cell, expected", [
    ("31/12/2020", (DAY, "")), ("31.12.2020", (DAY, "")), ("31-12-2020", (DAY, "")), ("2020-12-31", (DAY, "")),
    ("ngày 31 tháng 12 năm 2020", (DAY, "")), ("2020-12-31 00:00:00", (DAY, "")),
    (datetime.fromisoformat("2020-12-31 08:00"), (DAY, "")),
    (DAY, (DAY, "")), ("31/12/20", (DAY, "short_year")), ("12/2020", (date(2020, 12, 1), "first_of_month")),
    ("Tháng 12/2020", (date(2020, 12, 1), "first_of_month")), ("T12/2020", (date(2020, 12, 1), "first_of_month")),
    ("2019", (date(2019, 1, 1), "first_of_year")), (2019.0, (date(2019, 1, 1), "first_of_year")),
    (44196.0, (DAY, "serial")), (20201231.0, (DAY, "read_as_day")), ("31/02/2026", (None, "no_such_day")),
    ("29/02/2023", (None, "no_such_day")), ("12/31/2020", (None, "month_first")), ("quý IV/2019", (None, "not_a_day")),
    ("cuối năm 2019", (None, "not_a_day")), ("15/8", (None, "not_a_day")), ("01/01/2030", (None, "future")),
    (True, (None, "not_a_day")), (1.0, (None, "not_a_day")), ("-", (None, "")), ("", (None, "")),
    ("chưa rõ", (None, "")),
    ("#REF!", (None, "not_a_day")),
])
def test_days(cell, expected):
    assert told(read_day(cell, TODAY)) == expected


@pytest.mark.parametrize("cell, expected", [
    (1250.0, (1250, "")), ("1.250", (1250, "")), ("1 250 m2", (1250, "")), ("1.250 m²", (1250, "")), ("12m2", (12, "")),
    ("1,250", (1250, "read_as")), ("1,250.5", (1251, "rounded")), ("1.250,5", (1251, "rounded")),
    ("0,5 ha", (5000, "converted")), ("~500", (None, "vague_number")), ("khoảng 500", (None, "vague_number")),
    ("500-700", (None, "vague_number")), ("> 500", (None, "vague_number")), ("hai nghìn", (None, "not_a_number")),
    (1.25, (None, "small_fraction")), (0.0, (None, "out_of_bounds")), ("-5", (None, "out_of_bounds")),
    ("12 50", (None, "not_a_number")), ("#REF!", (None, "not_a_number")), ("không có", (None, "")),
])
def test_areas(cell, expected):
    assert told(read_area(cell)) == expected


@given(st.integers(1, 2_000_000))
@settings(max_examples=50)
def test_an_area_is_the_same_however_it_is_written(figure):
    dotted = f"{figure:,}".replace(",", ".")
    ways = [figure, float(figure), str(figure), dotted, f"{dotted} m2", dotted.replace(".", " "), f"{figure:,}"]
    assert {read_area(way).value for way in ways} == {figure}


@pytest.mark.parametrize("cell, expected", [
    ("20.000 mặt hàng", (20000, "")), ("4000 SKU", (4000, "")), (0.0, (0, "")), (12.5, (None, "small_fraction")),
    ("hơn 4000", (None, "vague_number"))])
def test_items(cell, expected):
    assert told(read_items(cell)) == expected


@pytest.mark.parametrize("cell, expected", [
    ("0104918404", ("0104918404", "")), (2600123456.0, ("2600123456", "")), ("2600 123 456", ("2600123456", "")),
    ("2600123456-001", ("2600123456-001", "")), ("2600123456001", ("2600123456-001", "")),
    ("MST: 2600123456", ("2600123456", "")), ("'0104918404", ("0104918404", "")), ('="0104918404"', ("0104918404", "")),
    (104918404.0, ("0104918404", "zero_put_back")), (104918404001.0, ("0104918404-001", "zero_put_back")),
    ("260012345", (None, "tax_zero")), ("12345", (None, "tax_code")), ("chưa có", (None, "")),
    ("abc", (None, "tax_code")),
])
def test_tax_codes(cell, expected):
    assert told(read_tax(cell)) == expected


def test_the_check_digit_of_a_tax_code():
    assert checks("0104918404")
    assert not checks("0104918405")


@pytest.mark.parametrize("cell, expected", [
    ("0912345678", ("0912345678", "")), ("(0210) 3845678", ("(0210) 3845678", "")),
    ("0210 3.845.678", ("0210 3.845.678", "")),
    (912345678.0, ("0912345678", "phone_zero")), (2103845678.0, ("02103845678", "phone_zero")),
    ("1900 1234", ("1900 1234", "")),
    ("0912345678; 0987654321", ("0912345678", "phone_only")), ("0912.345.678 (Mr Nam)", ("0912.345.678", "phone_only")),
    ("12345", (None, "phone")), ("Nam", (None, "phone"))])
def test_phones(cell, expected):
    assert told(read_phone(cell)) == expected


def test_email_addresses():
    assert told(read_email(" Ten@Donvi.VN ")) == ("ten@donvi.vn", "")
    assert told(read_email("ten@")) == (None, "email")


@pytest.mark.parametrize("cells, expected", [
    (("", "", "21.3227, 105.4019"), ((Decimal("21.3227"), Decimal("105.4019")), "")),
    (("21,3227", "105,4019", ""), ((Decimal("21.3227"), Decimal("105.4019")), "")),
    (("", "", "21°19'21\"N 105°24'06\"E"), ((Decimal("21.322500"), Decimal("105.401667")), "")),
    ((21.3, "", ""), (None, "half_position")), (("", "", "105.4, 21.3"), (None, "position_swapped")),
    (("", "", "10.7, 106.6"), (None, "position_outside")), (("", "", "abc"), (None, "position"))])
def test_positions(cells, expected):
    assert told(read_position(*cells)) == expected


@pytest.mark.parametrize("cell, expected", [
    ("Siêu thị", (Kind.SUPERMARKET, None)), ("ST tổng hợp", (Kind.SUPERMARKET, None)),
    ("TTTM", (Kind.TRADE_CENTRE, None)),
    ("SIÊU THỊ  MINI", (Kind.MINI, None)), ("siêu thị hạng 3", (Kind.SUPERMARKET, 3)),
    ("CHTL", (Kind.CONVENIENCE, None)),
    ("Cửa hàng tiện ích", (Kind.CONVENIENCE, None)), ("Chợ (hạng II)", (Kind.MARKET, 2)),
    ("Tạp hóa", (Kind.OTHER, None)),
    ("Siêu thị điện máy", (Kind.SPECIALISED, None)), ("Winmart+", None), ("", None)])
def test_kinds(cell, expected):
    assert read_kind(cell).value == expected


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_words_of_the_register_are_understood(app, language):
    with app.test_request_context(), force_locale(language):
        assert {kind: read_kind(label(kind)).value for kind in Kind} == {kind: (kind, None) for kind in Kind}
        assert {one: read_status(label(one)).value for one in Status} == {one: (one, "") for one in Status}
        assert {rank: read_class(str(word)).value for rank, word in CLASSES.items()} == {1: 1, 2: 2, 3: 3}


@pytest.mark.parametrize("cell, expected", [
    ("Hạng II", (2, "")), (2.0, (2, "")), ("loại 3", (3, "")), ("hạng nhất", (1, "")), ("Chưa xếp hạng", (None, "")),
    ("IV", (None, "class_unknown"))])
def test_classes(cell, expected):
    assert told(read_class(cell)) == expected


@pytest.mark.parametrize("cell, expected", [
    ("Đang hoạt động", (Status.OPERATING, "")), ("Tạm ngừng hoạt động", (Status.PAUSED, "")),
    ("Giải thể", (Status.CLOSED, "")),
    ("Đã đóng cửa từ 01/06/2024", (Status.CLOSED, "01/06/2024")), ("Ngừng HĐ (T6/2024)", (Status.CLOSED, "6/2024")),
    ("sắp khai trương", None)])
def test_statuses(cell, expected):
    assert read_status(cell).value == expected


def test_our_own_numbers_have_their_letters():
    assert read_number("cs 123").value == "CS-000123"
    assert told(read_number(123.0)) == (None, "number_form")


def test_nothing_has_many_words():
    assert all(map(is_empty, ("", "-", " N/A ", "Không có", "…", "\u00a0")))
    assert text_of("“Siêu thị\u00a0 A”") == "Siêu thị A"
    assert text_of('Siêu thị "Hoa Sen"') == 'Siêu thị "Hoa Sen"'


def test_old_fonts_are_recognised():
    assert is_tcvn3("Siªu thÞ ViÖt Tr×")
    assert from_tcvn3("§­êng Hïng V­¬ng") == "Đường Hùng Vương"
    assert is_vni("Phuù Thoï") and is_vni("ñöôøng")
    for plain in ("Siêu thị", "Hoà Bình", "Café", "Phú", "Công ty", "Noël", "cây hoè"):
        assert not is_tcvn3(plain) and not is_vni(plain)


CELLS = st.one_of(st.text(max_size=30), st.floats(allow_nan=True), st.booleans(), st.dates(), st.datetimes(),
                  st.times(), st.text("0123456789.,-/ mMtTđĐaạ²~'\"=#°", max_size=20))
READERS = (lambda cell: read_day(cell, TODAY), read_area, read_items, read_tax, read_number, read_phone, read_email,
           read_kind, read_class, read_status, lambda cell: read_position(cell, cell, ""),
           lambda cell: read_position("", "", cell))


@given(CELLS)
@settings(max_examples=300)
def test_any_cell_is_understood_refused_or_nothing_but_never_a_crash(cell):
    for reader in READERS:
        read = reader(cell)
        assert read.value is None or read.problem is None
        assert not is_empty(cell) or read.value is None
