"""How criteria sets are read, and how sets and surveys become the plain data that the scoring takes."""

from collections.abc import Iterable
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from foundation.db import db
from foundation.errors import NotFound
from surveys.models import Answer as AnswerRow
from surveys.models import BagSample, CriteriaSet, Group, PackagingLine, Survey
from surveys.queries.content import content_of
from surveys.rules.completeness import Attached
from surveys.rules.content import rules_from
from surveys.rules.form import Answer, Bag, FormRules, Line, Record, Tally

RULES: dict[tuple, FormRules] = {}  # of published sets, which never change


def rules_of(criteria_set: CriteriaSet) -> FormRules:
    """The set as the scoring reads it; remembered once it is published."""
    if criteria_set.published_at is None:
        return rules_from(content_of(criteria_set))
    key = (criteria_set.id, criteria_set.code, criteria_set.version, criteria_set.published_at)
    if key not in RULES:
        RULES[key] = rules_from(content_of(criteria_set))
    return RULES[key]


def record_of(survey: Survey) -> Record:
    """Everything of a survey that counts."""
    counted = (survey.tally_plastic, survey.tally_eco, survey.tally_own, survey.tally_none)
    return Record(
        kind=survey.kind,
        answers={answer.criterion.code: answer_of(answer) for answer in survey.answers},
        lines=tuple(line_of(line) for line in survey.lines),
        bags=tuple(bag_of(bag) for bag in survey.bags),
        tally=None if all(n is None for n in counted) else Tally(*(n or 0 for n in counted)),
        receipts=survey.receipts, period_from=survey.period_from, period_to=survey.period_to,
        count_method=survey.count_method, counted_by=survey.counted_by)


def answer_of(row: AnswerRow) -> Answer:
    """One answer."""
    return Answer(yes=row.yes, step=row.step, numerator=row.numerator, denominator=row.denominator,
                  number=row.number, na=row.not_applicable, na_reason=row.na_reason)


def line_of(row: PackagingLine) -> Line:
    """One line of the packaging sheet."""
    return Line(
        category=row.category.code, material_class=row.material_class, opening=row.opening, purchased=row.purchased,
        closing=row.closing, returned=row.returned, proof_number=row.proof_number, proof_holder=row.proof_holder,
        proof_expires_on=row.proof_expires_on, has_statement=row.has_statement)


def bag_of(row: BagSample) -> Bag:
    """One measured bag."""
    return Bag(row.width_cm, row.height_cm, tuple(None if text is None else Decimal(text) for text in row.readings_um),
               row.hard_to_degrade, row.prepack)


def attached_to(survey: Survey) -> list[Attached]:
    """The evidence that still stands, as `completeness.missing` takes it."""
    return [Attached(piece.kind, piece.criterion.code if piece.criterion else None,
                     piece.category.code if piece.category else None)
            for piece in survey.evidence if piece.removed_at is None]


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
