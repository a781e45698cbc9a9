"""The exported form: accepted by pyxform and ODK Validate, bilingual, bounded, readable as a workbook."""

import io
import re
import shutil
from dataclasses import replace

import openpyxl
import pytest
from pyxform.xls2xform import convert

from accounts.permissions import Role
from retail.rules import Kind
from surveys.actions import copy_criteria_set, load_default_criteria
from surveys.odk.book import write_form
from surveys.odk.names import Clash, clashes, form_id
from surveys.odk.rows import PIXELS
from surveys.odk.words import Words
from surveys.odk.xlsform import build
from tests.conftest import AT
from tests.surveys.odk.filling import convert_form, fill, values_of
from tests.surveys.odk.test_expressions import CONTENT, NAMES, default_form
from tests.surveys.odk.xpath import Form

WITH_JAVA = shutil.which("java")


@pytest.fixture(scope="module")
def form():
    return build(CONTENT, NAMES)


def cells(form, column):
    """The cells of a column of the survey sheet by the name of their row."""
    return {row["name"]: row[column] for row in form.survey if column in row}


@pytest.mark.skipif(not WITH_JAVA, reason="ODK Validate needs Java")
def test_odk_validate_accepts_it(form):
    warnings = []
    converted = convert(write_form(form), warnings=warnings, validate=True, file_type=".xlsx")
    assert (warnings, converted.warnings) == ([], [])


def test_pyxform_warns_of_nothing():
    for with_register in (False, True):
        assert convert_form(CONTENT, NAMES, with_register=with_register).warnings == []


def test_every_text_stands_in_both_languages(form):
    for row in [*form.survey, *form.choices]:
        for text in (cell for cell in row.values() if isinstance(cell, Words)):
            assert all(text), row
            assert set(re.findall(r"\$\{\w+\}", text.vi)) == set(re.findall(r"\$\{\w+\}", text.en)), row


def test_names_stand_once_whatever_the_capitals(form):
    names = [row["name"].lower() for row in form.survey if "name" in row]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) for name in names)


def test_names_and_values_stay_what_they_are(form):
    """Submissions of years compare by these: a name that is out in the field is never another question's."""
    kinds = {row["name"]: row["type"] for row in form.survey if "name" in row}
    assert [kinds[name] for name in (
        "establishment", "yes_A1", "step_A4", "part_A6", "whole_A6", "yes_B2", "na_reason_B2", "number_B9", "na_D2",
        "photo_B1", "file_A1", "paper_A1", "lines", "category", "class", "opening", "line_photo", "bags",
        "reading_5_um", "evidence", "evidence_about", "team_signature", "points_A4", "score_A", "total", "level",
    )] == [
        "text", "select_one yes_no", "select_one steps_A4", "decimal", "decimal", "select_one yes_no_na", "text",
        "integer", "select_multiple not_applicable", "image", "file", "image", "begin_repeat", "select_one categories",
        "select_one classes", "decimal", "image", "begin_repeat", "decimal", "begin_repeat", "select_one subjects",
        "image", "calculate", "calculate", "calculate", "calculate"]
    assert (form.settings["form_id"], form.settings["version"]) == ("pt-ppbv", "1.0")
    assert form.settings["default_language"] == "Tiếng Việt (vi)"


def test_each_bound_and_each_need_says_so(form):
    for row in form.survey:
        assert ("constraint" in row) == ("constraint_message" in row), row
        assert "required_message" not in row or "required" in row, row
    assert cells(form, "parameters")["photo_B1"] == PIXELS
    assert cells(form, "appearance")["team_signature"] == "signature"


def broken(document=None, **changed):
    """Names of the fields a form will not accept."""
    values = values_of(document or {}, CONTENT, kind=Kind.SUPERMARKET.value) | changed
    return Form(default_form(), fill(default_form(), values)).broken()


