"""The words people read for the register's enums."""

from flask_babel import lazy_gettext as _l

from foundation.i18n import name_members
from retail.rules import Kind, Status

name_members({
    Kind.SUPERMARKET: _l("General supermarket"),
    Kind.SPECIALISED: _l("Specialised supermarket"),
    Kind.TRADE_CENTRE: _l("Trade centre"),
    Kind.CONVENIENCE: _l("Convenience store"),
    Kind.MINI: _l("Mini supermarket"),
    Kind.MARKET: _l("Market"),
    Kind.OTHER: _l("Other point of sale"),
})
name_members({
    Status.OPERATING: _l("Operating"),
    Status.PAUSED: _l("Paused"),
    Status.CLOSED: _l("Closed"),
})
CLASSES = {1: _l("Class I"), 2: _l("Class II"), 3: _l("Class III")}
