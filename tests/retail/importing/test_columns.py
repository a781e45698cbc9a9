"""Headings: every phrase of the table, and sheets as people lay them out."""

from itertools import permutations

import pytest

from retail.importing.columns import corrected, find_layout, layout_of, match
from retail.importing.fields import HEADINGS, PASSED_OVER, Field, phrases
from retail.importing.reading import Sheet


def sheet(*rows, merged=()):
    width = max(map(len, rows))
    return Sheet("", lambda: [[*row, *[""] * (width - len(row))] for row in rows], merged=merged)


def fields_of(layout):
    return {column.heading: column.field or column.why for column in layout.columns}


def test_every_phrase_of_the_table_means_one_thing():
    for field, text in HEADINGS.items():
        assert {match(phrase)[0] for phrase in phrases(text)} == {field}
    for why, text in PASSED_OVER.items():
        assert {match(phrase)[:2] for phrase in phrases(text)} == {(None, why)}


@pytest.mark.parametrize("heading, field", [
    ("Tên siêu thị/ Trung tâm thương mại", Field.NAME), ("TEN CO SO (*)", Field.NAME), ("Store name", Field.NAME),
    ("Doanh nghiệp quản lý siêu thị", Field.ENTERPRISE), ("Mã số thuế/Mã số DN", Field.TAX_CODE),
    ("DIỆN TÍCH\nKINH DOANH (m2)", Field.AREA), ("Dien tich kinh doanh m²", Field.AREA), ("DT (m²)", Field.AREA),
    ("ĐT", Field.PHONE), ("Số điện thoại người đại diện", Field.PHONE), ("Địa chỉ email", Field.EMAIL),
    ("Quận/huyện/thị xã/thành phố", Field.DISTRICT), ("Xã, phường (mới)", Field.COMMUNE),
    ("Ward/Commune", Field.COMMUNE),
    ("Phân hạng siêu thị", Field.CLASS), ("Loại hình (ST, TTTM)", Field.KIND), ("Số lượng mặt hàng (SKU)", Field.ITEMS),
    ("Ngày, tháng, năm khai trương", Field.OPENED), ("Năm đi vào hoạt động", Field.OPENED), ("Vĩ độ", Field.LAT),
    ("Tình trạng hoạt động (đang HĐ/tạm ngừng)", Field.STATUS), ("Loại hình doanh nghiệp", None),
    ("Doanh thu 2025", None),
    ("Người đại diện (họ tên, chức vụ)", None), ("Địa chỉ trụ sở DN", None), ("Mặt hàng kinh doanh", None),
    ("Lý do", None),
])
def test_headings_as_people_write_them(heading, field):
    assert match(heading)[0] == field


def test_headings_are_found_below_titles_and_told_by_their_letters():
    layout = find_layout(sheet(
        ["SỞ CÔNG THƯƠNG"], ["DANH SÁCH SIÊU THỊ"], [""], ["TT", "Tên cơ sở", "Loại hình", "Màu sơn"],
        [1, "Siêu thị A", "Siêu thị", "xanh"]))
    assert (layout.first, layout.last) == (4, 4)
    assert fields_of(layout) == {
        "TT": "row_number", "Tên cơ sở": Field.NAME, "Loại hình": Field.KIND, "Màu sơn": "unknown"}
    assert layout.letter(layout.columns[3]) == "D"
    assert layout.missing == [Field.ENTERPRISE, Field.COMMUNE]


GROUPED = (["TT", "Cơ sở", "Doanh nghiệp", "", "Địa điểm", "", ""],
           ["", "", "Tên", "Điện thoại", "Số nhà, đường", "Xã", "Huyện"], [1, "A", "B", "0912345678", "C", "D", "E"])


@pytest.mark.parametrize("merged", [(), (((0, 2), (0, 3)), ((0, 4), (0, 6)), ((0, 0), (1, 0)), ((0, 1), (1, 1)))])
def test_two_heading_rows_with_and_without_merged_cells(merged):
    layout = find_layout(sheet(*GROUPED, merged=merged))
    assert (layout.first, layout.last) == (1, 2)
    assert [column.field for column in layout.columns] == [
        None, Field.NAME, Field.ENTERPRISE, Field.PHONE, Field.ADDRESS, Field.COMMUNE, Field.DISTRICT]


def test_the_order_of_columns_does_not_matter():
    headings = ("Tên cơ sở", "Loại hình", "Xã, phường", "MST", "Ghi chú")
    found = {tuple(sorted(fields_of(layout_of([order], 1, 0)).items())) for order in permutations(headings)}
    assert len(found) == 1


def test_of_two_columns_for_one_field_the_better_named_is_read():
    layout = find_layout(sheet(["Tên cơ sở", "Xã, phường (cũ)", "Xã, phường (mới)"], ["A", "B", "C"]))
    assert fields_of(layout) == {
        "Tên cơ sở": Field.NAME, "Xã, phường (cũ)": "taken", "Xã, phường (mới)": Field.COMMUNE}


def test_a_column_of_foreign_numbers_is_not_ours_and_ours_is_found_under_any_heading():
    foreign = find_layout(sheet(["Mã số", "Tên cơ sở"], ["1", "A"], ["2", "B"]))
    assert fields_of(foreign)["Mã số"] == "not_ours"
    ours = find_layout(sheet(["Ký hiệu", "Tên cơ sở", "Loại hình"], ["CS-000001", "A", "Chợ"]))
    assert fields_of(ours)["Ký hiệu"] == Field.NUMBER


def test_types_that_are_classes_are_read_as_classes():
    layout = find_layout(sheet(["Tên chợ", "Phân loại", "Xã"], ["Chợ A", "Hạng II", "Xã B"], ["Chợ C", "3", "Xã D"]))
    assert fields_of(layout)["Phân loại"] == Field.CLASS


def test_a_choice_moves_a_field_to_its_column():
    layout = corrected(layout_of([["Tên cơ sở", "Biệt danh"]], 1, 0), {1: Field.NAME})
    assert [column.field for column in layout.columns] == [None, Field.NAME]


def test_a_list_without_headings_has_none():
    assert find_layout(sheet(["Siêu thị A", "Số 5"], ["Siêu thị B", "Số 6"])) is None


@pytest.mark.parametrize("section", [("I", "SIÊU THỊ"), ("A.", "Huyện Lâm Thao"), ("", "TRUNG TÂM THƯƠNG MẠI"),
                                     ("SIÊU THỊ",) * 5])
def test_a_section_below_the_headings_is_not_one_of_them(section):
    found = find_layout(sheet(
        ("STT", "Tên siêu thị", "Thông tin cơ sở", "", "Ghi chú"), ("", "", "Địa chỉ", "DT (m2)", ""), section,
        (1, "Siêu thị A", "Số 1, phường Việt Trì", 1200, "")))
    assert (found.first, found.last) == (1, 2)
