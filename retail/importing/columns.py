"""Where the headings are and which column is which: any order, below any title rows, one to three heading rows."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice

from foundation.text import clean, fold
from retail.importing.cells import text_of
from retail.importing.codes import OWN_NUMBER
from retail.importing.fields import HEADINGS, PASSED_OVER, REQUIRED, WEAK, Field, phrases
from retail.importing.kinds import find_kind, read_class
from retail.importing.reading import Range, Sheet, letters_of

LOOK_WITHIN = 100  # lines from the top
DEEPEST = 3  # heading rows
SECTION_MARK = re.compile(r"\s*([IVX]{1,5}|[A-ZĐ])\s*[.)]?\s*")
LONGEST_HEADING = 160
EXACT, INSIDE = 100, 40
NEARLY = 0.9  # headings understood so nearly as well as the best are the headings; the best repeats them
NOT_IMPORTED = ("khong nhap ", "not imported ")  # before a column that somebody chose not to read (`sheets`)
BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]?")
METRES = re.compile(r"\bm ?(2|²)|\bmet vuong|\bha\b")


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its heading as written, what it holds; `why` says why it is not read."""

    index: int  # from 0, in the sheet's rows
    heading: str
    field: Field | None
    why: str = ""
    worth: int = 0


@dataclass(frozen=True)
class Layout:
    """Which lines are headings and what each column holds."""

    first: int  # line of the first heading row, from 1
    last: int
    columns: tuple[Column, ...]
    left: int = 0

    @property
    def fields(self) -> dict[Field, int]:
        """Field → index of its column."""
        return {column.field: column.index for column in self.columns if column.field}

    @property
    def worth(self) -> int:
        """How surely these are the headings: more fields, better matched."""
        return sum(column.worth for column in self.columns)

    @property
    def missing(self) -> list[Field]:
        """What a new establishment needs and no column gives; a full address may hold the commune."""
        found = self.fields
        return [field for field in REQUIRED if field not in found
                and not (field == Field.COMMUNE and Field.ADDRESS in found)]

    def letter(self, column: Column) -> str:
        """The letter the spreadsheet shows above a column."""
        return letters_of(self.left + column.index)


@lru_cache(4096)
def key_of(heading: str, keep_notes: bool = False) -> str:
    """A heading as the tables know it: folded, units and notes in brackets dropped, words only."""
    text = unicodedata.normalize("NFKC", clean(heading))
    if not keep_notes:
        text = BRACKETS.sub(" ", text)
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


@cache
def known() -> dict[str, tuple[Field | None, str]]:
    """Phrase → the field it names, or why it is passed over."""
    table: dict[str, tuple[Field | None, str]] = {}
    for why, text in PASSED_OVER.items():
        table.update((phrase, (None, why)) for phrase in phrases(text))
    for field, text in HEADINGS.items():
        table.update((phrase, (field, "")) for phrase in phrases(text))
    return table


@lru_cache(4096)
def match(heading: str) -> tuple[Field | None, str, int]:
    """(field, why it is passed over, worth) of a heading; worth 0 when nothing is known about it."""
    if len(heading) > LONGEST_HEADING:
        return None, "unknown", 0
    whole = key_of(heading, keep_notes=True)
    if whole.startswith(NOT_IMPORTED):
        return None, "chosen", EXACT
    for key in (key_of(heading), whole):
        if key == "dt" and METRES.search(whole):
            return Field.AREA, "", EXACT + 10
        if key in known():
            return *known()[key], EXACT + 10 * len(key.split())
    return inside(key_of(heading) or whole)


def inside(key: str) -> tuple[Field | None, str, int]:
    """The longest known phrase that stands inside a heading; one at its start counts more."""
    best: tuple[Field | None, str, int] = (None, "unknown", 0)
    words = key.split()
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            phrase = " ".join(words[start:end])
            if phrase not in known() or (end - start == 1 and phrase not in ("mst", "email", "sdt")) or phrase in WEAK:
                continue
            worth = INSIDE + 10 * (end - start) + (6 if start == 0 else 0) - min(len(words) - (end - start), 9)
            if worth > best[2]:
                best = (*known()[phrase], worth)
    return best


def find_layout(sheet: Sheet) -> Layout | None:
    """The most likely headings of a sheet, the first of those repeated; None when no row looks like headings."""
    top = [list(row) for (_line, row), _limit in zip(sheet.lines(), range(LOOK_WITHIN), strict=False)]
    top = spread(top, sheet.merged, sheet.left)
    likely = []
    for first in range(len(top)):
        for depth in range(1, DEEPEST + 1):
            rows = top[first:first + depth]
            if len(rows) < depth or (depth > 1 and not could_head(rows[-1])):
                break
            layout = layout_of(rows, first + 1, sheet.left)
            if is_likely(layout):
                likely.append(layout)
    if not likely:
        return None
    enough = NEARLY * max(layout.worth for layout in likely)
    first = min(layout.last for layout in likely if layout.worth >= enough)
    together = [layout for layout in likely if layout.first <= first and layout.last < first + DEEPEST]
    return by_content(max(together, key=lambda layout: (layout.worth, layout.first - layout.last)), sheet)


