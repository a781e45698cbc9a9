"""The template, the refused lines, and the register's own export: all of them can be imported."""

import io

import pytest
from flask_babel import force_locale
from python_calamine import CalamineWorkbook

from foundation import storage
from retail.importing import uploads
from retail.importing.entries import Options
from retail.importing.fields import Field
from retail.importing.planning import Outcome
from retail.importing.previews import Preview
from retail.importing.sheets import TEMPLATE, write_refused, write_template
from tests.conftest import AT
from tests.retail.importing.conftest import register, rows_of
from tests.retail.importing.ugly import FIRST_LINE, simple, store, workbook


def cells(content, sheet=0):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(sheet).to_python(skip_empty_area=False)


def refused(started):
    _book, sheet, layout = uploads.open_sheet(started)
    return write_refused(sheet, layout, uploads.options_of(started.mapping), Preview(storage.get(started.plan_sha256)))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_template_is_understood_and_its_example_passed_over(app, upload, language):
    with app.test_request_context(), force_locale(language):
        content = write_template(["Phường Việt Trì", "Xã Hy Cương"])
    started, rows = upload(content)
    assert [one["field"] for one in started.mapping["columns"]] == [field.value for field, _width in TEMPLATE]
    assert [(row.outcome, row.issues[0].code) for row in rows.values()] == [(Outcome.SKIPPED, "line_example")]


def test_refused_lines_say_why_and_are_refused_for_the_same_reasons_again(upload):
    started, rows = upload(workbook())
    wrong = [row for row in rows.values() if row.outcome == Outcome.REFUSED]
    table = cells(refused(started))
    assert table[0][-1] == "Lý do" and len(table) == len(wrong) + 1
    assert "31/02/2026 không có trong lịch" in next(row[-1] for row in table if "Cửa hàng Bốn" in row)
    again, told = upload(refused(started))
    kept = ("repeated", "similar_line")
    assert [(row.name, {issue.code for issue in row.issues} - set(kept)) for row in told.values()] == [
        (row.name, {issue.code for issue in row.issues} - set(kept)) for row in wrong]
    before = {one["field"] for one in started.mapping["columns"]}
    assert {one["field"] for one in again.mapping["columns"]} == before


def test_a_corrected_file_of_refused_lines_is_imported(take, upload, session):
    take(workbook())
    started, _rows = upload(workbook())
    headings, *lines = cells(refused(started))
    area, name = headings.index("Quy mô – Diện tích KD (m2)"), headings.index("Tên cơ sở")
    for line in lines:
        if line[name] == "Cửa hàng tiện lợi Một":
            line[area] = "500"
    rows = upload(simple(lines, headings))[1]
    assert [row.name for row in rows.values() if row.outcome == Outcome.NEW] == ["Cửa hàng tiện lợi Một"]


def test_what_stood_in_headings_above_and_in_choices_is_written_into_refused_lines(upload, session, clerk):
    content = simple([["HUYỆN LÂM THAO", "", "", ""], ["CHỢ", "", "", ""], ["Chợ A", "Xã Tứ Xã", "~5", ""]],
                     ("Tên cơ sở", "Xã", "Diện tích", "Màu"))
    started, _rows = upload(content)
    columns = {one["index"]: Field(one["field"]) if one["field"] else None for one in started.mapping["columns"]}
    uploads.change_mapping(started, sheet=started.sheet, first=1, last=1, columns=columns,
                           options=Options(own_enterprise=True), by=clerk, at=AT)
    headings, line = cells(refused(started))
    told = dict(zip(headings, line, strict=True))
    assert (told["Loại hình"], told["Doanh nghiệp"], told["Huyện cũ"]) == ("CHỢ", "Chợ A", "HUYỆN LÂM THAO")
    _again, rows = upload(refused(started))
    assert [issue.code for issue in rows[2].issues] == ["vague_number"]


def test_columns_chosen_by_hand_stay_so_in_the_refused_lines(upload, session, clerk):
    started, _rows = upload(simple([["Siêu thị A", "Siêu thị", "Phường Xyz", "Công ty A", "9"]],
                                   ("Tên cơ sở", "Loại hình", "Nơi chốn", "Của ai", "Diện tích")))
    columns = {0: Field.NAME, 1: Field.KIND, 2: Field.COMMUNE, 3: Field.ENTERPRISE, 4: None}
    uploads.change_mapping(started, sheet=started.sheet, first=1, last=1, columns=columns, options=Options(), by=clerk,
                           at=AT)
    again, rows = upload(refused(started))
    assert [one["field"] for one in again.mapping["columns"]] == ["name", "kind", "commune", "enterprise", "", "", ""]
    assert [issue.code for issue in rows_of(again)[2].issues] == ["commune_unknown"] == [
        issue.code for issue in rows[2].issues]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_registers_own_export_changes_nothing(take, upload, client, clerk, session, ending, language):
    take(workbook())
    before = register(session)
    content = client.sign_in(clerk).get(f"/establishments/export.{ending}?lang={language}").data
    _started, rows = upload(content, f"co-so.{ending}")
    assert {row.outcome for row in rows.values()} == {Outcome.UNCHANGED}
    assert len(rows) == len(before)


def test_lines_keep_their_numbers(upload):
    _started, rows = upload(workbook())
    assert rows[FIRST_LINE].name == store("Siêu thị Minh Hoạ 01")[0]
