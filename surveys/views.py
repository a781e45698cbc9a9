"""Pages of surveys."""

from flask import Blueprint

bp = Blueprint("surveys", __name__)
blueprints = [bp]
