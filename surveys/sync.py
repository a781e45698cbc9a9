"""The JSON door of the survey: what a tablet sends."""

from flask import Blueprint

bp = Blueprint("sync", __name__, url_prefix="/api")
blueprints = [bp]
