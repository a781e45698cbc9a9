"""The forms of the plan."""

from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from accounts.models import User
from accounts.permissions import Permission
from accounts.queries import list_people_with
from foundation.forms import DayField, Form, NumberField
from foundation.i18n import label
from plan.rules import BASIS, NOTE, ActivityKind
from retail.forms.choosing import choose_establishment
from retail.models import Establishment

PERCENT = _l("From 0 to 100 percent.")
FIRST, LAST = 2016, 2100  # years of plans


class YearField(NumberField):
    """A year: no mark between its thousands."""

    def _value(self) -> str:
        return str(self.data) if self.data is not None and not self.raw_data else super()._value()


class TargetForm(Form):
    """Coverage promised for a day."""

    due = DayField(_l("Due day"), [DataRequired(_l("Write the day."))])
    value = NumberField(_l("Coverage, percent"), [InputRequired(), NumberRange(0, 100, PERCENT)], places=2)
    is_promise = BooleanField(_l("Promised by the plan itself"))
    legal_basis = StringField(_l("Legal basis"), [Length(max=BASIS)])


class ThresholdForm(Form):
    """The replaced share that counts in a year."""

    year = YearField(_l("Year"), [InputRequired(), NumberRange(FIRST, LAST, _l(
        "From %(min)s to %(max)s."))])
    share = NumberField(_l("Least replaced share, percent"), [InputRequired(), NumberRange(0, 100, PERCENT)],
                        places=2)
    legal_basis = StringField(_l("Legal basis"), [Length(max=BASIS)])
    reason = StringField(_l("Reason, when the year has passed"), [Length(max=NOTE)])


class ActivityForm(Form):
    """Something done at an establishment, and who did it."""

    establishment = StringField(_l("Establishment: name or number"), [DataRequired(_l("Write the establishment."))])
    kind = SelectField(_l("Kind of activity"), coerce=ActivityKind)
    held_on = DayField(_l("Day"), [DataRequired(_l("Write the day."))])
    people = SelectMultipleField(_l("Who gave it"), coerce=int, option_widget=CheckboxInput(),
                                 widget=ListWidget(prefix_label=False), validators=[Optional()])
    note = TextAreaField(_l("Note"), [Length(max=NOTE)])

    def __init__(self, *args, user: User, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.staff = user, list_people_with(Permission.SEE_SURVEYS)
        self.kind.choices = [(kind.value, label(kind)) for kind in ActivityKind]
        self.people.choices = [(person.id, person.name) for person in self.staff]
        self.establishment.render_kw = {"list": "establishments",
                                        "data-suggest": url_for("retail.suggest_establishments")}

    def find_establishment(self) -> Establishment:
        """What was typed. Raises Invalid when none or several are found."""
        return choose_establishment(self.establishment.data, self.user, Permission.EDIT_PLAN)

    @property
    def chosen(self) -> list[User]:
        """The ticked people."""
        return [person for person in self.staff if person.id in (self.people.data or [])]
