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
from surveys.queries.surveys import involved_ids
from surveys.queries.visits import find_current_set

__all__ = [
    "attached_to", "content_of", "document_of", "find_criteria_set", "find_current_set", "get_criteria_set",
    "involved_ids", "list_criteria_sets", "list_versions", "record_of", "rules_of",
]
