"""The form that plans a visit."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from accounts.models import User
from accounts.permissions import Permission
from accounts.queries import list_people_with
from foundation.forms import DayField, Form
from foundation.i18n import label
from retail.forms.choosing import choose_establishment
from retail.models import Establishment
from surveys.rules.words import Nature

AHEAD = timedelta(days=366)


class VisitForm(Form):
    """Who goes where, when and why."""

    establishment = StringField(_l("Establishment: name or number"), [DataRequired(_l("Write the establishment."))])
    nature = RadioField(_l("Nature of the visit"), coerce=Nature, default=Nature.PLANNED)
    planned_on = DayField(_l("Day"), [InputRequired(_l("Write the day."))])
    team = SelectMultipleField(_l("Team"), coerce=int, validators=[DataRequired(_l("Choose at least one person."))])
    lead = SelectField(_l("Head of the team"), coerce=int, validators=[
        DataRequired(_l("Choose the head of the team."))])
    plan_number = StringField(_l("Number of the survey plan"), [
        Length(max=40, message=_l("At most %(max)d characters, please."))])
    is_sure = BooleanField(_l("Send them all the same"))

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user, self.today, self.staff = user, today, list_people_with(Permission.SURVEY)
        self.nature.choices = [(nature.value, label(nature)) for nature in Nature]
        self.team.choices = [(person.id, person.name) for person in self.staff]
        self.lead.choices = [(0, "–"), *self.team.choices]
        self.establishment.render_kw = {"list": "establishments", "autocomplete": "off",
                                        "data-suggest": url_for("retail.suggest_establishments")}

    @classmethod
    def of(cls, one: Establishment | None, nature: Nature, *, user: User, today: date) -> "VisitForm":
        """The form, with an establishment and a nature to begin with."""
        name = f"{one.number} · {one.name}" if one else ""
        return cls(data={"establishment": name, "planned_on": today, "nature": nature}, user=user, today=today)

    def validate_planned_on(self, day: DayField) -> None:
        """Plans are for today and the year ahead."""
        if day.data and not self.today <= day.data <= self.today + AHEAD:
            raise ValidationError(_("Plan for today or a day within a year from now."))

    def validate_lead(self, lead: SelectField) -> None:
        """One of the team."""
        if lead.data and self.team.data and lead.data not in self.team.data:
            raise ValidationError(_("The head of the team is one of its members."))

    def find_establishment(self) -> Establishment:
        """What was typed, where this person may plan. Raises Invalid when none or several are found."""
        return choose_establishment(self.establishment.data, self.user, Permission.PLAN_VISITS)

    @property
    def day(self) -> date:
        """The day, after validation."""
        assert self.planned_on.data is not None
        return self.planned_on.data

    @property
    def members(self) -> list[User]:
        """The chosen team."""
        return [person for person in self.staff if person.id in (self.team.data or [])]

    @property
    def head(self) -> User:
        """The chosen head, after validation."""
        return next(person for person in self.staff if person.id == self.lead.data)


def names_of(people: Iterable[User], ids: set[int]) -> str:
    """Names in a row."""
    return ", ".join(person.name for person in people if person.id in ids)
