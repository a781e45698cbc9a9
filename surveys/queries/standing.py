"""What the door reads of a survey before it writes: few statements, plain values, no rows of the session."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from foundation.clock import find_on
from foundation.db import db, table_of
from retail.models import Establishment, Location
from retail.rules import Kind
from surveys.models import CriteriaSet, Evidence, Survey, Visit, VisitMember
from surveys.queries.criteria import PlainSet, plain_set
from surveys.rules.arriving import Standing
from surveys.rules.document import Document
from surveys.rules.manifest import Manifest
from surveys.rules.words import SurveyState
from territory.models import AdminUnit

KEY = (CriteriaSet.id, CriteriaSet.code, CriteriaSet.version, CriteriaSet.published_at)
COLUMNS = (
    Survey.revision, Survey.copy_id, Survey.record_sha256, Survey.delivered_at, Survey.moved_at, Survey.id,
    Survey.visit_id, Survey.kind, Survey.updated_at, Survey.document, Survey.manifest, Survey.submitted_at,
    Survey.receipt, Survey.completion, Survey.twin_of_id, Survey.score, Visit.follows_id)


@dataclass(frozen=True)
class Ground:
    """What the surveys of a visit stand on: the establishment as it is now, the criteria set of the visit."""

    visit_id: int
    establishment_id: int
    name: str
    kind: Kind
    is_demo: bool
    cancelled_at: datetime | None
    follows_id: str | None
    is_member: bool
    plain: PlainSet


@dataclass(frozen=True)
class Held(Standing):
    """A survey as it stands. `is_member`: whether the person asked for is in the team of its visit."""

    id: str
    visit_id: int
    kind: Kind
    updated_at: datetime
    document: Document
    manifest: Manifest
    submitted_at: datetime | None
    receipt: str | None
    completion: str | None
    twin_of_id: str | None
    score: dict[str, Any] | None
    follows_id: str | None
    is_member: bool
    plain: PlainSet

    @property
    def state(self) -> SurveyState:
        """As `Survey.state`, whatever reviews said of it."""
        if self.moved_at:
            return SurveyState.MOVED
        if self.submitted_at:
            return SurveyState.SUBMITTED
        return SurveyState.ARRIVING if self.delivered_at else SurveyState.DRAFT


def sends(visit_id: InstrumentedAttribute, user_id: int) -> ColumnElement[bool]:
    """A condition: the person is in the team of the visit."""
    return exists().where(VisitMember.visit_id == visit_id, VisitMember.user_id == user_id)


def find_ground(visit_id: int, user_id: int) -> Ground | None:
    """What the surveys of a visit stand on."""
    row = db.session.execute(
        select(Visit.id, Establishment.id, Establishment.name, Establishment.kind, Visit.is_demo, Visit.cancelled_at,
               Visit.follows_id, sends(Visit.id, user_id), *KEY)
        .join(Visit.establishment).join(Visit.criteria_set).where(Visit.id == visit_id)).one_or_none()
    return None if row is None else Ground(**with_set(row, Ground))


def find_held(survey_id: str, user_id: int) -> Held | None:
    """A survey as it stands in the database."""
    row = db.session.execute(
        select(*COLUMNS, sends(Survey.visit_id, user_id), *KEY)
        .join(Survey.criteria_set).join(Survey.visit).where(Survey.id == survey_id)).one_or_none()
    return None if row is None else Held(**with_set(row, Held))


def with_set(row: Row, shape: type) -> dict[str, Any]:
    """The fields of a row in the order they were asked for; the last four name the criteria set."""
    values: tuple[Any, ...] = tuple(row)
    names = [field.name for field in fields(shape)]
    return dict(zip(names, [*values[:-len(KEY)], plain_set(values[-len(KEY):])], strict=True))


def find_place(establishment_id: int, day: date) -> tuple[int, str] | None:
    """The commune and the address of an establishment on a day; its first for a day before it was known."""
    rows = db.session.execute(
        select(Location.unit_id, Location.address, AdminUnit.name, Location.valid_from, Location.valid_to)
        .join(Location.unit).where(Location.establishment_id == establishment_id).order_by(Location.valid_from)).all()
    found = find_on(rows, day) or (rows[0] if rows else None)
    return found and (found.unit_id, ", ".join(part for part in (found.address, found.name) if part))


def list_files(visit_id: int) -> Sequence[Row]:
    """Every file that has arrived for any survey of a visit."""
    return db.session.execute(
        select(*table_of(Evidence).columns).join(Survey, Evidence.survey_id == Survey.id)
        .where(Survey.visit_id == visit_id)).all()
