"""Pages of accounts."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
blueprints = [bp]
