"""Words of coverage."""

from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from foundation.i18n import name_members, percent
from progress.rules import Standing
from territory.labels import dated_name
from territory.models import AdminUnit
from territory.rules import Level

name_members({
    Standing.COVERED: _l("Covered"),
    Standing.BELOW: _l("Below the threshold"),
    Standing.CONDITIONS: _l("B1 or B2 not met"),
    Standing.STALE: _l("Data out of date"),
    Standing.NEVER: _l("Not surveyed"),
})
MARKS = {  # standing → (tone, icon): never colour alone
    Standing.COVERED: ("ok", "ok"),
    Standing.BELOW: ("", "na"),
    Standing.CONDITIONS: ("no", "x"),
    Standing.STALE: ("warn", "clock"),
    Standing.NEVER: ("", "ask"),
}


def short_name(unit: AdminUnit) -> str:
    """For headings and figures: "Phú Thọ mới" and "Phú Thọ cũ" for provinces, other units by their name."""
    if unit.level != Level.PROVINCE:
        return dated_name(unit)
    name = unit.name.removeprefix(unit.kind).strip()
    return _("New %(name)s", name=name) if unit.valid_to is None else _("Old %(name)s", name=name)


def exact_percent(share: Decimal) -> str:
    """A share that was set, with the decimals it has: "60 %", "62,5 %"."""
    return percent(share, max(0, -int(share.normalize().as_tuple().exponent)))


LISTS = {  # which establishments a number stands for → the name of their list
    "": _l("On the register"),
    "covered": _l("Covered"),
    "uncovered": _l("Not covered"),
    "below": _l("Below the threshold"),
    "conditions": _l("B1 or B2 not met"),
    "stale": _l("Data out of date"),
    "never": _l("Not surveyed"),
    "surveyed": _l("Surveyed, not out of date"),
    "certified": _l("Certified"),
    "certified-not-covered": _l("Certified, not covered"),
}
