"""Words people read for administrative units."""

from flask_babel import gettext as _

from territory.models import AdminUnit


def dated_name(unit: AdminUnit) -> str:
    """The unit's name, marked when it no longer exists: "Tỉnh Phú Thọ (cũ)" beside today's "Tỉnh Phú Thọ"."""
    return unit.name if unit.valid_to is None else _("%(name)s (former)", name=unit.name)
