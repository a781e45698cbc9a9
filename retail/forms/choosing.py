"""One establishment out of what somebody typed."""

from flask_babel import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from foundation.errors import Invalid
from retail.models import Establishment
from retail.queries import find_establishments


def choose_establishment(text: str | None, user: User, permission: Permission) -> Establishment:
    """The one that name or number find where this person may use `permission`. Raises Invalid (establishment)."""
    found = find_establishments(text or "", user, permission=permission)
    if len(found) == 1:
        return found[0]
    if not found:
        words = _("No establishment in your territory is found by this.")
    else:
        names = "; ".join(f"{one.number} · {one.name}" for one in found)
        words = _("Several are found: %(names)s. Write the number of one.", names=names)
    raise Invalid(words, {"establishment": words})
