"""Pages of retail."""

from flask import Blueprint

from retail import labels

__all__ = ["labels"]

bp = Blueprint("retail", __name__)
blueprints = [bp]
