"""What the door reads of a survey before it writes: few statements, plain values, no rows of the session."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
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
from surveys.rules.results import Score
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
SEALED: dict[tuple[str, int], "Held"] = {}  # of late, by survey and member: only the standing still changes
MOST_SEALED = 100
SPACE: Any = literal_column("' '")
HERE = Prepared(  # one row to fetch, however many files
    select(func.aggregate_strings(FILE.id + SPACE + FILE.received_sha256, SPACE).label("files"))
    .where(FILE.survey_id == bindparam("survey")))
NOW = Prepared(select(*STANDING).where(SURVEY.id == bindparam("survey")))
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
    scored: Score | None = None  # where it has just been worked out


def find_ground(visit_id: int, user_id: int) -> Ground | None:
    """What the surveys of a visit stand on."""
    row = GROUND.first(visit=visit_id, person=user_id)
    return row and Ground(*with_set(row))


def find_held(survey_id: str, user_id: int) -> Held | None:
    """A survey as it stands in the database."""
    row = HELD.first(survey=survey_id, person=user_id)
    return row and Held(*with_set(row))


def find_lately(survey_id: str, user_id: int) -> Held | None:
    """The same; a sealed one perhaps as it was a while ago, see `find_now`."""
    known = SEALED.get((survey_id, user_id))
    if known is None and (known := find_held(survey_id, user_id)) and known.delivered_at and known.is_member:
        remember(known, user_id)
    return known


def remember(sealed: Held, user_id: int) -> None:
    """Keep what stands in the database of a sealed survey: soon its files come, one after the other."""
    if len(SEALED) >= MOST_SEALED:
        SEALED.clear()
    SEALED[sealed.id, user_id] = sealed


def find_now(survey_id: str, user_id: int, known: Held | None) -> Held:
    """The same at this moment, read anew only when it is not as `known` any more."""
    now = NOW.first(survey=survey_id) if known else None
    if known and now == tuple(getattr(known, name) for name in STANDING_NAMES):
        return known
    SEALED.pop((survey_id, user_id), None)
    found = find_lately(survey_id, user_id)
    assert found
    return found


def list_hashes(survey_id: str) -> dict[str, str]:
    """The hash of each file of a survey that has arrived, by its id."""
    row = HERE.first(survey=survey_id)
    words = (row and row.files or "").split()
    return dict(zip(words[::2], words[1::2], strict=True))


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
