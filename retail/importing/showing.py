"""The rows of a preview as its page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from foundation.db import db
from retail.importing.planning import Outcome
from retail.importing.previews import Preview, Shown
from retail.importing.words import FIELDS, explain, show_value
from territory.models import AdminUnit

ORDER = ("kind", "recorded_class", "enterprise", "tax_code", "branch_code", "address", "unit_id", "area_m2", "items",
         "opened_on", "status", "status_on", "contact_post", "contact_phone", "contact_email", "note", "lat", "lon",
         "name")


@dataclass
class Told:
    """One line in words: what is new, what changes, why it is refused, how it was understood."""

    line: int
    outcome: Outcome
    name: str
    number: str
    held: int | None
    facts: list[tuple[str, str]] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    reasons: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def tell(rows: Iterable[Shown], preview: Preview) -> list[Told]:
    """These rows in words; one query for the names of all communes in them."""
    rows = list(rows)
    wanted = {row.values.get("unit_id") for row in rows} | {
        unit for row in rows for unit in row.changes.get("unit_id", ())}
    units = select(AdminUnit.id, AdminUnit.name).where(AdminUnit.id.in_(wanted - {None}))
    names: dict[int, str] = dict(db.session.execute(units).all())
    return [tell_one(row, preview, names) for row in rows]


def tell_one(row: Shown, preview: Preview, names: dict[int, str]) -> Told:
    """One row in words."""
    values = dict(row.values)
    if row.outcome == Outcome.NEW and row.owner is not None:
        values["enterprise"] = preview.owners[row.owner]["name"]
        values["tax_code"] = preview.owners[row.owner]["tax_code"]
    return Told(
        row.line, row.outcome, row.name, row.number, row.held,
        [(str(FIELDS[name]), show_value(name, values[name], names)) for name in ORDER
         if values.get(name) not in (None, "") and name != "name"],
        [(str(FIELDS[name]), show_value(name, row.changes[name][0], names),
          show_value(name, row.changes[name][1], names))
         for name in ORDER if name in row.changes],
        [explain(issue) for issue in row.issues], [explain(note) for note in row.notes])
