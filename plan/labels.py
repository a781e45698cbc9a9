"""The words people read for the plan's enums."""

from flask_babel import lazy_gettext as _l

from foundation.i18n import name_members
from plan.rules import ActivityKind, Indicator

name_members({Indicator.COVERAGE: _l("Supermarkets and trade centres that use eco-friendly packaging")})
name_members({ActivityKind.GUIDANCE: _l("Guidance, advice")})