@pytest.mark.parametrize(("changed", "fields"), [
    ({"part_A6": "61", "whole_A6": "60"}, {"part_A6", "whole_A6"}), ({"part_A6": "60", "whole_A6": "60"}, set()),
    ({"part_A6": "-1", "whole_A6": "0"}, {"part_A6", "whole_A6"}), ({"number_B9": "-1"}, {"number_B9"}),
    ({"establishment": "000123"}, {"establishment"}), ({"establishment": "CS-000123"}, set()),
    ({"tally_plastic": "40", "tally_eco": "30", "tally_own": "20", "tally_none": "11"}, {"tally_none"}),
    ({"tally_plastic": "40", "tally_eco": "30", "tally_own": "20", "tally_none": "10"}, set()),
    ({"receipts": "0", "floor_area_m2": "0"}, {"receipts", "floor_area_m2"}), ({"note_A1": "x" * 2001}, {"note_A1"}),
])
def test_what_the_form_refuses(changed, fields):
    assert broken(**changed) == fields


@pytest.mark.parametrize(("first", "last", "fields"), [
    ("2026-07-01", "2026-09-30", set()), ("2026-07-01", "2027-06-30", set()), ("2027-03-01", "2028-02-29", set()),
    ("2026-11-01", "2027-01-31", set()), ("2026-12-01", "2027-02-28", set()), ("2026-01-01", "2026-12-31", set()),
    ("2026-07-01", "2026-06-30", {"period_to"}), ("2026-07-01", "2026-09-29", {"period_to"}),
    ("2026-07-01", "2026-10-31", {"period_to"}), ("2026-07-02", "2026-10-01", {"period_from", "period_to"})])
def test_a_period_is_3_or_12_whole_months(first, last, fields):
    document = {"period_from": first, "period_to": last, "lines": [{"category": "P01", "class": "N"}]}
    values = values_of(document, CONTENT, kind=Kind.SUPERMARKET.value)
    filled = Form(default_form(), fill(default_form(), values))
    filled.calculate()
    assert filled.broken() == fields


def test_stock_left_and_returned_is_no_more_than_there_was():
    line = {"category": "P01", "class": "N", "opening": "5", "purchased": "10", "closing": "15", "returned": "0"}
    assert broken({"lines": [line]}) == set()
    assert broken({"lines": [{**line, "closing": "16"}]}) == {"closing", "returned"}
    assert broken({"lines": [{**line, "closing": "10", "returned": "6"}]}) == {"returned"}


def test_what_the_form_asks_for():
    line = {"category": "P01", "class": "E4", "has_statement": True}
    document = {"answers": {"A1": {"yes": True}, "B2": {"na": True}, "D2": {"na": True, "na_reason": "Không có tủ"},
                            "B9": {"number": 0}}, "lines": [line, {**line, "class": "N"}]}
    values = values_of(document, CONTENT, kind=Kind.SUPERMARKET.value)
    filled = Form(default_form(), fill(default_form(), values))
    filled.calculate()
    lacking = filled.lacking()
    assert {"paper_A1", "yes_A2", "part_A6", "na_reason_B2", "line_photo", "period_to", "team_signature"} <= lacking
    assert not {"yes_A1", "part_D2", "photo_D2", "photo_B9", "photo_B2", "na_D2", "na_reason_D2", "step_T1", "part_T1",
                "line_twice", "tally_own", "reading_1_um", "proof_number", "note_A1", "place"} & lacking
    document["lines"].append({**line})
    filled = Form(default_form(), fill(default_form(), values_of(document, CONTENT, kind=Kind.TRADE_CENTRE.value)))
    filled.calculate()
    assert {"line_twice", "part_T1"} <= filled.lacking()
    assert "part_C1" not in filled.lacking()


