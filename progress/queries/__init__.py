"""How coverage is read: history once, everything else computed from it."""

from progress.queries.history import as_of, communes_of, coverage, list_stores, targets, thresholds
from progress.queries.overview import Asked, Group, Overview, Point
from progress.queries.places import Places, current_province, names_of

__all__ = ["Asked", "Group", "Overview", "Places", "Point", "as_of", "communes_of", "coverage", "current_province",
           "list_stores", "names_of", "targets", "thresholds"]
