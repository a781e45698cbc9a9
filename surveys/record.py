"""A survey laid out as a record: what the templates of `surveys/record/` and `surveys/_score.html` draw."""

from typing import Any

from foundation import clock
from plan.queries import find_threshold
from surveys.explaining import show_score
from surveys.forms.page import fig
from surveys.models import Evidence, Survey
from surveys.queries import score_of, titles_of


def lay_out(survey: Survey) -> dict[str, Any]:
    """The score in words, each criterion with its answer and files, the threshold of the year: for any page of it."""
    threshold = find_threshold((survey.period_to or clock.local(survey.created_at)).year)
    return {
        "survey": survey, "shown": show_score(score_of(survey), survey.criteria_set), "fig": fig,
        "threshold": threshold and threshold.share, "files": files_by_owner(survey), "titles": titles_of(survey),
        "criteria": {criterion.code: criterion for group in survey.criteria_set.groups for criterion in group.criteria},
        "answers": {answer.criterion.code: answer for answer in survey.answers}}


def files_by_owner(survey: Survey) -> dict[str, list[Evidence]]:
    """Files by the code of what they are about, in the order of the form; "" of none; "struck" those struck out."""
    files: dict[str, list[Evidence]] = {code: [] for code in [*titles_of(survey), "", "struck"]}
    for piece in survey.evidence:
        owner = piece.criterion or piece.category
        files["struck" if piece.removed_at else owner.code if owner else ""].append(piece)
    return files
