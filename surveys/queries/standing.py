"""What the door reads of a survey before it writes: few statements, plain values, no rows of the session."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, exists, func, literal_column, select

from foundation.clock import find_on
from foundation.db import table_of
from foundation.prepared import Prepared
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
IS_MEMBER = exists().where(TEAM.visit_id == VISIT.id, TEAM.user_id == bindparam("person")).label("is_member")
GROUND = Prepared(  # in the order of the fields of Ground
    select(VISIT.id, STORE.id, STORE.name, STORE.kind, VISIT.is_demo, VISIT.cancelled_at, VISIT.follows_id, IS_MEMBER,
           *KEY)
    .join_from(table_of(Visit), table_of(Establishment), VISIT.establishment_id == STORE.id)
    .join(table_of(CriteriaSet), VISIT.criteria_set_id == SET.id).where(VISIT.id == bindparam("visit")))
STANDING_NAMES = [field.name for field in fields(Standing)]
STANDING = tuple(SURVEY[name] for name in STANDING_NAMES)
MANIFEST = Prepared(select(SURVEY.manifest).where(SURVEY.id == bindparam("survey")))
ARRIVED = select(func.count(FILE.id)).where(FILE.survey_id == SURVEY.id).scalar_subquery().label("arrived")
SHELF = Prepared(  # in the order of the fields of Shelf
    select(*STANDING, SURVEY.id, ARRIVED, IS_MEMBER, *KEY)
    .join_from(table_of(Survey), table_of(Visit), SURVEY.visit_id == VISIT.id)
    .join(table_of(CriteriaSet), SURVEY.criteria_set_id == SET.id).where(SURVEY.id == bindparam("survey")))
SPACE: Any = literal_column("' '")
HERE = select(func.aggregate_strings(FILE.id + SPACE + FILE.received_sha256, SPACE)).where(
    FILE.survey_id == SURVEY.id).scalar_subquery().label("here")  # one row to fetch, however many files
NOW = Prepared(select(*STANDING, HERE).where(SURVEY.id == bindparam("survey")))
HELD = Prepared(  # in the order of the fields of Held
    select(*STANDING, SURVEY.id, SURVEY.visit_id, SURVEY.kind, SURVEY.updated_at, SURVEY.document, SURVEY.manifest,
           SURVEY.receipt, SURVEY.completion, SURVEY.twin_of_id, SURVEY.score, VISIT.follows_id, IS_MEMBER, *KEY)
    .join_from(table_of(Survey), table_of(Visit), SURVEY.visit_id == VISIT.id)
    .join(table_of(CriteriaSet), SURVEY.criteria_set_id == SET.id).where(SURVEY.id == bindparam("survey")))
PLACES = Prepared(
    select(PLACE.unit_id, PLACE.address, UNIT.name, PLACE.valid_from, PLACE.valid_to)
    .join_from(table_of(Location), table_of(AdminUnit), PLACE.unit_id == UNIT.id)
    .where(PLACE.establishment_id == bindparam("establishment")).order_by(PLACE.valid_from))
FILES = Prepared(
    select(*FILE).join_from(table_of(Evidence), table_of(Survey), FILE.survey_id == SURVEY.id)
    .where(SURVEY.visit_id == bindparam("visit")))
NAMES = Prepared(
    select(SURVEY.manifest).where(SURVEY.visit_id == bindparam("visit"), SURVEY.id != bindparam("survey")))


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
    arrived: int  # files
    is_member: bool
    plain: PlainSet
    manifest: Manifest

    @property
    def lacks_many(self) -> bool:
        """Whether it is sealed, and one file more does not make it whole."""
        return self.delivered_at is not None and self.arrived + 1 < len(self.manifest)


def find_ground(visit_id: int, user_id: int) -> Ground | None:
    """What the surveys of a visit stand on."""
    row = GROUND.first(visit=visit_id, person=user_id)
    return row and Ground(*with_set(row))


def find_held(survey_id: str, user_id: int) -> Held | None:
    """A survey as it stands in the database."""
    row = HELD.first(survey=survey_id, person=user_id)
    return row and Held(*with_set(row))


def find_shelf(survey_id: str, user_id: int) -> Shelf | None:
    """A survey as far as its files go."""
    row = SHELF.first(survey=survey_id, person=user_id)
    if row is None:
        return None
    manifest = sealed_manifest(survey_id) if row.delivered_at else find_manifest(survey_id)
    return Shelf(*with_set(row), manifest)  # type: ignore[call-arg]  # the fields are in the order of the columns


def find_manifest(survey_id: str) -> Manifest:
    """The manifest of a survey."""
    row = MANIFEST.first(survey=survey_id)
    assert row
    return row.manifest


sealed_manifest = lru_cache(maxsize=50)(find_manifest)  # one that is sealed never changes; its files come one by one


def find_shelf_now(survey_id: str, user_id: int, known: Shelf | None) -> tuple[Shelf, dict[str, str]]:
    """The same at this moment, read anew as a whole only when it is not as `known` any more; and what is here of it.

    What is here: the hash of each file that has arrived, by its id.
    """
    now = NOW.first(survey=survey_id)
    words = (now.here or "").split() if now else []
    here = dict(zip(words[::2], words[1::2], strict=True))
    if known and now and now[:-1] == tuple(getattr(known, name) for name in STANDING_NAMES):
        return known, here
    found = find_shelf(survey_id, user_id)
    assert found
    return found, here


def with_set(row: tuple) -> tuple[Any, ...]:
    """The values of a row in the order they were asked for; the last four name the criteria set."""
    return *row[:-4], plain_set(row[-4:])


def find_place(establishment_id: int, day: date) -> tuple[int, str] | None:
    """The commune and the address of an establishment on a day; its first for a day before it was known."""
    rows = PLACES.all(establishment=establishment_id)
    found = find_on(rows, day) or (rows[0] if rows else None)
    return found and (found.unit_id, ", ".join(part for part in (found.address, found.name) if part))


def list_names(visit_id: int, *, but: str) -> set[str]:
    """The names of the files that the other surveys of a visit wait for or hold."""
    return {item["id"] for row in NAMES.all(visit=visit_id, survey=but) for item in row.manifest}


def list_files(visit_id: int) -> Sequence[Any]:
    """Every file that has arrived for any survey of a visit, as rows of the table."""
    return FILES.all(visit=visit_id)
