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
from surveys.queries.document import document_of, period_end_of
from surveys.queries.results import Gap, list_missing, score_of, titles_of
from surveys.queries.standing import Ground, Held, find_ground, find_held
from surveys.queries.surveys import (
    SurveyFilter,
    SurveyPage,
    find_correction,
    find_evidence,
    get_evidence,
    get_survey,
    involved_ids,
    list_page,
    visible_surveys,
)
from surveys.queries.visits import Agenda, find_current_set, get_visit, list_agenda, progress_of

__all__ = [
    "Agenda", "Gap", "Ground", "Held", "SurveyFilter", "SurveyPage", "attached_to", "content_of", "document_of",
    "find_correction", "find_criteria_set", "find_current_set", "find_evidence", "find_ground", "find_held",
    "get_criteria_set", "get_evidence", "get_survey", "get_visit", "involved_ids", "list_agenda",
    "list_criteria_sets", "list_missing", "list_page", "list_versions", "period_end_of", "progress_of", "record_of",
    "rules_of", "score_of", "titles_of", "visible_surveys",
]
