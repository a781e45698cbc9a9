"""What people type about accounts."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import Email, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput

from accounts.labels import LANGUAGE_NAMES
from accounts.permissions import Role
from accounts.rules import LONGEST, LONGEST_NAME
from foundation.forms import DayField, Form
from foundation.i18n import LABELS

PLACELESS = {Role.ADMIN, Role.STORE}  # roles that are not narrowed to a territory


class SignInForm(Form):
    """E-mail and password."""

    email = EmailField(_l("E-mail"), [InputRequired(_l("Write your e-mail address.")), Length(max=254)],
                       render_kw={"autocomplete": "username"})
    password = PasswordField(_l("Password"), [InputRequired(_l("Write your password."))],
                             render_kw={"autocomplete": "current-password"})


class PasswordForm(Form):
    """The present password, and the new one twice."""

    current = PasswordField(_l("Present password"), [InputRequired(_l("Write the password you have now."))],
                            render_kw={"autocomplete": "current-password"})
    password = PasswordField(
        _l("New password"),
        [InputRequired(_l("Write a new password.")),
         Length(max=LONGEST, message=_l("Use at most %(max)d characters."))],
        render_kw={"autocomplete": "new-password"})


class DeviceForm(Form):
    """What a tablet is called."""

    name = StringField(_l("Name of the tablet"), [
        InputRequired(_l("Write a name by which you know the tablet.")), Length(max=LONGEST_NAME)],
        render_kw={"autocomplete": "off"})


class PersonForm(Form):
    """An account's details, and for each role whether it is held and in which territories (none: everywhere)."""

    name = StringField(_l("Name"), [InputRequired(_l("Write the name.")), Length(max=120)],
                       render_kw={"autocomplete": "off"})
    email = EmailField(_l("E-mail"), [
        InputRequired(_l("Write the e-mail address; it is also the sign-in name.")), Length(max=254),
        Email(_l("Write an e-mail address, such as ten@phutho.gov.vn."))], render_kw={"autocomplete": "off"})
    language = RadioField(_l("Language of the pages"), choices=[SelectChoice(*pair) for pair in LANGUAGE_NAMES.items()],
                          default="vi")

    def offer(self, territories: list[SelectChoice]) -> None:
        """The territories a role may be narrowed to."""
        for role in Role:
            if role not in PLACELESS:
                self.where(role).choices = territories

    def holds(self, role: Role) -> BooleanField:
        return self[f"role_{role}"]

    def where(self, role: Role) -> SelectMultipleField:
        return self[f"where_{role}"]

    def show_grants(self, grants) -> None:
        """Tick what somebody holds."""
        for grant in grants:
            self.holds(grant.role).data = True
            if grant.territory_id:
                self.where(grant.role).data = [*(self.where(grant.role).data or []), grant.territory_id]

    @property
    def grants(self) -> list[tuple[Role, int | None]]:
        """What was ticked, for `actions.set_roles`."""
        chosen: list[tuple[Role, int | None]] = []
        for role in (role for role in Role if self.holds(role).data):
            places = [] if role in PLACELESS else self.where(role).data
            chosen += [(role, place) for place in places] or [(role, None)]
        return chosen


for _role in Role:
    setattr(PersonForm, f"role_{_role}", BooleanField(LABELS["Role", _role.value]))
    if _role not in PLACELESS:
        setattr(PersonForm, f"where_{_role}", SelectMultipleField(
            _l("Only within"), coerce=int, option_widget=CheckboxInput(), choices=[]))


class TrailForm(Form):
    """Which part of the audit trail to show."""

    class Meta(Form.Meta):
        csrf = False

    person = SelectField(_l("Person"), [Optional()], default="")
    verb = SelectField(_l("What was done"), [Optional()], default="")
    kind = SelectField(_l("Concerns"), [Optional()], default="")
    since = DayField(_l("From day"), [Optional()], render_kw={"placeholder": "01/12/2026", "inputmode": "numeric"})
    until = DayField(_l("To day"), [Optional()], render_kw={"placeholder": "31/12/2026", "inputmode": "numeric"})
