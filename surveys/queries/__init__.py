"""How surveys are read, by family."""

from surveys.queries.comparing import (
    Rivalry,
    device_log,
    differences_between,
    find_rivalry,
    list_rivals,
    list_surveys_of,
    pick_pair,
    told_of,
)
from surveys.queries.content import content_of
from surveys.queries.criteria import (
    attached_to,
    find_criteria_set,
    find_newer_set,
    get_criteria_set,
    list_criteria_sets,
    list_versions,
    record_of,
    rules_of,
)
from surveys.queries.document import document_of, period_end_of
from surveys.queries.following import (
    OpenPage,
    OpenPoints,
    find_followed,
    find_last,
    find_open_points,
    first_document,
    list_open_page,
    list_open_points,
    list_strayed,
    titles_of_points,
)
from surveys.queries.form_data import form_data
from surveys.queries.moving import find_moved
from surveys.queries.results import Gap, list_missing, score_of, titles_of
from surveys.queries.standing import Ground, Held, find_ground, find_held, find_lately, remember
from surveys.queries.surveys import (
    SurveyFilter,
    SurveyPage,
    find_correction,
    find_evidence,
    find_receipt,
    get_evidence,
    get_survey,
    involved_ids,
    list_page,
    list_taken_back,
    receipt_number,
    visible_surveys,
)
from surveys.queries.visits import (
    Agenda,
    answered,
    arrived_of,
    asked_of,
    asked_on,
    find_current_set,
    get_visit,
    list_agenda,
    progress_of,
    team_of,
)

__all__ = [
    "Agenda", "Gap", "Ground", "Held", "OpenPage", "OpenPoints", "Rivalry", "SurveyFilter", "SurveyPage", "answered",
    "arrived_of", "asked_of", "asked_on", "attached_to", "content_of", "device_log", "differences_between",
    "document_of", "find_correction", "find_criteria_set", "find_current_set", "find_evidence", "find_followed",
    "find_ground", "find_held", "find_last", "find_lately", "find_moved", "find_newer_set", "find_open_points",
    "find_receipt", "find_rivalry", "first_document", "form_data", "get_criteria_set", "get_evidence", "get_survey",
    "get_visit", "involved_ids", "list_agenda", "list_criteria_sets", "list_missing", "list_open_page",
    "list_open_points", "list_page", "list_rivals", "list_strayed", "list_surveys_of", "list_taken_back",
    "list_versions", "period_end_of", "pick_pair", "progress_of", "receipt_number", "record_of", "remember", "rules_of",
    "score_of", "team_of", "titles_of", "titles_of_points", "told_of", "visible_surveys",
]
