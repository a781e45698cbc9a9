"""Pages of surveys."""

from surveys.views import surveys, visits
from surveys.views.blueprint import bp

blueprints = [bp]
__all__ = ["blueprints", "surveys", "visits"]
