"""What is done to surveys, by family."""

from surveys.actions.evidence import add_evidence, caption_evidence, remove_evidence
from surveys.actions.review import review_survey
from surveys.actions.survey import Stale, save_survey, start_survey, submit_survey
from surveys.actions.visits import cancel_visit, plan_visit

__all__ = [
    "Stale", "add_evidence", "cancel_visit", "caption_evidence", "plan_visit", "remove_evidence", "review_survey",
    "save_survey", "start_survey", "submit_survey",
]
