"""How surveys are read, by family."""

from surveys.queries.document import document_of
from surveys.queries.surveys import involved_ids
from surveys.queries.visits import find_current_set

__all__ = ["document_of", "find_current_set", "involved_ids"]
