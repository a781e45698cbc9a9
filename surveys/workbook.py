"""A criteria set as an .xlsx workbook, one sheet for each of its five tables, and back."""

import io
from datetime import date
from decimal import Decimal

import xlsxwriter
from flask_babel import gettext as _

from foundation.errors import Invalid
from retail.importing.issues import Unreadable
from retail.importing.reading import read
from surveys.rules.columns import NAMES, SHEETS, Shape
from surveys.rules.content import SetContent
from surveys.sheets import Cells, write_set

MOST_ROWS = 2000  # of a sheet; a set has some forty


def read_book(content: bytes) -> dict[str, list[Cells]]:
    """The cells of each sheet by its name. Raises Invalid (field: file) when it is no workbook."""
    try:
        book = read(content)
        return {sheet.name: [list(cells) for number, cells in sheet.lines() if number <= MOST_ROWS]
                for sheet in book.sheets}
    except Unreadable:
        words = _("This file cannot be read. Save it as an Excel workbook (.xlsx) without a password, then choose it.")
        raise Invalid(words, {"file": words}) from None


def write_book(content: SetContent, language: str) -> bytes:
    """The workbook; headings and sheet names in `language`. Reading it gives the same set."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        number = book.add_format({"valign": "top", "num_format": "General"})
        day = book.add_format({"valign": "top", "num_format": "dd/mm/yyyy"})
        for sheet, (headings, *rows) in write_set(content, language).items():
            page = book.add_worksheet(NAMES[sheet][language == "en"])
            page.freeze_panes(1, 1)
            page.write_row(0, 0, headings, bold)
            for place, column in enumerate(SHEETS[sheet]):
                page.set_column(place, place, width_of(column.most, column.shape))
                if column.shape == Shape.CHOICE:
                    page.data_validation(1, place, MOST_ROWS, place, {
                        "validate": "list", "source": [member.value for member in column.words]})
            for line, row in enumerate(rows, start=1):
                for place, value in enumerate(row):
                    if isinstance(value, Decimal | int):
                        page.write_number(line, place, float(value), number)
                    elif isinstance(value, date):
                        page.write_datetime(line, place, value, day)
                    elif value:
                        page.write_string(line, place, str(value), text)
    return file.getvalue()


def width_of(most: int, shape: Shape) -> int:
    """Characters a column is wide."""
    return 12 if shape != Shape.TEXT else min(max(most // 4, 10), 44)
