"""A stored criteria set as plain content (see surveys.rules.content)."""

from decimal import Decimal
from typing import Any

from surveys.models import CriteriaSet, Criterion, Group, LevelRule, PackagingCategory
from surveys.rules.content import (
    CategoryContent,
    CriterionContent,
    GroupContent,
    LevelContent,
    SetContent,
    names_of,
)
from surveys.rules.words import EvidenceKind, MaterialClass


def content_of(criteria_set: CriteriaSet) -> SetContent:
    """Everything the set holds."""
    facts = plain_values(criteria_set, SetContent)
    facts["accepted_classes"] = tuple(MaterialClass(name) for name in criteria_set.accepted_classes)
    return SetContent(
        **facts,
        groups=tuple(group_content(group) for group in criteria_set.groups),
        categories=tuple(category_content(category) for category in criteria_set.categories),
        levels=tuple(level_content(level) for level in criteria_set.levels))


def plain_values(row: Any, shape: type) -> dict[str, Any]:
    """The columns of a row that are fields of its content."""
    return {name: getattr(row, name) for name in names_of(shape)}


def group_content(group: Group) -> GroupContent:
    """A group with its questions."""
    return GroupContent(**plain_values(group, GroupContent),
                        criteria=tuple(criterion_content(criterion) for criterion in group.criteria))


def criterion_content(criterion: Criterion) -> CriterionContent:
    """A question; what JSON keeps as lists of text becomes tuples of figures and words."""
    values = plain_values(criterion, CriterionContent)
    values["bands"] = criterion.bands and tuple((int(start), Decimal(points)) for start, points in criterion.bands)
    values["anchors_vi"] = criterion.anchors_vi and tuple(criterion.anchors_vi)
    values["anchors_en"] = criterion.anchors_en and tuple(criterion.anchors_en)
    values["evidence_kinds"] = tuple(EvidenceKind(kind) for kind in criterion.evidence_kinds)
    return CriterionContent(**values)


def category_content(category: PackagingCategory) -> CategoryContent:
    """A line of the packaging sheet."""
    return CategoryContent(**plain_values(category, CategoryContent))


def level_content(level: LevelRule) -> LevelContent:
    """A level."""
    values = plain_values(level, LevelContent)
    values["least_by_group"] = {code: Decimal(least) for code, least in level.least_by_group.items()}
    return LevelContent(**values)
