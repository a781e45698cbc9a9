"""Words people read for administrative units."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from foundation.audit import name_words
from territory.models import AdminUnit

name_words({
    "load_units": _l("Administrative units loaded"),
    "AdminUnit": _l("Administrative unit"),
    "units": _l("Units"),
    "changes": _l("Changes"),
    "memberships": _l("Memberships"),
})



def dated_name(unit: AdminUnit) -> str:
    """The unit's name, marked when it no longer exists: "Tỉnh Phú Thọ (cũ)" beside today's "Tỉnh Phú Thọ"."""
    return unit.name if unit.valid_to is None else _("%(name)s (former)", name=unit.name)
