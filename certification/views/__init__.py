"""Pages of certification."""

from certification.views import public
from certification.views.blueprint import bp

__all__ = ["public"]
blueprints = [bp]
