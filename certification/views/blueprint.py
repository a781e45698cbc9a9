"""The one blueprint of certification; each module of this folder adds its pages to it."""

from flask import Blueprint

bp = Blueprint("certification", __name__)
