"""The words people read for the plan's enums."""

from flask_babel import lazy_gettext as _l

from foundation.audit import name_words
from foundation.i18n import name_members
from plan.rules import ActivityKind, Indicator

name_members({Indicator.COVERAGE: _l("Supermarkets and trade centres that use eco-friendly packaging")})
name_members({ActivityKind.GUIDANCE: _l("Guidance, advice")})
name_words({
    "load_defaults": _l("Default loaded"),
    "set_target": _l("Target set"),
    "remove_target": _l("Target removed"),
    "set_threshold": _l("Threshold set"),
    "add_activity": _l("Guidance recorded"),
    "Target": _l("Target"),
    "Threshold": _l("Threshold"),
    "Activity": _l("Activity"),
    "due": _l("Due day"),
    "value": _l("Value"),
    "is_promise": _l("Promised by the plan"),
    "share": _l("Share, percent"),
    "year": _l("Year"),
    "held_on": _l("Held on"),
    "people": _l("Who gave the guidance"),
    "reason": _l("Reason"),
})
