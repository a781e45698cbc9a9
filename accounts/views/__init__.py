"""Pages of accounts, a module each: the way in, one's own account, the devices, the people,
the audit trail.
"""

from flask import Blueprint

from accounts import labels

bp = Blueprint("accounts", __name__)
blueprints = [bp]
bp.add_app_template_filter(labels.say_age, "age")
bp.add_app_template_filter(labels.say_skew, "skew")
bp.add_app_template_filter(labels.say_size, "size")

from accounts.views import account, audit, devices, people, sign_in  # noqa: E402, F401  they add their pages to bp
