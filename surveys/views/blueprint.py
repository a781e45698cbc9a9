"""The door all pages of surveys share."""

from flask import Blueprint

from surveys import labels

bp = Blueprint("surveys", __name__)
__all__ = ["bp", "labels"]
