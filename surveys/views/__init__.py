"""Pages of surveys."""

from surveys.views import criteria_edit, criteria_import, criteria_sets, form, offline, surveys, visits
from surveys.views.blueprint import bp

__all__ = ["criteria_edit", "criteria_import", "criteria_sets", "form", "offline", "surveys", "visits"]
blueprints = [bp]
