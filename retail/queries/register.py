"""The register's list: search, filters, paging, and the walk an export takes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import User
from accounts.permissions import Permission
from foundation.audit import AuditEntry
from foundation.db import db
from foundation.text import fold
from retail.models import Establishment, Location, StatusSpan
from retail.queries.scope import in_scope, lies_within
from retail.rules import COUNTED, Kind, Status
from territory.models import AdminUnit

PAGE = 50
MOST = 10_000  # counted and paged so far; beyond, the search is narrowed
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
class Page:
    """One page of the list, and how many there are in all: up to MOST, `more` when there are more than that."""

    rows: Sequence[Establishment]
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
        yield exists().where(
            StatusSpan.establishment_id == Establishment.id, StatusSpan.status == wanted.status,
            StatusSpan.valid_from <= on, or_(StatusSpan.valid_to.is_(None), StatusSpan.valid_to > on))


def list_page(user: User, wanted: Filter, on: date, number: int) -> Page:
    """A page of the list, Vietnamese order, with enterprise, statuses and places loaded: five statements.

    Ids come first, from the index alone: a row is fetched only when it is shown. A page past the end is the last one.
    """
    ids = matching(user, wanted, on)
    total = db.session.scalar(select(func.count()).select_from(ids.limit(MOST + 1).subquery())) or 0
    page = Page([], number, min(total, MOST), total > MOST)
    number = min(max(number, 1), page.pages)
    shown = ids.order_by(Establishment.sort_key, Establishment.id).limit(PAGE).offset((number - 1) * PAGE)
    return Page(load(list(db.session.scalars(shown))), number, page.total, page.more)


def load(ids: list[int]) -> Sequence[Establishment]:
    """These establishments with all that a list shows of them, in Vietnamese order."""
    wanted = select(Establishment).where(Establishment.id.in_(ids)).order_by(Establishment.sort_key, Establishment.id)
    return db.session.scalars(wanted.options(
        joinedload(Establishment.enterprise), selectinload(Establishment.statuses),
        selectinload(Establishment.locations).joinedload(Location.unit).joinedload(AdminUnit.parent))).all()


def walk(user: User, wanted: Filter, on: date) -> Iterator[Establishment]:
    """Every match in Vietnamese order, loaded a batch at a time; the session forgets what nobody holds."""
    ids = matching(user, wanted, on).add_columns(Establishment.sort_key).order_by(
        Establishment.sort_key, Establishment.id).limit(BATCH)
    batch = db.session.execute(ids).all()
    while batch:
        yield from load([row.id for row in batch])
        last = batch[-1]
        after = tuple_(Establishment.sort_key, Establishment.id) > (last.sort_key, last.id)
        batch = db.session.execute(ids.where(after)).all()


def list_history(establishment: Establishment, limit: int = 30) -> list[AuditEntry]:
    """What was written about an establishment, latest first."""
    return list(db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject_id == str(establishment.id),
                                 AuditEntry.subject_kind == "Establishment")
        .order_by(AuditEntry.id.desc()).limit(limit)))
