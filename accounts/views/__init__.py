"""Pages of accounts, a module each: the way in, one's own account, the people, the audit trail."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
blueprints = [bp]

from accounts.views import account, audit, people, sign_in  # noqa: E402, F401  they add their pages to bp
