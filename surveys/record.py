"""A survey laid out as a record: what the templates of `surveys/record/` and `surveys/_score.html` draw."""

from datetime import datetime
from typing import Any

from foundation import clock
from plan.queries import find_threshold
from surveys.explaining import show_score
from surveys.forms.page import fig
from surveys.models import Evidence, Survey
from surveys.queries import document_of, period_end_of, record_of, score_of, titles_of
from surveys.rules.packaging import used_of
from surveys.rules.words import CountMethod

ANSWER = dict.fromkeys(("step", "numerator", "denominator", "na_reason", "note"))


def lay_out(survey: Survey) -> dict[str, Any]:
    """The score in words, each criterion with its answer and files, the threshold of the year: for any page of it."""
    threshold = find_threshold((period_end_of(survey) or clock.local(survey.created_at)).year)
    document = document_of(survey)
    return {
        "survey": survey, "document": shown(document), "fig": fig,
        "shown": show_score(score_of(survey), survey.criteria_set),
        "threshold": threshold and threshold.share, "files": files_by_owner(survey), "titles": titles_of(survey),
        "criteria": {criterion.code: criterion for group in survey.criteria_set.groups for criterion in group.criteria},
        "answers": {code: ANSWER | said for code, said in document["answers"].items()},
        "used": {(line.category, line.material_class): used_of(line) for line in record_of(survey).lines}}


def shown(document: dict[str, Any]) -> dict[str, Any]:
    """The document with moments and words as templates write them."""
    signatures = {side: {**signed, "signed_at": datetime.fromisoformat(signed["signed_at"])}
                  for side, signed in document["signatures"].items()}
    return {**document, "signatures": signatures,
            "observed_at": document["observed_at"] and datetime.fromisoformat(document["observed_at"]),
            "count_method": document["count_method"] and CountMethod(document["count_method"])}


def files_by_owner(survey: Survey) -> dict[str, list[Evidence]]:
    """Files by the code of what they are about, in the order of the form; "" of none; "struck" those struck out."""
    files: dict[str, list[Evidence]] = {code: [] for code in [*titles_of(survey), "", "struck"]}
    for piece in survey.evidence:
        owner = piece.criterion or piece.category
        files["struck" if piece.removed_at else owner.code if owner else ""].append(piece)
    return files