def by_content(layout: Layout, sheet: Sheet) -> Layout:
    """Let what stands below the headings decide what headings cannot: our own numbers, and classes called types."""
    cells: dict[int, list[str]] = {column.index: [] for column in layout.columns}
    for _line, row in islice(sheet.lines(), layout.last, layout.last + LOOK_WITHIN):
        for index, cell in enumerate(row):
            if cell != "" and index in cells:
                cells[index].append(text_of(cell))
    numbered = [index for index, texts in cells.items() if any(map(OWN_NUMBER.fullmatch, texts))]
    columns = []
    for column in layout.columns:
        texts = cells[column.index]
        if column.index in numbered[:1]:
            column = replace(column, field=Field.NUMBER, why="", worth=column.worth or EXACT)
        elif column.field == Field.NUMBER and texts:
            column = replace(column, field=None, why="not_ours")
        elif column.field == Field.KIND and Field.CLASS not in layout.fields and texts and not any(
                find_kind(text) for text in texts) and any(read_class(text).value for text in texts):
            column = replace(column, field=Field.CLASS)
        columns.append(column)
    return replace(layout, columns=tuple(columns))


def could_head(row: Sequence[object]) -> bool:
    """Whether a row could be a further heading row: words, no figures or days, no section like "I | SIÊU THỊ"."""
    filled = [cell for cell in row if cell != ""]
    if not filled or not all(isinstance(cell, str) and not re.fullmatch(r"[\d\W]+", cell) for cell in filled):
        return False
    return len({str(cell) for cell in filled} - {cell for cell in filled if SECTION_MARK.fullmatch(str(cell))}) > 1


def is_likely(layout: Layout) -> bool:
    """At least two fields, and one of every two headings understood."""
    named = [column for column in layout.columns if column.heading]
    understood = [column for column in named if column.worth]
    return len(layout.fields) >= 2 and 2 * len(understood) >= len(named)


def spread(rows: list[list[object]], merged: Sequence[Range], left: int) -> list[list[object]]:
    """The first rows with the text of each merged range in all of its cells."""
    for (top, west), (bottom, east) in merged:
        if top >= len(rows) or west < left:
            continue
        value = rows[top][west - left] if west - left < len(rows[top]) else ""
        for row in rows[top:bottom + 1]:
            for index in range(west - left, min(east - left + 1, len(row))):
                row[index] = value
    return rows


def layout_at(sheet: Sheet, first: int, last: int) -> Layout:
    """The layout when somebody says which lines are the headings."""
    top = [list(row) for (_line, row), _limit in zip(sheet.lines(), range(last), strict=False)]
    return layout_of(spread(top, sheet.merged, sheet.left)[first - 1:], first, sheet.left)


def layout_of(rows: Sequence[Sequence[object]], first: int, left: int) -> Layout:
    """What the columns below these heading rows hold; of two columns for one field the better named one."""
    width = max((len(row) for row in rows), default=0)
    columns = []
    for index in range(width):
        levels = levels_of(rows, index)
        field, why, worth = best_match(levels)
        columns.append(Column(index, " – ".join(levels), field, why if levels else "empty", worth))
    return Layout(first, first + len(rows) - 1, tuple(settle(columns)), left)


def levels_of(rows: Sequence[Sequence[object]], index: int) -> list[str]:
    """The texts above a column, from the group heading down, each once."""
    levels: list[str] = []
    for depth, row in enumerate(rows):
        cell = row[index] if index < len(row) else ""
        text = clean(cell) if isinstance(cell, str) else ""
        if not text and depth + 1 < len(rows):
            text = group_above(rows[depth], rows[depth + 1], index)
        if text and text not in levels:
            levels.append(text)
    return levels


def group_above(groups: Sequence[object], below: Sequence[object], index: int) -> str:
    """A text file has no merged cells: a group heading stands over its first column only."""
    while index > 0 and index < len(below) and below[index] != "":
        index -= 1
        if groups[index] != "":
            return clean(str(groups[index])) if below[index] != "" else ""
    return ""


def best_match(levels: Sequence[str]) -> tuple[Field | None, str, int]:
    """The best reading of a heading with its group: alone, or both together in either order."""
    tries = [levels[-1]] if levels else []
    if len(levels) > 1:
        tries += [f"{levels[-1]} {levels[-2]}", f"{levels[-2]} {levels[-1]}"]
    found = [match(text) for text in tries]
    if len(levels) > 1 and not any(worth for _field, _why, worth in found):
        found = [match(levels[-2])]
    return max(found, key=lambda result: result[2], default=(None, "unknown", 0))


def settle(columns: list[Column]) -> list[Column]:
    """One column a field: the best named, the first of equals; today's communes before former ones."""

    def order(column: Column) -> tuple[int, int]:
        return column.worth - (30 if " cu" in " " + key_of(column.heading, keep_notes=True) else 0), -column.index

    best: dict[Field, Column] = {}
    for column in columns:
        if column.field and (column.field not in best or order(column) > order(best[column.field])):
            best[column.field] = column
    return [column if column.field is None or best[column.field] is column
            else replace(column, field=None, why="taken", worth=0) for column in columns]


def corrected(layout: Layout, choices: Mapping[int, Field | None]) -> Layout:
    """The layout after somebody has said what columns hold; a field moves to the column chosen for it."""
    taken = {field for field in choices.values() if field}
    columns = []
    for column in layout.columns:
        field = choices.get(column.index, None if column.field in taken else column.field)
        columns.append(replace(column, field=field, why="" if field else column.why or "chosen"))
    return replace(layout, columns=tuple(columns))
