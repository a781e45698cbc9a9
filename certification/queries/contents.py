"""A survey laid out for its reviewer: each question with its answer, points and evidence."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from foundation.db import db
from surveys.models import Answer, CriteriaSet, Criterion, Evidence, Group, PackagingCategory, Survey
from surveys.queries import get_criteria_set


@dataclass(frozen=True)
class Line:
    """One question; `told` is its line of the score."""

    criterion: Criterion
    told: dict[str, Any]
    answer: Answer | None
    pieces: list[Evidence]


@dataclass(frozen=True)
class Part:
    """One group of questions; `told` is its part of the score, `least` the share (%) the lowest level asks for."""

    group: Group
    told: dict[str, Any]
    lines: list[Line]
    least: str


@dataclass(frozen=True)
class Warned:
    """A line of the packaging sheet that counts as less than it claims."""

    category: PackagingCategory
    material_class: str
    kind: str


def contents_of(survey: Survey) -> dict[str, Any]:
    """`parts`, `pieces` (all standing evidence), `warned`, `failed` (musts not met) and `criteria_set`."""
    criteria = get_criteria_set(survey.criteria_set_id)
    standing = select(Evidence).where(Evidence.survey_id == survey.id, Evidence.removed_at.is_(None))
    pieces = list(db.session.scalars(standing.order_by(Evidence.received_at, Evidence.id).options(
        joinedload(Evidence.criterion), joinedload(Evidence.category))))
    parts = list(parts_of(survey, criteria, pieces))
    categories = {category.code: category for category in criteria.categories}
    warned = [Warned(categories[one["category"]], one["class"], one["kind"])
              for one in (survey.score or {}).get("replaced", {}).get("warnings", [])]
    return {"criteria_set": criteria, "parts": parts, "pieces": pieces, "warned": warned,
            "failed": [line for part in parts for line in part.lines if line.told["met"] is False]}


def parts_of(survey: Survey, criteria: CriteriaSet, pieces: list[Evidence]) -> list[Part]:
    """The groups of the score with what was answered and attached."""
    answers = {answer.criterion_id: answer for answer in
               db.session.scalars(select(Answer).where(Answer.survey_id == survey.id))}
    attached = defaultdict(list)
    for piece in pieces:
        attached[piece.criterion_id].append(piece)
    groups = {group.code: group for group in criteria.groups}
    lowest = min(criteria.levels, key=lambda level: level.rank, default=None)
    made = []
    for told in (survey.score or {}).get("groups", []):
        group = groups[told["code"]]
        asked = {criterion.code: criterion for criterion in group.criteria}
        lines = [Line(asked[one["code"]], one, answers.get(asked[one["code"]].id), attached[asked[one["code"]].id])
                 for one in told["criteria"]]
        least = lowest.least_by_group.get(group.code, str(lowest.least_group)) if lowest else "0"
        made.append(Part(group, told, lines, least))
    return made
