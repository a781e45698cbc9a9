"""Everything a criteria set holds, as plain data with the names of its columns: what is copied, imported, checked,
compared and taken away. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from surveys.rules.form import CategoryRule, CriterionRule, FormRules, GroupRule, LevelRule
from surveys.rules.words import AnswerType, Applies, EvidenceKind, Instrument, MaterialClass, Measure, SubShare

Bands = tuple[tuple[int, Decimal], ...]
STEPS = 5  # anchors of a scale
BELOW = ("groups", "criteria", "categories", "levels")  # fields that hold further pieces


@dataclass(frozen=True)
class CriterionContent:
    """One question (see models.Criterion)."""

    code: str
    title_vi: str
    title_en: str
    type: AnswerType
    is_must: bool = False
    weight: Decimal = Decimal(0)
    applies_to: Applies = Applies.ALL
    lo: Decimal | None = None
    hi: Decimal | None = None
    bands: Bands | None = None
    anchors_vi: tuple[str, ...] | None = None
    anchors_en: tuple[str, ...] | None = None
    measure: Measure | None = None
    instrument: Instrument | None = None
    na_allowed: bool = False
    na_hint_vi: str = ""
    na_hint_en: str = ""
    evidence_vi: str = ""
    evidence_en: str = ""
    evidence_kinds: tuple[EvidenceKind, ...] = ()
    counts_for_coverage: bool = False
    basis: str = ""


@dataclass(frozen=True)
class GroupContent:
    """A heading with its points and questions."""

    code: str
    title_vi: str
    title_en: str
    weight: Decimal
    criteria: tuple[CriterionContent, ...] = ()


@dataclass(frozen=True)
class CategoryContent:
    """A line of the packaging sheet (see models.PackagingCategory)."""

    code: str
    name_vi: str
    name_en: str
    unit_vi: str
    unit_en: str
    grams: Decimal
    weighed_on: date | None = None
    weighed_by: str = ""
    in_ratio: bool = True
    sub_share: SubShare | None = None
    takes_tally: bool = False
    legal_basis: str = ""


@dataclass(frozen=True)
class LevelContent:
    """What a level asks for."""

    rank: int
    name_vi: str
    name_en: str
    least_total: Decimal
    least_group: Decimal
    least_by_group: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class SetContent:
    """A whole set."""

    code: str
    version: str
    name_vi: str
    name_en: str
    standing_vi: str = ""
    standing_en: str = ""
    legal_basis: str = ""
    accepted_classes: tuple[MaterialClass, ...] = ()
    validity_months: int = 36
    groups: tuple[GroupContent, ...] = ()
    categories: tuple[CategoryContent, ...] = ()
    levels: tuple[LevelContent, ...] = ()

    @property
    def criteria(self) -> tuple[CriterionContent, ...]:
        """Every question in order."""
        return tuple(criterion for group in self.groups for criterion in group.criteria)


def names_of(shape: type) -> list[str]:
    """The fields of one kind of content without the pieces below it."""
    return [f.name for f in fields(shape) if f.name not in BELOW]


def values_of(thing: Any) -> dict[str, Any]:
    """The values of one piece of content without the pieces below it."""
    return {name: getattr(thing, name) for name in names_of(type(thing))}


def rules_from(content: SetContent) -> FormRules:
    """A set as the scoring reads it."""
    return FormRules(
        groups=tuple(GroupRule(group.code, group.weight, tuple(rule_from(c) for c in group.criteria))
                     for group in content.groups),
        categories=tuple(CategoryRule(c.code, c.grams, c.in_ratio, c.sub_share, c.takes_tally)
                         for c in content.categories),
        levels=tuple(LevelRule(level.rank, level.least_total, level.least_group, dict(level.least_by_group))
                     for level in content.levels),
        accepted=frozenset(content.accepted_classes))


def rule_from(criterion: CriterionContent) -> CriterionRule:
    """One question as the scoring reads it."""
    return CriterionRule(
        code=criterion.code, type=criterion.type, weight=criterion.weight, is_must=criterion.is_must,
        applies_to=criterion.applies_to,
        lo=Decimal(0) if criterion.lo is None else criterion.lo,
        hi=Decimal(100) if criterion.hi is None else criterion.hi,
        bands=criterion.bands or (), measure=criterion.measure, instrument=criterion.instrument,
        na_allowed=criterion.na_allowed, evidence_kinds=criterion.evidence_kinds,
        counts_for_coverage=criterion.counts_for_coverage)
