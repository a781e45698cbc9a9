"""Pages of surveys."""

from surveys.views import form, surveys, visits
from surveys.views.blueprint import bp

__all__ = ["form", "surveys", "visits"]
blueprints = [bp]
