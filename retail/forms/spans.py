"""Forms for what changes with time."""

from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from foundation.forms import DayField, Form
from foundation.i18n import label
from retail.forms.establishment import CHOOSE, PlaceForm
from retail.rules import REASON, Status

AHEAD = timedelta(days=366)


class DatedForm(Form):
    """A change with the day from which it holds."""

    on = DayField(_l("From which day"), [DataRequired(_l("Write the day."))], id="from-day")

    @property
    def day(self) -> date:
        """The day, after validation."""
        assert self.on.data is not None
        return self.on.data

    def validate_on(self, field: DayField) -> None:
        """A day years ahead is a slip of the pen."""
        if field.data and field.data > self.today + AHEAD:
            raise ValidationError(_("More than a year ahead. Check the year."))

    def __init__(self, *args, today: date, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)


class StatusForm(DatedForm):
    """Close, pause or reopen."""

    status = RadioField(_l("New status"), coerce=lambda value: Status(value) if value else None,
                        validators=[DataRequired(CHOOSE)])
    reason = TextAreaField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=REASON)])

    def __init__(self, *args, now: Status, **kwargs):
        super().__init__(*args, **kwargs)
        self.status.choices = [(status.value, label(status)) for status in Status if status != now]


class MoveForm(PlaceForm, DatedForm):
    """Move to another place."""
