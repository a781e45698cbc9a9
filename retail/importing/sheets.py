"""Workbooks the import hands out: the template, and the refused lines with their reasons, ready to be corrected."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import xlsxwriter
from flask_babel import gettext as _

from foundation.i18n import label
from retail.importing.cells import text_of
from retail.importing.columns import Layout, layout_of
from retail.importing.entries import Options
from retail.importing.fields import Field
from retail.importing.lines import Line, read_lines
from retail.importing.planning import Outcome
from retail.importing.previews import Preview
from retail.importing.reading import Sheet
from retail.importing.unit_names import said
from retail.importing.words import FIELDS, explain
from retail.labels import CLASSES
from retail.rules import Kind, Status

TEMPLATE: tuple[tuple[Field, int], ...] = (  # the columns of the template and their widths
    (Field.NAME, 40), (Field.KIND, 24), (Field.CLASS, 10), (Field.ENTERPRISE, 40), (Field.TAX_CODE, 16),
    (Field.ADDRESS, 36), (Field.COMMUNE, 24), (Field.DISTRICT, 20), (Field.AREA, 16), (Field.ITEMS, 14),
    (Field.OPENED, 16), (Field.STATUS, 18), (Field.CLOSED, 14), (Field.LAT, 12), (Field.LON, 12), (Field.POST, 22),
    (Field.PHONE, 18), (Field.EMAIL, 26), (Field.NUMBER, 14), (Field.NOTE, 30),
)
TEXTS = frozenset({Field.TAX_CODE, Field.PHONE, Field.NUMBER})  # formatted as text, so that no zero is lost
FILLED_ROWS = 1_000  # of the template: with formats and lists to choose from


def write_template(communes: Sequence[str]) -> bytes:
    """A list to fill in: the headings, an example that the import passes over, and what may be written."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, allowed = book.add_worksheet(_("List")), book.add_worksheet(_("What may be written"))
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1})
        text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "dd/mm/yyyy"})
        example = book.add_format({"italic": True, "font_color": "#4A5750"})
        choices = {Field.KIND: [label(kind) for kind in Kind], Field.STATUS: [label(status) for status in Status],
                   Field.CLASS: [str(words) for words in CLASSES.values()], Field.COMMUNE: list(communes)}
        values = example_values()
        for index, (field, width) in enumerate(TEMPLATE):
            look = text if field in TEXTS else day if field in (Field.OPENED, Field.CLOSED) else None
            sheet.set_column(index, index, width, look)
            sheet.write_string(0, index, str(FIELDS[field]), head)
            sheet.write(1, index, values.get(field, ""), example)
        for index, (field, allowed_values) in enumerate(choices.items()):
            allowed.set_column(index, index, 30)
            allowed.write_column(0, index, [str(FIELDS[field]), *allowed_values])
            column = [name for name, _width in TEMPLATE].index(field)
            source = f"='{allowed.get_name()}'!${chr(65 + index)}$2:${chr(65 + index)}${len(allowed_values) + 1}"
            sheet.data_validation(1, column, FILLED_ROWS, column, {
                "validate": "list", "source": source, "error_type": "warning"})
        sheet.freeze_panes(1, 1)
    return out.getvalue()


def example_values() -> dict[Field, object]:
    """The template's example."""
    return {Field.NAME: _("(Example) Minh Hoạ supermarket"), Field.KIND: label(Kind.SUPERMARKET),
            Field.CLASS: str(CLASSES[2]), Field.ENTERPRISE: "Công ty TNHH Minh Hoạ", Field.TAX_CODE: "2600123456",
            Field.ADDRESS: "Số 5, đường Hùng Vương", Field.COMMUNE: "Phường Việt Trì", Field.AREA: 2500,
            Field.ITEMS: 12000, Field.OPENED: "31/12/2020", Field.STATUS: label(Status.OPERATING),
            Field.PHONE: "0210 3846 789"}


