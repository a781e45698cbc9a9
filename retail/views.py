"""Pages of retail."""

from flask import Blueprint

bp = Blueprint("retail", __name__)
blueprints = [bp]
