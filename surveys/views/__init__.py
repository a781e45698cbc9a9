"""Pages of surveys."""

from surveys.views import form
from surveys.views.blueprint import bp

__all__ = ["form"]
blueprints = [bp]
