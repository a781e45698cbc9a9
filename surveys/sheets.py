"""A criteria set as five tables (set, groups, criteria, packaging, levels) and back.

A table is a list of rows of cells; its first row holds the headings, in Vietnamese, English or as the field's name,
in any order. Cells may be text, numbers or days, as spreadsheets give them; numbers in text are Vietnamese: 1,5.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from foundation.forms import parse_day, parse_number
from foundation.text import clean, fold
from surveys.rules.checking import Problem, Trouble
from surveys.rules.columns import NAMES, SHEETS, Column, Shape
from surveys.rules.content import CategoryContent, CriterionContent, GroupContent, LevelContent, SetContent
from surveys.rules.figures import plain

Cells = Sequence[object]
YES = {"yes", "co", "x", "1", "true", "dung"}
NO = {"no", "khong", "0", "false", "sai", ""}
MOST = 10**9


class Unfit(Exception):
    """A cell that cannot be read."""

    def __init__(self, trouble: Trouble, **params: Any):
        super().__init__(trouble)
        self.trouble, self.params = trouble, params


@dataclass(frozen=True)
class Row:
    """A row that was read; `number` as the spreadsheet counts."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """What the tables say: the set, or every problem that keeps it from being read; and the row of each code."""

    content: SetContent | None
    problems: list[Problem]
    rows: dict[tuple[str, str], int]


def read_set(tables: Mapping[str, Sequence[Cells]]) -> Reading:
    """The set in the tables."""
    problems: list[Problem] = []
    found = {fold(name): table for name, table in tables.items()}
    rows = {sheet: read_table(sheet, find_table(sheet, found), problems) for sheet in SHEETS}
    codes = {row.values["code"] for row in rows["groups"] if "code" in row.values}
    for row in rows["criteria"]:
        if row.values.get("group") not in codes:
            problems.append(Problem("criteria", Trouble.NO_SUCH_GROUP, row.values.get("code", ""), row.number,
                                    {"value": row.values.get("group", "")}))
    problems.sort(key=lambda found: (list(SHEETS).index(found.sheet), found.row or 0))
    places = {(sheet, str(row.values.get(SHEETS[sheet][0].name))): row.number
              for sheet, found_rows in rows.items() for row in found_rows}
    return Reading(None if problems else assemble(rows), problems, places)


def find_table(sheet: str, tables: Mapping[str, Sequence[Cells]]) -> Sequence[Cells] | None:
    """The table with this name in either language."""
    return next((tables[fold(name)] for name in (sheet, *NAMES[sheet]) if fold(name) in tables), None)


def assemble(rows: dict[str, list[Row]]) -> SetContent:
    """The set from rows without problems."""
    def of(sheet: str) -> list[dict[str, Any]]:
        return [dict(row.values) for row in rows[sheet]]

    criteria: dict[str, list[CriterionContent]] = {}
    for values in of("criteria"):
        criteria.setdefault(values.pop("group"), []).append(criterion_from(values))
    return SetContent(
        **of("set")[0],
        groups=tuple(GroupContent(**values, criteria=tuple(criteria.get(values["code"], ())))
                     for values in of("groups")),
        categories=tuple(CategoryContent(**values) for values in of("packaging")),
        levels=tuple(LevelContent(**values) for values in of("levels")))


def criterion_from(values: dict[str, Any]) -> CriterionContent:
    """A question from its row: the ten anchor cells become two lists, or none when all are empty."""
    for language in ("vi", "en"):
        texts = tuple(values.pop(f"anchor_{step}_{language}", "") for step in range(5))
        values[f"anchors_{language}"] = texts if any(texts) else None
    return CriterionContent(**values)


def read_table(sheet: str, table: Sequence[Cells] | None, problems: list[Problem]) -> list[Row]:
    """The rows of one table; what is wrong is added to `problems`."""
    filled = [(number, row) for number, row in enumerate(table or (), start=1) if any(map(text_of, row))]
    if not filled:
        problems.append(Problem(sheet, Trouble.NO_SHEET))
        return []
    places = find_columns(sheet, filled[0][1], problems)
    if len(filled) == 1:
        problems.append(Problem(sheet, Trouble.NO_ROWS))
    return [Row(number, read_row(sheet, number, row, places, problems)) for number, row in filled[1:]]


def find_columns(sheet: str, headings: Cells, problems: list[Problem]) -> dict[str, int]:
    """Where each column is; a needed one that is not there is a problem, unknown ones are passed over."""
    found = {fold(text_of(cell)): place for place, cell in enumerate(headings) if text_of(cell)}
    places = {}
    for column in SHEETS[sheet]:
        place = next((found[fold(name)] for name in (column.name, column.vi, column.en) if fold(name) in found), None)
        if place is not None:
            places[column.name] = place
        elif column.needed:
            problems.append(Problem(sheet, Trouble.NO_COLUMN, params={"value": column.vi}))
    return places


def read_row(sheet: str, number: int, row: Cells, places: dict[str, int], problems: list[Problem]) -> dict[str, Any]:
    """The values of one row; cells that cannot be read are problems and left out."""
    values: dict[str, Any] = {}
    key = SHEETS[sheet][0].name
    code = text_of(row[places[key]]) if key in places and places[key] < len(row) else ""
    for column in SHEETS[sheet]:
        if column.name not in places and column.needed:
            continue  # told once, for the whole column
        place = places.get(column.name)
        cell = row[place] if place is not None and place < len(row) else None
        try:
            values[column.name] = read_cell(column, cell)
        except Unfit as unfit:
            problems.append(Problem(sheet, unfit.trouble, code, number,
                                    {"column": column.vi, "value": text_of(cell), **unfit.params}))
    return values


def text_of(cell: object) -> str:
    """A cell as text; a whole number without its idle decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return clean("" if cell is None else str(cell))


