"""Tables of the survey, by family."""

from surveys.models.criteria import CriteriaSet, Criterion, Group, LevelRule, PackagingCategory
from surveys.models.survey import (
    Answer,
    BagSample,
    Evidence,
    PackagingLine,
    Review,
    Signature,
    Survey,
    Visit,
    VisitMember,
)

__all__ = [
    "Answer", "BagSample", "CriteriaSet", "Criterion", "Evidence", "Group", "LevelRule", "PackagingCategory",
    "PackagingLine", "Review", "Signature", "Survey", "Visit", "VisitMember",
]
