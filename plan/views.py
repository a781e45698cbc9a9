"""Pages of plan."""

from flask import Blueprint

from plan import labels

__all__ = ["labels"]

bp = Blueprint("plan", __name__)
blueprints = [bp]