def read_cell(column: Column, cell: object) -> Any:
    """The value in a cell. Raises Unfit."""
    text = text_of(cell)
    if not text and column.needed:
        raise Unfit(Trouble.EMPTY)
    if column.shape == Shape.TEXT:
        return read_text(column, text)
    if column.shape == Shape.YES_NO:
        return read_yes_no(text)
    if column.shape == Shape.LIST:
        return tuple(one_of(column.words, part) for part in re.split(r"[,;]", text) if part.strip())
    if column.shape == Shape.CODES:
        return {code: read_number(share) for code, share in pairs_of(text)}
    if not text:
        return None
    if column.shape == Shape.CHOICE:
        return one_of(column.words, text)
    if column.shape == Shape.DAY:
        return read_day(cell, text)
    if column.shape == Shape.BANDS:
        return tuple((int(read_number(start, whole=True)), read_number(points)) for start, points in pairs_of(text))
    return int(read_number(cell, whole=True)) if column.shape == Shape.WHOLE else read_number(cell)


def read_text(column: Column, text: str) -> str:
    """Text that fits its column."""
    if len(text) > column.most:
        raise Unfit(Trouble.TOO_LONG, most=column.most)
    return text


def read_yes_no(text: str) -> bool:
    """Yes or no, in either language; empty is no."""
    if fold(text) not in YES | NO:
        raise Unfit(Trouble.NOT_ONE_OF, words="yes, no")
    return fold(text) in YES


def one_of(words: Sequence[StrEnum], text: str) -> Any:
    """A member of the column's words, by its code in any case."""
    for member in words:
        if member.value.lower() == text.strip().lower():
            return member
    raise Unfit(Trouble.NOT_ONE_OF, words=", ".join(member.value for member in words))


def read_number(cell: object, whole: bool = False) -> Decimal:
    """A number from a number cell or text; up to six decimals."""
    is_number = isinstance(cell, int | float | Decimal)
    number = Decimal(str(cell)) if is_number else parse_number(text_of(cell))
    if number is None or not number.is_finite() or abs(number) >= MOST or number != round(number, 0 if whole else 6):
        raise Unfit(Trouble.NOT_A_NUMBER)
    return number.normalize() + Decimal(0)


def read_day(cell: object, text: str) -> date:
    """A day cell, dd/mm/yyyy or yyyy-mm-dd."""
    if isinstance(cell, datetime):
        return cell.date()
    day = cell if isinstance(cell, date) else parse_day(text)
    if day is None:
        raise Unfit(Trouble.NOT_A_DAY)
    return day


def pairs_of(text: str) -> list[tuple[str, str]]:
    """The pairs of a text such as 0=0; 1=0,5."""
    pairs = []
    for part in text.split(";"):
        if part.strip():
            left, sign, right = part.partition("=")
            if not sign or not left.strip() or not right.strip():
                raise Unfit(Trouble.NOT_PAIRS)
            pairs.append((left.strip(), right.strip()))
    return pairs


def write_set(content: SetContent, language: str = "vi") -> dict[str, list[list[object]]]:
    """The five tables of a set, with headings in one language; `read_set` gives the same set back."""
    things: dict[str, list[Mapping[str, Any]]] = {
        "set": [vars(content)],
        "groups": [vars(group) for group in content.groups],
        "criteria": [{**vars(criterion), "group": group.code} for group in content.groups
                     for criterion in group.criteria],
        "packaging": [vars(category) for category in content.categories],
        "levels": [vars(level) for level in content.levels],
    }
    return {sheet: [[getattr(column, language) for column in columns],
                    *([write_cell(column, value_in(thing, column)) for column in columns] for thing in things[sheet])]
            for sheet, columns in SHEETS.items()}


def value_in(thing: Mapping[str, Any], column: Column) -> Any:
    """A column's value; an anchor is one of its list."""
    if not column.name.startswith("anchor_"):
        return thing[column.name]
    _anchor, step, language = column.name.split("_")
    texts = thing[f"anchors_{language}"]
    return texts[int(step)] if texts else ""


def write_cell(column: Column, value: Any) -> object:
    """What a spreadsheet shows for a value: text, a number, a day or nothing."""
    if value is None:
        return None
    if column.shape == Shape.YES_NO:
        return "yes" if value else "no"
    if column.shape == Shape.LIST:
        return ", ".join(member.value for member in value)
    if column.shape == Shape.BANDS:
        return "; ".join(f"{start}={figure(points)}" for start, points in value)
    if column.shape == Shape.CODES:
        return "; ".join(f"{code}={figure(share)}" for code, share in value.items())
    if isinstance(value, StrEnum):
        return value.value
    return value


def figure(value: Decimal) -> str:
    """A figure inside text, with a comma: a dot before three digits would be a thousands mark."""
    return (plain(value) or "").replace(".", ",")