def test_a_set_that_no_form_can_carry():
    group, other, *groups = CONTENT.groups
    one, *criteria = group.criteria
    spoilt = replace(CONTENT, code="'\"", name_vi="Giá ${x}", groups=(
        replace(group, code="b", criteria=(replace(one, code="A-1"), *criteria)), other, *groups),
        categories=(replace(CONTENT.categories[0], code="P 1"), *CONTENT.categories[1:]))
    assert set(clashes(spoilt)) == {(Clash.CODE, "A-1"), (Clash.TWICE, "b"), (Clash.TWICE, "B"), (Clash.SPACE, "P 1"),
                                    (Clash.NAME, "'\""), (Clash.TEXT, "'\"")}
    assert list(clashes(CONTENT)) == []
    assert form_id("BỘ tiêu chí 2.") == "bo-tieu-chi-2"


def test_the_workbook_reads_well():
    book = openpyxl.load_workbook(io.BytesIO(write_form(build(CONTENT, NAMES))))
    assert book.sheetnames == ["survey", "choices", "settings"]
    survey = book["survey"]
    headings = [cell.value for cell in survey[1]]
    assert headings[:4] == ["type", "name", "label::Tiếng Việt (vi)", "label::English (en)"]
    assert survey.freeze_panes == "C2"
    assert survey["A1"].font.b and survey["A1"].fill.fgColor.rgb == "FF0F6B46"
    widths = {heading: survey.column_dimensions[cell.column_letter].width
              for heading, cell in zip(headings, survey[1], strict=True)}
    assert widths["label::Tiếng Việt (vi)"] >= 45 and widths["calculation"] >= 45
    first_group = next(row for row in survey.iter_rows(min_row=2) if row[0].value == "begin_group")
    assert first_group[0].fill.fgColor.rgb == "FFDDEFE6"
    assert all(cell.alignment.wrap_text for cell in first_group)


@pytest.fixture
def published(session):
    """The default set."""
    made = load_default_criteria(by=None, at=AT)
    session.commit()
    return made


def test_the_page_of_a_set_offers_it(client, session, published, person):
    client.sign_in(person(Role.VIEWER))
    assert client.get(f"/criteria/{published.id}/xlsform.xlsx").status_code == 403
    client.sign_in(person(Role.INSPECTOR))
    assert f"/criteria/{published.id}/xlsform.xlsx" in client.get(f"/criteria/{published.id}").text
    answer = client.get(f"/criteria/{published.id}/xlsform.xlsx")
    assert answer.headers["Content-Disposition"] == "attachment; filename=pt-ppbv-1.0.xlsx"
    rows = openpyxl.load_workbook(io.BytesIO(answer.data))["choices"].iter_rows(values_only=True)
    assert ("kinds", "trung_tam_thuong_mai", "Trung tâm thương mại", "Trade centre") in {row[:4] for row in rows}
    assert client.get("/criteria/99999/xlsform.xlsx").status_code == 404


def test_a_draft_has_no_form_yet(client, session, published, person):
    admin = person(Role.ADMIN)
    draft = copy_criteria_set(published, version="1.1", by=admin, at=AT)
    session.commit()
    client.sign_in(admin)
    assert "xlsform" not in client.get(f"/criteria/{draft.id}").text
    answer = client.get(f"/criteria/{draft.id}/xlsform.xlsx")
    assert answer.status_code == 409 and "bản nháp" in answer.text


def test_the_command(app, session, published, establishment, tmp_path, monkeypatch):
    shop = establishment("Siêu thị “Lá, Cành”")
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        return app.test_cli_runner().invoke(args=["surveys", "export-xlsform", *arguments])

    assert run().exit_code == 0
    assert (tmp_path / "pt-ppbv-1.0.xlsx").read_bytes()[:2] == b"PK"
    out = tmp_path / "forms" / "a.xlsx"
    out.parent.mkdir()
    assert run("--set", "PT-PPBV", "1.0", "--out", str(out), "--with-register").exit_code == 0
    assert (out.parent / "establishments.csv").read_text() == (
        f'name,label,kind\n{shop.number},"Siêu thị “Lá, Cành” ({shop.number})",sieu_thi_tong_hop\n')
    assert run("--set", "PT-PPBV", "9").exit_code == 1
