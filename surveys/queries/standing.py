"""What the door reads of a survey before it writes: few statements, plain values, no rows of the session."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, exists, select

from foundation.clock import find_on
from foundation.db import run, table_of
from retail.models import Establishment, Location
from retail.rules import Kind
from surveys.models import CriteriaSet, Evidence, Survey, Visit, VisitMember
from surveys.queries.criteria import PlainSet, plain_set
from surveys.rules.arriving import Standing
from surveys.rules.document import Document
from surveys.rules.manifest import Manifest
from territory.models import AdminUnit

SURVEY, VISIT, TEAM, SET, STORE, PLACE, UNIT, FILE = (table_of(model).c for model in (
    Survey, Visit, VisitMember, CriteriaSet, Establishment, Location, AdminUnit, Evidence))
KEY = (SET.id, SET.code, SET.version, SET.published_at)
IS_MEMBER = exists().where(TEAM.visit_id == VISIT.id, TEAM.user_id == bindparam("person"))
GROUND = (  # in the order of the fields of Ground
    select(VISIT.id, STORE.id, STORE.name, STORE.kind, VISIT.is_demo, VISIT.cancelled_at, VISIT.follows_id, IS_MEMBER,
           *KEY)
    .join_from(table_of(Visit), table_of(Establishment), VISIT.establishment_id == STORE.id)
    .join(table_of(CriteriaSet), VISIT.criteria_set_id == SET.id).where(VISIT.id == bindparam("visit")))
STANDING = tuple(SURVEY[field.name] for field in fields(Standing))
SHELF = (  # in the order of the fields of Shelf
    select(*STANDING, SURVEY.id, SURVEY.manifest, IS_MEMBER, *KEY)
    .join_from(table_of(Survey), table_of(Visit), SURVEY.visit_id == VISIT.id)
    .join(table_of(CriteriaSet), SURVEY.criteria_set_id == SET.id).where(SURVEY.id == bindparam("survey")))
NOW = select(*STANDING).where(SURVEY.id == bindparam("survey"))
HERE = select(FILE.id, FILE.received_sha256).where(FILE.survey_id == bindparam("survey"))
HELD = (  # in the order of the fields of Held
    select(*STANDING, SURVEY.id, SURVEY.visit_id, SURVEY.kind, SURVEY.updated_at, SURVEY.document, SURVEY.manifest,
           SURVEY.receipt, SURVEY.completion, SURVEY.twin_of_id, SURVEY.score, VISIT.follows_id, IS_MEMBER, *KEY)
    .join_from(table_of(Survey), table_of(Visit), SURVEY.visit_id == VISIT.id)
    .join(table_of(CriteriaSet), SURVEY.criteria_set_id == SET.id).where(SURVEY.id == bindparam("survey")))
PLACES = (
    select(PLACE.unit_id, PLACE.address, UNIT.name, PLACE.valid_from, PLACE.valid_to)
    .join_from(table_of(Location), table_of(AdminUnit), PLACE.unit_id == UNIT.id)
    .where(PLACE.establishment_id == bindparam("establishment")).order_by(PLACE.valid_from))
FILES = (
    select(*FILE).join_from(table_of(Evidence), table_of(Survey), FILE.survey_id == SURVEY.id)
    .where(SURVEY.visit_id == bindparam("visit")))
NAMES = select(SURVEY.manifest).where(SURVEY.visit_id == bindparam("visit"), SURVEY.id != bindparam("survey"))


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
    receipt: str | None
    completion: str | None
    twin_of_id: str | None
    score: dict[str, Any] | None
    follows_id: str | None
    is_member: bool
    plain: PlainSet


@dataclass(frozen=True)
class Shelf(Standing):
    """A survey as far as its files go: what its manifest names."""

    id: str
    manifest: Manifest
    is_member: bool
    plain: PlainSet


def find_ground(visit_id: int, user_id: int) -> Ground | None:
    """What the surveys of a visit stand on."""
    row = run(GROUND, {"visit": visit_id, "person": user_id}).one_or_none()
    return None if row is None else Ground(**with_set(row, Ground))


def find_held(survey_id: str, user_id: int) -> Held | None:
    """A survey as it stands in the database."""
    row = run(HELD, {"survey": survey_id, "person": user_id}).one_or_none()
    return None if row is None else Held(**with_set(row, Held))


def find_shelf(survey_id: str, user_id: int) -> Shelf | None:
    """A survey as far as its files go."""
    row = run(SHELF, {"survey": survey_id, "person": user_id}).one_or_none()
    return None if row is None else Shelf(**with_set(row, Shelf))


def find_shelf_now(shelf: Shelf, user_id: int) -> Shelf:
    """The same at this moment; read anew as a whole only when it was changed in between."""
    now = run(NOW, {"survey": shelf.id}).one()
    if tuple(now) == tuple(getattr(shelf, field.name) for field in fields(Standing)):
        return shelf
    found = find_shelf(shelf.id, user_id)
    assert found
    return found


def list_hashes(survey_id: str) -> dict[str, str]:
    """The hash of each file of a survey that has arrived, by its id."""
    return {row.id: row.received_sha256 for row in run(HERE, {"survey": survey_id})}


def with_set(row: Row, shape: type) -> dict[str, Any]:
    """The fields of a row in the order they were asked for; the last four name the criteria set."""
    values: tuple[Any, ...] = tuple(row)
    names = [field.name for field in fields(shape)]
    return dict(zip(names, [*values[:-4], plain_set(values[-4:])], strict=True))


def find_place(establishment_id: int, day: date) -> tuple[int, str] | None:
    """The commune and the address of an establishment on a day; its first for a day before it was known."""
    rows = run(PLACES, {"establishment": establishment_id}).all()
    found = find_on(rows, day) or (rows[0] if rows else None)
    return found and (found.unit_id, ", ".join(part for part in (found.address, found.name) if part))


def list_names(visit_id: int, *, but: str) -> set[str]:
    """The names of the files that the other surveys of a visit wait for or hold."""
    manifests = run(NAMES, {"visit": visit_id, "survey": but}).scalars()
    return {item["id"] for manifest in manifests for item in manifest}


def list_files(visit_id: int) -> Sequence[Row]:
    """Every file that has arrived for any survey of a visit."""
    return run(FILES, {"visit": visit_id}).all()