def write_refused(sheet: Sheet, layout: Layout, options: Options, preview: Preview) -> bytes:
    """The refused lines as they stood, with what they had from merged cells and headings above written into them.

    Importing the corrected file again understands the same columns; the column of reasons is passed over.
    """
    refused = {row.line: row for row in preview.rows(Outcome.REFUSED)}
    lines = {line.number: line for line in read_lines(sheet, layout) if line.number in refused}
    rows = [row for number, row in sheet.lines() if number in refused]
    inherited = [given_above(lines[number], layout, options) for number in refused]
    extra = [field for field in (Field.KIND, Field.ENTERPRISE, Field.DISTRICT, Field.COMMUNE)
             if field not in layout.fields and any(field in given for given in inherited)]
    headings = [*safe_headings(layout), *(str(FIELDS[field]) for field in extra), _("Original line"), _("Reason")]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(_("To correct"))
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1})
        looks = {"day": book.add_format({"num_format": "dd/mm/yyyy"}),
                 "reason": book.add_format({"text_wrap": True, "font_color": "#A3221A", "valign": "top"})}
        page.set_column(0, len(headings) - 2, 20)
        page.set_column(len(headings) - 1, len(headings) - 1, 80)
        page.write_row(0, 0, headings, head)
        for place, (number, cells, given) in enumerate(zip(refused, rows, inherited, strict=True), start=1):
            filled = [*cells, *[""] * (len(layout.columns) - len(cells)), *(given.get(field, "") for field in extra)]
            for field, value in given.items():
                if field in layout.fields and filled[layout.fields[field]] == "":
                    filled[layout.fields[field]] = value
            for index, cell in enumerate(filled):
                write_cell(page, place, index, cell, looks["day"])
            page.write_number(place, len(headings) - 2, number)
            page.write_string(place, len(headings) - 1, reasons_of(refused[number].issues), looks["reason"])
        page.freeze_panes(1, 0)
    return out.getvalue()


def reasons_of(issues: Iterable) -> str:
    """All reasons of a line, one below the other."""
    told = [explain(issue) for issue in issues]
    return "\n".join(f"{field}: {words}" if field else words for field, words in told)


def given_above(line: Line, layout: Layout, options: Options) -> dict[Field, object]:
    """What a line has from merged cells, from headings above it and from choices for the whole list."""
    given: dict[Field, object] = {field: line.cells[field] for field in line.merged}
    if options.kind and Field.KIND not in line.cells:
        given[Field.KIND] = label(options.kind)
    owned = Field.ENTERPRISE in line.cells or Field.TAX_CODE in line.cells
    if options.own_enterprise and not owned and Field.NAME in line.cells:
        given[Field.ENTERPRISE] = line.cells[Field.NAME]
    if line.kind:
        given[Field.KIND] = line.kind[0]
    if line.enterprise:
        given[Field.ENTERPRISE] = line.enterprise[0]
    level = said(line.place[0]).level if line.place else None
    if line.place and level and level.value in ("commune", "district"):
        field = Field(level.value)
        if field not in line.cells and not (field == Field.COMMUNE and Field.ADDRESS in line.cells):
            given[field] = line.place[0]
    return given


def safe_headings(layout: Layout) -> list[str]:
    """One heading a column that the import understands as the column was understood."""
    headings = [column.heading for column in layout.columns]
    alone = layout_of([headings], 1, 0)
    safe = []
    for column, again in zip(layout.columns, alone.columns, strict=True):
        if column.field and again.field != column.field:
            safe.append(str(FIELDS[column.field]))
        elif again.field and not column.field:
            safe.append(_("Not imported: %(heading)s", heading=column.heading))
        else:
            safe.append(column.heading)
    return safe


def write_cell(page, row: int, index: int, cell: object, day) -> None:
    """A cell as it was read."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | date | datetime):
        page.write_string(row, index, cell if isinstance(cell, str) else text_of(cell))
    elif isinstance(cell, date):
        page.write_datetime(row, index, cell, day)
    else:
        page.write_number(row, index, cell)
