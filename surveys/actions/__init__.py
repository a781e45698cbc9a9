"""What is done to surveys, by family."""

from surveys.actions.criteria import (
    copy_criteria_set,
    discard_criteria_set,
    draft_criteria_set,
    edit_criteria_set,
    load_default_criteria,
    problems_in,
    problems_of,
    publish_criteria_set,
    retire_criteria_set,
)
from surveys.actions.evidence import add_evidence, caption_evidence, remove_evidence
from surveys.actions.review import review_survey
from surveys.actions.survey import Stale, save_survey, start_survey, submit_survey
from surveys.actions.visits import cancel_visit, plan_visit

__all__ = [
    "Stale", "add_evidence", "cancel_visit", "caption_evidence", "copy_criteria_set", "discard_criteria_set",
    "draft_criteria_set", "edit_criteria_set", "load_default_criteria", "plan_visit", "problems_in", "problems_of",
    "publish_criteria_set", "remove_evidence", "retire_criteria_set", "review_survey", "save_survey", "start_survey",
    "submit_survey",
]
