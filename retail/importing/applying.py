"""Write a confirmed plan: all or nothing, in bulk, and every write in the audit trail. Flushes, never commits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from flask_babel import gettext as _
from sqlalchemy import func, insert, literal, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import User
from foundation import audit, clock
from foundation.db import Base, Choice, db
from foundation.numbers import FOREVER, take_numbers
from foundation.text import sort_key
from retail.actions.enterprises import change_enterprise, words_of
from retail.actions.establishments import OWN, SERIES, describe, place_names, snapshot, start_on
from retail.actions.spans import turn
from retail.importing.planning import Outcome
from retail.importing.previews import Preview, Shown
from retail.models import Enterprise, Establishment, Location, RegisterImport, StatusSpan
from retail.rules import Status, search_text, show_number
from territory.models import AdminUnit

CHUNK = 1_000
ESTABLISHMENTS, LOCATIONS, STATUSES = (
    Base.metadata.tables[model.__tablename__] for model in (Establishment, Location, StatusSpan))
NOTHING = {field: "" if field == "note" or field.startswith("contact_") else None for field in OWN}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Applied:
    """What one import writes with: the enterprises by their place in the plan, the communes by id, who and when."""

    owners: list[tuple[int, str, str]]  # id, name, tax code
    units: dict[int, AdminUnit]
    by: User
    at: datetime
    reason: str

    @property
    def today(self) -> date:
        return clock.local(self.at).date()


def apply_preview(preview: Preview, done: RegisterImport, *, by: User, at: datetime) -> None:
    """Write what a preview shows. The caller has made sure that it still holds."""
    units = {unit.id: unit for unit in db.session.scalars(
        select(AdminUnit).where(AdminUnit.id.in_(preview.units)).options(joinedload(AdminUnit.parent)))}
    owners = list(write_owners(preview.owners, by=by, at=at))
    applied = Applied(owners, units, by, at, _("From the list “%(file)s”", file=done.file_name)[:300])
    count = preview.counts.get(Outcome.NEW, 0)
    numbers = take_numbers(SERIES, FOREVER, count) if count else range(0)
    given = iter(numbers)
    for rows in chunks(preview.rows(Outcome.NEW), CHUNK):
        add(rows, [show_number(next(given)) for _row in rows], applied)
    for rows in chunks(preview.rows(Outcome.CHANGED), CHUNK):
        audit.record_many(change(rows, applied), by=by, at=at)
    done.confirmed_at = at
    audit.record("import_register", done, by=by, at=at, file=done.file_name, sha256=done.sha256, counts=done.counts,
                 added=[show_number(numbers[0]), show_number(numbers[-1])] if count else [])


def chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Rows in lists of a size."""
    left = iter(rows)
    while part := list(islice(left, size)):
        yield part


def write_owners(owners: list[dict[str, Any]], *, by: User, at: datetime) -> Iterator[tuple[int, str, str]]:
    """Add the new enterprises, complete those whose tax code was not known; (id, name, tax code) in their order."""
    new = [owner for owner in owners if owner["id"] is None]
    ids = iter(db.session.scalars(insert(Enterprise).returning(Enterprise.id, sort_by_parameter_order=True), [
        {"name": owner["name"], "tax_code": owner["tax_code"] or None, "is_demo": False, "created_at": at,
         "search_text": words_of(owner["name"], owner["tax_code"])} for owner in new]).all() if new else ())
    entries = []
    for owner in owners:
        after = {"name": owner["name"], "tax_code": owner["tax_code"] or None}
        if owner["id"] is None:
            owner = {**owner, "id": next(ids)}
            entries.append(("add_enterprise", "Enterprise", owner["id"], {"after": after}))
        elif owner["is_new"]:
            change_enterprise(db.session.get_one(Enterprise, owner["id"]), **after, by=by, at=at)
        yield owner["id"], owner["name"], owner["tax_code"]
    audit.record_many(entries, by=by, at=at)


