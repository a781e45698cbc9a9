"""The register as a table: one column a fact, written as .csv or .xlsx row by row, so that memory stays flat."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO

import xlsxwriter
from flask_babel import lazy_gettext as _l

from foundation.i18n import label
from foundation.tables import csv_lines
from retail.labels import CLASSES
from retail.queries import Row
from retail.rules import suggest_class
from territory.rules import Level

FORMATS = {"number": {"num_format": "#,##0"}, "degree": {"num_format": "0.000000"}, "day": {"num_format": "dd/mm/yyyy"},
           "text": {"num_format": "@"}}


@dataclass(frozen=True)
class Column:
    """A heading, how a fact is read from a row of the list, and how the cell looks."""

    heading: object
    read: Callable[[Row], object]
    width: int = 16
    look: str = "text"


def district(row: Row) -> str:
    """The district of an old unit; today's communes have none."""
    parent = row.place.unit.parent
    return parent.name if parent and parent.level == Level.DISTRICT else ""


def suggested(row: Row) -> str:
    """The class that area and items allow."""
    return class_word(suggest_class(row.one.kind, row.one.area_m2, row.one.items))


COLUMNS = [
    Column(_l("Register number"), lambda row: row.one.number, 12),
    Column(_l("Name of the establishment"), lambda row: row.one.name, 44),
    Column(_l("Type"), lambda row: label(row.one.kind), 22),
    Column(_l("Class"), lambda row: class_word(row.one.recorded_class), 10),
    Column(_l("Suggested class"), suggested, 13),
    Column(_l("Business area, m²"), lambda row: row.one.area_m2, 14, "number"),
    Column(_l("Names of goods on sale"), lambda row: row.one.items, 14, "number"),
    Column(_l("Enterprise"), lambda row: row.one.enterprise.name, 44),
    Column(_l("Tax code"), lambda row: row.one.enterprise.tax_code, 16),
    Column(_l("Tax code of the branch"), lambda row: row.one.branch_code, 16),
    Column(_l("Address"), lambda row: row.place.address, 34),
    Column(_l("Commune or ward"), lambda row: row.unit.name, 24),
    Column(_l("Recorded commune or ward"), lambda row: row.place.unit.name, 24),
    Column(_l("Old district"), district, 22),
    Column(_l("Status"), lambda row: label(row.status), 18),
    Column(_l("Opening day"), lambda row: row.one.opened_on, 14, "day"),
    Column(_l("Latitude"), lambda row: row.place.lat, 12, "degree"),
    Column(_l("Longitude"), lambda row: row.place.lon, 12, "degree"),
    Column(_l("Note"), lambda row: row.one.note, 40),
    Column(_l("Illustration only"), lambda row: "x" if row.one.is_demo else "", 12),
]
CONTACT = [  # for those who keep the register (DOMAIN 1.6)
    Column(_l("Post of the contact"), lambda row: row.one.contact_post, 24),
    Column(_l("Work phone"), lambda row: row.one.contact_phone, 16),
    Column(_l("Work e-mail"), lambda row: row.one.contact_email, 28),
]


def class_word(rank: int | None) -> str:
    """A class in words."""
    return str(CLASSES[rank]) if rank else ""


def write_csv(rows: Iterable[Row], columns: list[Column]) -> Iterator[str]:
    """The table as text, line by line."""
    return csv_lines([column.heading for column in columns],
                     ([column.read(row) for column in columns] for row in rows))


def write_xlsx(rows: Iterable[Row], columns: list[Column], title: str, file: IO[bytes]) -> None:
    """The table as a workbook: real numbers and days, a frozen heading with a filter, widths to read by."""
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(title[:31])
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1})
        looks = {name: book.add_format(look) for name, look in FORMATS.items()}
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, str(column.heading), head)
        sheet.freeze_panes(1, 2)
        last = 0
        for last, row in enumerate(rows, start=1):
            for index, column in enumerate(columns):
                write_cell(sheet, last, index, column.read(row), looks[column.look])
        sheet.autofilter(0, 0, last, len(columns) - 1)


def write_cell(sheet, row: int, index: int, value: object, look) -> None:
    """One cell by its type; text is never taken for a formula."""
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, index, value, look)
    elif isinstance(value, str):
        sheet.write_string(row, index, value, look)
    else:
        sheet.write_number(row, index, value, look)
