"""The one blueprint of accounts; each module of this folder adds its pages to it."""

from flask import Blueprint

from accounts import labels

bp = Blueprint("accounts", __name__)
bp.add_app_template_filter(labels.say_age, "age")
bp.add_app_template_filter(labels.say_skew, "skew")
bp.add_app_template_filter(labels.say_size, "size")