def add(rows: list[Shown], numbers: list[str], applied: Applied) -> None:
    """Insert new establishments with their statuses and places."""
    found = [record_of(row, number, applied) for row, number in zip(rows, numbers, strict=True)]
    db.session.execute(insert(ESTABLISHMENTS), found)
    ids: dict[str, int] = dict(db.session.execute(
        select(Establishment.number, Establishment.id).where(Establishment.number.in_(numbers))).all())
    pairs = [(row, ids[number]) for row, number in zip(rows, numbers, strict=True)]
    db.session.execute(insert(LOCATIONS), [
        {"establishment_id": one, "unit_id": row.values["unit_id"], "address": row.values.get("address", ""),
         "lat": row.values.get("lat"), "lon": row.values.get("lon"), "valid_from": first_day(row, applied.today),
         "valid_to": None} for row, one in pairs])
    trading = [one for row, one in pairs if row.values["status"] == Status.OPERATING]
    db.session.execute(insert(StatusSpan).from_select(
        ["establishment_id", "status", "valid_from", "reason"],
        select(Establishment.id, literal(Status.OPERATING, Choice(Status, 10)),
               func.coalesce(Establishment.opened_on, applied.today), literal(""))
        .where(Establishment.id.in_(trading))))
    if others := [{"establishment_id": one, **span} for row, one in pairs if row.values["status"] != Status.OPERATING
                  for span in spans_of(row, applied)]:
        db.session.execute(insert(STATUSES), others)


def record_of(row: Shown, number: str, applied: Applied) -> dict[str, Any]:
    """A new establishment as its table keeps it."""
    owner_id, owner_name, tax_code = applied.owners[row.owner or 0]
    values = row.values
    return {
        **NOTHING, **{field: values[field] for field in OWN if field in values}, "number": number,
        "enterprise_id": owner_id, "parent_id": None, "is_demo": False, "branch_code": values.get("branch_code"),
        "created_at": applied.at, "updated_at": applied.at, "sort_key": sort_key(values["name"]),
        "search_text": search_text(values["name"], number, owner_name, tax_code, values.get("branch_code"),
                                   values.get("address"), *place_names(applied.units[values["unit_id"]]))}


def first_day(row: Shown, today: date) -> date:
    """Since when a new establishment is known: its opening day, else the day it closed or paused, else today."""
    return row.values.get("opened_on") or row.values.get("status_on") or today


def spans_of(row: Shown, applied: Applied) -> Iterator[dict[str, Any]]:
    """The statuses of one that is paused or closed: operating before, where anything is known of before."""
    since, turned = first_day(row, applied.today), row.values.get("status_on") or applied.today
    if turned > since:
        yield {"status": Status.OPERATING, "valid_from": since, "valid_to": turned, "reason": ""}
    yield {"status": Status(row.values["status"]), "valid_from": turned, "valid_to": None, "reason": applied.reason}


def change(rows: list[Shown], applied: Applied) -> Iterator[tuple[str, str, int, dict[str, Any]]]:
    """Correct establishments; their audit entries."""
    found = {one.id: one for one in db.session.scalars(
        select(Establishment).where(Establishment.id.in_([row.held for row in rows]))
        .options(selectinload(Establishment.statuses), joinedload(Establishment.enterprise),
                 joinedload(Establishment.parent),
                 selectinload(Establishment.locations).joinedload(Location.unit).joinedload(AdminUnit.parent)))}
    enterprises = {one.id: one for one in db.session.scalars(select(Enterprise).where(
        Enterprise.id.in_({applied.owners[row.owner][0] for row in rows if row.owner is not None})))}
    for row in rows:
        establishment = found[row.held or 0]
        before = snapshot(establishment) | status_of(establishment)
        owner = enterprises[applied.owners[row.owner][0]] if row.owner is not None else None
        correct(establishment, row, owner, applied)
        after = snapshot(establishment) | status_of(establishment)
        changed = [key for key in after if after[key] != before[key]]
        yield ("change_establishment", "Establishment", establishment.id, {
            "before": {key: before[key] for key in changed}, "after": {key: after[key] for key in changed}})
    db.session.flush()


def status_of(establishment: Establishment) -> dict[str, Any]:
    """Its latest status, for the audit trail."""
    last = establishment.statuses[-1]
    return {"status": last.status, "since": last.valid_from}


def correct(establishment: Establishment, row: Shown, owner: Enterprise | None, applied: Applied) -> None:
    """Take over what a line says otherwise than the register: corrections, as on the form; the status with its day."""
    after = {name: pair[1] for name, pair in row.changes.items()}
    if "opened_on" in after:
        start_on(establishment, after["opened_on"])
    here = establishment.locations[-1]
    for name in (*OWN, "branch_code"):
        if name in after:
            setattr(establishment, name, after[name])
    for name in ("address", "lat", "lon"):
        if name in after:
            setattr(here, name, after[name])
    if "unit_id" in after:
        here.unit = applied.units[after["unit_id"]]
    if owner is not None and "enterprise" in after:
        establishment.enterprise = owner
    if "status" in after:
        turn(establishment, Status(after["status"]), after["status_on"], applied.reason)
    describe(establishment)
    establishment.updated_at = applied.at
