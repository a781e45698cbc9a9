"""How criteria sets are read, and how sets and surveys become the plain data that the scoring takes."""

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from foundation.db import db
from foundation.errors import NotFound
from surveys.models import Answer as AnswerRow
from surveys.models import BagSample, CriteriaSet, Criterion, Group, PackagingLine, Survey
from surveys.rules.completeness import Attached
from surveys.rules.form import (
    Answer,
    Bag,
    CategoryRule,
    CriterionRule,
    FormRules,
    GroupRule,
    LevelRule,
    Line,
    Record,
    Tally,
)
from surveys.rules.words import EvidenceKind, MaterialClass

RULES: dict[tuple, FormRules] = {}  # of published sets, which never change


def rules_of(criteria_set: CriteriaSet) -> FormRules:
    """The set as the scoring reads it; remembered once it is published."""
    if criteria_set.published_at is None:
        return build_rules(criteria_set)
    key = (criteria_set.id, criteria_set.code, criteria_set.version, criteria_set.published_at)
    if key not in RULES:
        RULES[key] = build_rules(criteria_set)
    return RULES[key]


def build_rules(criteria_set: CriteriaSet) -> FormRules:
    """The set as it stands now."""
    return FormRules(
        groups=tuple(GroupRule(group.code, group.weight, tuple(criterion_rule(c) for c in group.criteria))
                     for group in criteria_set.groups),
        categories=tuple(CategoryRule(c.code, c.grams, c.in_ratio, c.sub_share, c.takes_tally)
                         for c in criteria_set.categories),
        levels=tuple(LevelRule(level.rank, level.least_total, level.least_group,
                               {code: numeric(least) for code, least in level.least_by_group.items()})
                     for level in criteria_set.levels),
        accepted=frozenset(MaterialClass(name) for name in criteria_set.accepted_classes),
    )


def numeric(text: str) -> Decimal:
    """A figure kept as text in JSON."""
    return Decimal(str(text))


def criterion_rule(criterion: Criterion) -> CriterionRule:
    """One question as the scoring reads it."""
    return CriterionRule(
        code=criterion.code, type=criterion.type, weight=criterion.weight, is_must=criterion.is_must,
        applies_to=criterion.applies_to,
        lo=Decimal(0) if criterion.lo is None else criterion.lo,
        hi=Decimal(100) if criterion.hi is None else criterion.hi,
        bands=tuple((int(least), numeric(points)) for least, points in criterion.bands or ()),
        measure=criterion.measure, instrument=criterion.instrument, na_allowed=criterion.na_allowed,
        evidence_kinds=tuple(EvidenceKind(kind) for kind in criterion.evidence_kinds),
        counts_for_coverage=criterion.counts_for_coverage)


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
    return Bag(row.width_cm, row.height_cm, tuple(None if text is None else numeric(text) for text in row.readings_um),
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
        raise NotFound("There is no such criteria set.")
    return found


def find_criteria_set(code: str, version: str) -> CriteriaSet | None:
    """The set of this code and version."""
    return db.session.scalar(
        select(CriteriaSet).where(CriteriaSet.code == code, CriteriaSet.version == version).options(*WHOLE))


def list_versions(code: str, *, but: int | None = None) -> Iterable[CriteriaSet]:
    """Every version of a code with everything in it, oldest first; without the set `but`."""
    wanted = select(CriteriaSet).where(CriteriaSet.code == code, CriteriaSet.id != (but or 0))
    return db.session.scalars(wanted.order_by(CriteriaSet.id).options(*WHOLE)).all()


WHOLE = (
    selectinload(CriteriaSet.groups).selectinload(Group.criteria),
    selectinload(CriteriaSet.categories),
    selectinload(CriteriaSet.levels),
)
