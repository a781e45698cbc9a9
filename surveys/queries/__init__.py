"""How surveys are read, by family."""

from surveys.queries.criteria import (
    attached_to,
    find_criteria_set,
    get_criteria_set,
    list_criteria_sets,
    list_versions,
    record_of,
    rules_of,
)

__all__ = ["attached_to", "find_criteria_set", "get_criteria_set", "list_criteria_sets", "list_versions", "record_of",
           "rules_of"]
