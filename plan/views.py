"""Pages of plan."""

from flask import Blueprint

bp = Blueprint("plan", __name__)
blueprints = [bp]
