"""How criteria sets are read, and how sets and surveys become the plain data that the scoring takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from foundation.db import db
from foundation.errors import NotFound
from surveys.models import CriteriaSet, Group, Survey
from surveys.queries.content import content_of
from surveys.rules.completeness import Attached
from surveys.rules.content import rules_from
from surveys.rules.form import FormRules, Record, record_from
from surveys.rules.manifest import attached


@dataclass(frozen=True)
class PlainSet:
    """A criteria set without its rows: how it scores, the ids of its rows and its titles (vi, en) by code."""

    id: int
    rules: FormRules
    criteria: Mapping[str, int]
    categories: Mapping[str, int]
    titles: Mapping[str, tuple[str, str]]


SetKey = tuple[int, str, str, datetime | None]  # id, code, version, published_at
SETS: dict[SetKey, PlainSet] = {}  # the published ones, which never change


def plain_set(key: SetKey) -> PlainSet:
    """A set by its id, code, version and moment of publication; remembered once it is published."""
    return SETS.get(key) or plain_from(get_criteria_set(key[0]))


def plain_from(criteria_set: CriteriaSet) -> PlainSet:
    """The set as plain data; remembered once it is published."""
    key = (criteria_set.id, criteria_set.code, criteria_set.version, criteria_set.published_at)
    if key in SETS:
        return SETS[key]
    criteria = [criterion for group in criteria_set.groups for criterion in group.criteria]
    plain = PlainSet(
        id=criteria_set.id, rules=rules_from(content_of(criteria_set)),
        criteria={row.code: row.id for row in criteria},
        categories={row.code: row.id for row in criteria_set.categories},
        titles={row.code: (row.title_vi, row.title_en) for row in criteria}
        | {row.code: (row.name_vi, row.name_en) for row in criteria_set.categories})
    if criteria_set.published_at is not None:
        SETS[key] = plain
    return plain


def rules_of(criteria_set: CriteriaSet) -> FormRules:
    """The set as the scoring reads it."""
    return plain_from(criteria_set).rules


def record_of(survey: Survey) -> Record:
    """Everything of a survey that counts."""
    return record_from(survey.document, survey.kind)


def attached_to(survey: Survey) -> list[Attached]:
    """The evidence that stands, as `completeness.missing` takes it."""
    return attached(survey.manifest)


def list_criteria_sets() -> list[CriteriaSet]:
    """All sets: drafts first, then the newest published."""
    found = db.session.scalars(select(CriteriaSet).order_by(CriteriaSet.created_at.desc(), CriteriaSet.id.desc()))
    return sorted(found, key=lambda item: (item.published_at is not None, item.retired_at is not None))


def get_criteria_set(set_id: int) -> CriteriaSet:
    """One set with everything in it. Raises NotFound."""
    found = db.session.scalar(select(CriteriaSet).where(CriteriaSet.id == set_id).options(*WHOLE))
    if found is None:
        raise NotFound(_("There is no such criteria set."))
    return found


def find_criteria_set(code: str, version: str) -> CriteriaSet | None:
    """The set of this code and version."""
    return db.session.scalar(
        select(CriteriaSet).where(CriteriaSet.code == code, CriteriaSet.version == version).options(*WHOLE))


def find_newer_set(criteria_set: CriteriaSet) -> CriteriaSet | None:
    """The newest set of the same code that is published later than this one and not retired, with everything in it."""
    if criteria_set.published_at is None:
        return None
    return db.session.scalar(select(CriteriaSet).where(
        CriteriaSet.code == criteria_set.code, CriteriaSet.published_at > criteria_set.published_at,
        CriteriaSet.retired_at.is_(None)).order_by(
        CriteriaSet.published_at.desc(), CriteriaSet.id.desc()).limit(1).options(*WHOLE))


def list_versions(code: str, *, but: int | None = None) -> Iterable[CriteriaSet]:
    """Every version of a code with everything in it, oldest first; without the set `but`."""
    wanted = select(CriteriaSet).where(CriteriaSet.code == code, CriteriaSet.id != (but or 0))
    return db.session.scalars(wanted.order_by(CriteriaSet.id).options(*WHOLE)).all()


WHOLE = (
    selectinload(CriteriaSet.groups).selectinload(Group.criteria),
    selectinload(CriteriaSet.categories),
    selectinload(CriteriaSet.levels),
)
