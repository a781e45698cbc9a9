"""Pages of accounts, a module each: the way in, one's own account, the devices, the people,
the audit trail.
"""

from accounts.views import account, audit, devices, people, sign_in
from accounts.views.blueprint import bp

__all__ = ["account", "audit", "devices", "people", "sign_in"]
blueprints = [bp]
