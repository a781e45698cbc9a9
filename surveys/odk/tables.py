"""Submissions as tables: Central's and Briefcase's CSV files, KoboToolbox's workbook or CSV.

A heading is a path through the groups, with - or / between: only its last part is the field. Repeats are tables of
their own, told by a field that only they have, and joined by KEY and PARENT_KEY (Central) or _index and _parent_index
(Kobo).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _

from foundation.errors import Invalid
from retail.importing.issues import Unreadable
from retail.importing.reading import read
from retail.importing.words import explain_file
from surveys.odk.sources import File, Files
from surveys.odk.submissions import Broken, Submission

MOST_COLUMNS = 4_000  # a form has some five hundred
TOLD_BY = {"category": "lines", "bag_label": "bags", "evidence_about": "evidence"}  # a field only this repeat has
PLACE = ("Latitude", "Longitude", "Altitude", "Accuracy")  # Central gives a position four columns
INSTANCE = ("instanceID", "KEY", "_uuid")
AUDIT = "audit.csv"  # what Collect notes of the filling in, beside each submission
PARENT = ("PARENT_KEY", "_parent_index")
Row = dict[str, str]


@dataclass(frozen=True)
class Table:
    """One table; `repeat` is empty for the main one."""

    file: File
    repeat: str
    rows: list[Row]


def read_tables(files: Files) -> Iterator[Submission | Broken]:
    """Every submission in the given tables, with their repeats, which may also lie beside them."""
    tables: list[Table] = []
    broken: list[Broken] = []
    given = [file for file in files.given(".csv", ".xlsx") if not file.name.endswith(AUDIT)]
    beside = [file for file in files.all if not file.given and file.name.lower().endswith(".csv")] if given else []
    for file in [*given, *beside]:
        try:
            tables += tables_in(file)
        except Invalid as error:
            broken += [Broken(file.name, str(error))] if file.given else []
    repeats = [table for table in tables if table.repeat]
    mains = [table for table in tables if not table.repeat and table.file.given]
    yield from broken
    for main in mains:
        near = [table for table in repeats if table.file.folder == main.file.folder]
        yield from (submission_of(row, main, near) for row in main.rows)


def tables_in(file: File) -> list[Table]:
    """The main and the repeated tables in a file; others are passed over. Raises Invalid."""
    try:
        book = read(file.read(), most_columns=MOST_COLUMNS)
        sheets = [[[text_of(cell) for cell in row] for row in sheet.rows()] for sheet in book.sheets]
    except Unreadable as unreadable:
        raise Invalid(explain_file(unreadable)) from None
    return [table for rows in sheets if rows and (table := table_of(file, rows))]


def table_of(file: File, rows: Sequence[Sequence[str]]) -> Table | None:
    """A table with its rows by field, if it is one of a form."""
    names = [field_of(heading) for heading in rows[0]]
    repeat = next((repeat for field, repeat in TOLD_BY.items() if field in names), "")
    if not any(name in names for name in (PARENT if repeat else INSTANCE)):
        return None
    read_rows = [with_place({name: cell for name, cell in zip(names, row, strict=False) if name and cell})
                 for row in rows[1:]]
    return Table(file, repeat, [row for row in read_rows if row])


def field_of(heading: str) -> str:
    """g_A-q_A1-yes_A1 and g_A/q_A1/yes_A1 are yes_A1."""
    return re.split(r"[-/]", heading.strip())[-1]


def with_place(row: Row) -> Row:
    """The position in one value, as the other tools have it."""
    parts = [row.get(part, "") for part in PLACE]
    return {**row, "place": " ".join(part or "0" for part in parts)} if parts[0] and parts[1] else row


def text_of(cell: object) -> str:
    """A cell as text: numbers plain, days in ISO."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return format(Decimal(repr(cell)).normalize(), "f")
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return "" if cell is None else str(cell).strip()


def submission_of(row: Row, main: Table, repeats: Sequence[Table]) -> Submission | Broken:
    """A row of the main table with its repeats."""
    instance_id = next((row[name] for name in INSTANCE if row.get(name)), "")
    if not instance_id:
        return Broken(main.file.name, _("A row has no name of a submission (instanceID)."))
    repeated: dict[str, list[Mapping[str, str]]] = {}
    for table in repeats:
        repeated.setdefault(table.repeat, []).extend(one for one in table.rows if belongs(one, row, instance_id))
    return Submission(main.file.name, main.file.folder, instance_id, row.get("form_id", ""), "", row, repeated)


def belongs(repeated: Row, row: Row, instance_id: str) -> bool:
    """Whether a row of a repeat is of this submission."""
    if "PARENT_KEY" in repeated:
        return repeated["PARENT_KEY"] in (row.get("KEY"), instance_id)
    if "_submission__uuid" in repeated and "_uuid" in row:
        return repeated["_submission__uuid"] == row["_uuid"]
    return "_index" in row and repeated.get("_parent_index") == row["_index"]
