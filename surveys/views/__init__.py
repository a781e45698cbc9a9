"""Pages of surveys."""

from surveys.views.blueprint import bp

blueprints = [bp]
