"""What can be asked of the coverage pages: a day, a territory, a type, a threshold."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import SelectField, ValidationError

from accounts.models import User
from accounts.permissions import Permission
from foundation.forms import DayField, Form, NumberField
from foundation.i18n import day as show_day
from foundation.i18n import label
from progress.queries import Asked, Places
from retail.rules import COUNTED, Kind
from territory.labels import dated_name


class CoverageFilter(Form):
    """Read from the address; nothing is written, so it carries no token."""

    class Meta(Form.Meta):
        csrf = False

    on = DayField(_l("As of"), id="as-of")  # the icon sprite has an element "on"
    territory = SelectField(_l("Territory"), validate_choice=False)
    kind = SelectField(_l("Type"), validate_choice=False)
    threshold = NumberField(_l("Threshold R, %"), places=2)

    def __init__(self, args: MultiDict, *, places: Places, today: date, territory_id: int | None):
        given = MultiDict((key, value) for key, value in args.items(multi=True) if value.strip())
        given.setdefault("on", show_day(today))
        given.setdefault("territory", str(territory_id or ""))
        super().__init__(given)
        self.places, self.today = places, today
        self.territory.choices = choices(places)
        self.kind.choices = [("", _("All that count")),
                             *((kind.value, label(kind)) for kind in Kind if kind in COUNTED)]
        self.threshold.description = _("empty: the one set for the year")

    def validate_on(self, field):
        if field.data and field.data > self.today:
            raise ValidationError(_("This day lies in the future. Choose a day up to today."))

    def validate_territory(self, field):
        if not (field.data or "").isdigit() or int(field.data) not in self.places.all:
            raise ValidationError(_("There is no such territory. Choose one from the list."))

    def validate_kind(self, field):
        if field.data and field.data not in {kind.value for kind in COUNTED}:
            raise ValidationError(_("This type does not count. Choose one from the list."))

    def validate_threshold(self, field):
        if field.data is not None and not 0 <= field.data <= 100:
            raise ValidationError(_("Write a percentage from 0 to 100."))

    def asked(self) -> Asked:
        """What was asked, once it is valid. The day is then shown as people write it, however the address did."""
        self.on.raw_data = None
        return Asked(self.on.data or self.today, self.places.all[int(self.territory.data)],
                     Kind(self.kind.data) if self.kind.data else None, self.threshold.data)


def choices(places: Places) -> dict[str, list[tuple[str, str]]]:
    """Every territory, grouped for a select box."""
    groups = {_("Provinces"): places.provinces}
    groups |= {_("Districts of %(province)s", province=dated_name(province)): places.districts_of(province)
               for province in places.former}
    groups[_("Communes of today")] = places.communes
    return {name: [(str(unit.id), dated_name(unit)) for unit in units] for name, units in groups.items() if units}


def own_territory(user: User, places: Places) -> int | None:
    """Where a person's view begins: their one territory, else today's province."""
    mine = user.territories_for(Permission.SEE_PROGRESS)
    if mine is not None and len(mine) == 1 and mine <= places.all.keys():
        return next(iter(mine))
    return places.new.id if places.new else None
