"""A plan as it is kept between preview and confirmation: one compressed file, a head and a line for every row."""

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from retail.importing.issues import QUIET, Issue
from retail.importing.planning import Outcome, Row

LETTER = {Outcome.NEW: "N", Outcome.CHANGED: "C", Outcome.UNCHANGED: "U", Outcome.REFUSED: "R", Outcome.SKIPPED: "S"}
OUTCOME = {letter: outcome for outcome, letter in LETTER.items()}
REVIVE: dict[str, Callable[[str], Any]] = {  # what JSON keeps as text
    "opened_on": date.fromisoformat, "status_on": date.fromisoformat, "lat": Decimal, "lon": Decimal}


@dataclass(frozen=True)
class Shown:
    """A row read back: as `planning.Row`, with its owner as a place in `Preview.owners`."""

    line: int
    outcome: Outcome
    name: str
    values: dict[str, Any]
    changes: dict[str, list[Any]]
    held: int | None
    number: str
    owner: int | None
    issues: list[Issue]
    notes: list[Issue]


def pack(rows: list[Row]) -> bytes:
    """The plan as bytes; equal plans give equal bytes."""
    places: dict[int, int] = {}
    owners: list[dict[str, Any]] = []
    lines = [""]
    for row in rows:
        owner = None
        if row.owner and row.outcome in (Outcome.NEW, Outcome.CHANGED):
            owner = places.setdefault(id(row.owner), len(owners))
            if owner == len(owners):
                owners.append({"name": row.owner.name, "tax_code": row.owner.tax_code, "id": row.owner.id,
                               "is_new": bool(row.owner.key)})
        lines.append(LETTER[row.outcome] + json.dumps(
            [row.line, row.name, row.values, row.changes, row.held, row.number, owner, row.issues, row.notes],
            ensure_ascii=False, separators=(",", ":"), default=plain))
    counts = Counter(row.outcome.value for row in rows)
    noted = sum(1 for row in rows if row.outcome in (Outcome.NEW, Outcome.CHANGED)
                and any(note.code not in QUIET for note in row.notes))
    units = {row.values.get("unit_id") or row.changes.get("unit_id", (0, 0))[1] for row in rows} - {0}
    lines[0] = json.dumps({"counts": {**counts, "noted": noted}, "owners": owners, "units": sorted(units)},
                          ensure_ascii=False)
    return zlib.compress("\n".join(lines).encode(), 1)


def plain(value: Any) -> str:
    """Days and decimals as JSON keeps them."""
    return value.isoformat() if isinstance(value, date) else str(value)


class Preview:
    """A plan read back; rows are parsed only as they are asked for."""

    def __init__(self, content: bytes):
        head, *self.lines = zlib.decompress(content).decode().split("\n")
        told = json.loads(head)
        self.counts: dict[str, int] = told["counts"]
        self.owners: list[dict[str, Any]] = told["owners"]
        self.units: list[int] = told["units"]  # ids of every commune the plan names

    def rows(self, *outcomes: Outcome) -> Iterator[Shown]:
        """Rows of these outcomes (none given: all), in the order of the file."""
        letters = {LETTER[outcome] for outcome in outcomes or Outcome}
        return (shown(line) for line in self.lines if line[0] in letters)

    def page(self, outcomes: tuple[Outcome, ...], first: int, count: int) -> list[Shown]:
        """`count` of the rows of these outcomes, from the `first` on (0-based)."""
        letters = {LETTER[outcome] for outcome in outcomes or Outcome}
        return [shown(line) for line in [line for line in self.lines if line[0] in letters][first:first + count]]


def shown(text: str) -> Shown:
    """One line read back."""
    line, name, values, changes, held, number, owner, issues, notes = json.loads(text[1:])
    for key in REVIVE.keys() & values.keys():
        values[key] = REVIVE[key](values[key])
    for key in REVIVE.keys() & changes.keys():
        changes[key] = [REVIVE[key](value) if value is not None else None for value in changes[key]]
    return Shown(line, OUTCOME[text[0]], name, values, changes, held, number, owner,
                 [Issue(*issue) for issue in issues], [Issue(*note) for note in notes])
