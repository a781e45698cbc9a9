"""How surveys are read, by family."""

from surveys.queries.content import content_of
from surveys.queries.criteria import (
    attached_to,
    find_criteria_set,
    get_criteria_set,
    list_criteria_sets,
    list_versions,
    record_of,
    rules_of,
)
from surveys.queries.document import document_of
from surveys.queries.results import Gap, list_missing, score_of
from surveys.queries.surveys import find_evidence, find_survey, get_evidence, get_survey, involved_ids, visible_surveys
from surveys.queries.visits import find_current_set, get_visit

__all__ = [
    "Gap", "attached_to", "content_of", "document_of", "find_criteria_set", "find_current_set", "find_evidence",
    "find_survey", "get_criteria_set", "get_evidence", "get_survey", "get_visit", "involved_ids",
    "list_criteria_sets", "list_missing", "list_versions", "record_of", "rules_of", "score_of", "visible_surveys",
]
