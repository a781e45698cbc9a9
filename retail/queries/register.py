"""The register's list: search, filters, paging, and the walk an export takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import User
from accounts.permissions import Permission
from foundation.audit import AuditEntry
from foundation.db import db
from foundation.text import fold
from retail.models import Establishment, Location, StatusSpan
from retail.queries.scope import in_scope, lies_within
from retail.rules import COUNTED, Kind, Status
from territory.models import AdminUnit
from territory.queries import current_units

PAGE = 50
LARGE = 20_000  # establishments; above, lists are not counted to the end
AHEAD = 4 * PAGE  # how far they are then
LAST = 1_000_000  # page; a larger number is no page
WORDS = 10
BATCH = 500


@dataclass(frozen=True)
class Filter:
    """What is looked for; None and the empty text ask nothing."""

    text: str = ""
    kind: Kind | None = None
    recorded_class: int | None = None
    status: Status | None = None
    territory_id: int | None = None
    counted: bool | None = None


@dataclass(frozen=True)
class Row:
    """An establishment as lists show it on a day: its status, its place, and the commune of that day there."""

    one: Establishment
    status: Status | None
    place: Location
    unit: AdminUnit


@dataclass(frozen=True)
class Page:
    """One page of the list. `total` counts all that match; with `more`, there are more than that."""

    rows: list[Row]
    number: int
    total: int
    more: bool

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def matching(user: User, wanted: Filter, on: date) -> Select:
    """A select of the ids this person may see that match a filter on a day, not ordered yet."""
    return select(Establishment.id).where(in_scope(user, Permission.SEE_REGISTER), *conditions(wanted, on))


def conditions(wanted: Filter, on: date) -> Iterator[ColumnElement[bool]]:
    """The filter as conditions on Establishment."""
    for word in fold(wanted.text).split()[:WORDS]:
        yield Establishment.search_text.contains(word, autoescape=True)
    if wanted.kind:
        yield Establishment.kind == wanted.kind
    if wanted.recorded_class:
        yield Establishment.recorded_class == wanted.recorded_class
    if wanted.counted is not None:
        yield Establishment.kind.in_(COUNTED) if wanted.counted else Establishment.kind.not_in(COUNTED)
    if wanted.territory_id:
        yield lies_within({wanted.territory_id})
    if wanted.status:
        yield exists().where(holds(StatusSpan, on), StatusSpan.status == wanted.status)


def holds(span: type[StatusSpan] | type[Location], on: date) -> ColumnElement[bool]:
    """A condition on a dated row of Establishment: it holds on a day."""
    return and_(span.establishment_id == Establishment.id, span.valid_from <= on,
                or_(span.valid_to.is_(None), span.valid_to > on))


def list_page(user: User, wanted: Filter, on: date, number: int) -> Page:
    """A page of the list in Vietnamese order. Past the end, the first one.

    The ids of all later pages come along: their number is the count. In a large register counting would cost many times
    the page itself, so there only AHEAD of them are looked for.
    """
    number = min(max(number, 1), LAST)
    start = (number - 1) * PAGE
    is_large = (db.session.scalar(select(func.max(Establishment.id))) or 0) > LARGE
    ahead = AHEAD if is_large else LARGE
    ids = list(db.session.scalars(in_order(matching(user, wanted, on)).offset(start).limit(ahead + 1)))
    if not ids and number > 1:
        return list_page(user, wanted, on, 1)
    return Page(list_rows(ids[:PAGE], on), number, start + min(len(ids), ahead), len(ids) > ahead)


def in_order(ids: Select) -> Select:
    """Vietnamese order, and the same order every time."""
    return ids.order_by(Establishment.sort_key, Establishment.id)


def list_rows(ids: list[int], on: date) -> list[Row]:
    """These establishments as lists show them, in this order.

    Their ids were read from the index alone by another statement: joined in one, SQLite walks the whole register.
    """
    found = db.session.execute(
        select(Establishment, StatusSpan.status, Location).where(Establishment.id.in_(ids))
        .join(Establishment.enterprise).outerjoin(StatusSpan, holds(StatusSpan, on))
        .outerjoin(Location, holds(Location, on))
        .options(contains_eager(Establishment.enterprise), joinedload(Location.unit)))
    rows = {one.id: (one, status, place or one.locations[0]) for one, status, place in found}
    units = current_units([place.unit for _one, _status, place in rows.values()], on)
    return [Row(one, status, place, units[place.unit_id]) for one, status, place in map(rows.__getitem__, ids)]


def walk(user: User, wanted: Filter, on: date) -> Iterator[Row]:
    """Every match in Vietnamese order, a batch at a time; the session forgets what nobody holds."""
    ids = in_order(matching(user, wanted, on)).limit(BATCH)
    batch = list_rows(list(db.session.scalars(ids)), on)
    while batch:
        yield from batch
        last = batch[-1].one
        after = tuple_(Establishment.sort_key, Establishment.id) > (last.sort_key, last.id)
        batch = list_rows(list(db.session.scalars(ids.where(after))), on)


def list_history(establishment: Establishment, limit: int = 30) -> list[AuditEntry]:
    """What was written about an establishment, latest first."""
    return list(db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject_id == str(establishment.id),
                                 AuditEntry.subject_kind == "Establishment")
        .order_by(AuditEntry.id.desc()).limit(limit)))
