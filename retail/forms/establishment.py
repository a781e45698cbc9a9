"""The one form of an establishment: its facts, whose it is, where it is, whom to ask there."""

from datetime import date, datetime
from decimal import Decimal

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField, StringField, TelField, TextAreaField
from wtforms.validators import DataRequired, Length

from accounts.models import User
from accounts.permissions import Permission
from foundation.errors import Invalid
from foundation.forms import DayField, Form, NumberField
from foundation.i18n import label
from foundation.text import clean
from retail.actions import EstablishmentFacts, add_enterprise
from retail.labels import CLASSES
from retail.models import Enterprise, Establishment
from retail.queries import find_enterprises, find_establishments, list_open_communes
from retail.rules import ENTERPRISE_NAME, LENGTHS, Kind
from territory.models import AdminUnit

CHOOSE = _l("Choose one.")


class DegreeField(NumberField):
    """Degrees: a dot is always a decimal point, as a map gives it (21.322 is not 21 322)."""

    def __init__(self, label=None, **kwargs):
        super().__init__(label, places=6, **kwargs)

    def _value(self) -> str:
        if self.raw_data or self.data is None:
            return super()._value()
        return f"{self.data.normalize():f}"

    def process_formdata(self, values):
        try:
            super().process_formdata([clean(value).replace(".", ",", 1) for value in values])
        finally:
            self.raw_data = values


class PlaceForm(Form):
    """Where an establishment is: a commune of today in which this person may edit, and the rest of the address."""

    unit = SelectField(_l("Commune or ward"), coerce=lambda value: int(value) if value else None, validators=[
        DataRequired(CHOOSE)])
    address = StringField(_l("House number, street, hamlet"), [Length(max=LENGTHS["address"])])
    lat = DegreeField(_l("Latitude"))
    lon = DegreeField(_l("Longitude"))

    def __init__(self, *args, user: User, today: date, **kwargs):
        super().__init__(*args, today=today, **kwargs)
        self.units = list_open_communes(user, Permission.EDIT_REGISTER, today)
        self.unit.choices = [("", "–"), *((unit.id, unit.name) for unit in self.units)]

    @property
    def chosen(self) -> AdminUnit:
        """The chosen commune, after validation."""
        return next(unit for unit in self.units if unit.id == self.unit.data)


class EstablishmentForm(PlaceForm):
    """Add or correct an establishment."""

    name = StringField(_l("Name of the establishment"), [
        DataRequired(_l("Write the name.")), Length(max=LENGTHS["name"])])
    kind = SelectField(_l("Type"), coerce=lambda value: Kind(value) if value else None,
                       validators=[DataRequired(CHOOSE)])
    enterprise = StringField(_l("Enterprise: name or tax code"))
    new_enterprise = StringField(_l("Name of the new enterprise"), [Length(max=ENTERPRISE_NAME)])
    new_tax_code = StringField(_l("Its tax code"), [Length(max=20)])
    branch_code = StringField(_l("Tax code of the branch"), [Length(max=20)])
    parent = StringField(_l("Inside the trade centre: name or number"))
    opened_on = DayField(_l("Opening day"))
    recorded_class = SelectField(_l("Class on its papers"), coerce=lambda value: int(value) if value else None)
    area_m2 = NumberField(_l("Business area, m²"))
    items = NumberField(_l("Names of goods on sale"))
    contact_post = StringField(_l("Post of the contact"), [Length(max=LENGTHS["contact_post"])])
    contact_phone = TelField(_l("Work phone"), [Length(max=LENGTHS["contact_phone"])])
    contact_email = EmailField(_l("Work e-mail"), [Length(max=LENGTHS["contact_email"])])
    note = TextAreaField(_l("Note"), [Length(max=LENGTHS["note"])])

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.user = user
        self.enterprise.render_kw = {"list": "enterprises", "data-suggest": url_for("retail.suggest_enterprises")}
        self.parent.render_kw = {"list": "centres", "data-suggest": url_for(
            "retail.suggest_establishments", kind=Kind.TRADE_CENTRE.value)}
        self.kind.choices = [("", "–"), *((kind.value, label(kind)) for kind in Kind)]
        self.recorded_class.choices = [("", _("not recorded")), *((rank, str(text)) for rank, text in CLASSES.items())]

    def facts(self, *, at: datetime, before: Establishment | None = None) -> EstablishmentFacts:
        """What was typed, as the verbs take it; a new enterprise is added. Raises Invalid with this form's names."""
        parent, unit = self.find_parent(), self.chosen
        if before is not None and self.unit.data == self.unit.object_data:
            unit = before.locations[-1].unit  # not touched: the place keeps the unit of its day
        return EstablishmentFacts(
            name=self.name.data or "", kind=self.kind.data, enterprise=self.find_enterprise(at), unit=unit,
            address=self.address.data or "", opened_on=self.opened_on.data, recorded_class=self.recorded_class.data,
            area_m2=whole(self.area_m2.data), items=whole(self.items.data), branch_code=self.branch_code.data or None,
            lat=self.lat.data, lon=self.lon.data, parent=parent, contact_post=self.contact_post.data or "",
            contact_phone=self.contact_phone.data or "", contact_email=self.contact_email.data or "",
            note=self.note.data or "", is_demo=before.is_demo if before else False)

    def find_enterprise(self, at: datetime) -> Enterprise:
        """The enterprise that was typed, or the new one."""
        if self.new_enterprise.data:
            return self.new(at)
        found = find_enterprises(self.enterprise.data or "")
        if len(found) == 1:
            return found[0]
        if not found:
            raise refused("enterprise", _("No enterprise is found by this. Correct it, or fill in a new one below."))
        names = "; ".join(enterprise_text(each) for each in found)
        raise refused("enterprise", _("Several are found: %(names)s. Write one of them with its tax code.",
                                      names=names))

    def new(self, at: datetime) -> Enterprise:
        """Add the new enterprise under its own names for the fields."""
        try:
            return add_enterprise(name=self.new_enterprise.data or "", tax_code=self.new_tax_code.data, by=self.user,
                                  at=at)
        except Invalid as error:
            names = {"name": "new_enterprise", "tax_code": "new_tax_code"}
            raise Invalid(str(error), {names[key]: text for key, text in error.fields.items()}) from None

    def find_parent(self) -> Establishment | None:
        """The trade centre that was typed."""
        text = self.parent.data
        if not text:
            return None
        found = find_establishments(text, self.user, kind=Kind.TRADE_CENTRE)
        if len(found) == 1:
            return found[0]
        if not found:
            raise refused("parent", _("No trade centre is found by this. Correct it, or leave it empty."))
        names = "; ".join(establishment_text(each) for each in found)
        raise refused("parent", _("Several are found: %(names)s. Write the number of one trade centre.", names=names))


def refused(field: str, words: str) -> Invalid:
    """One field's refusal."""
    return Invalid(words, {field: words})


def whole(value: Decimal | None) -> int | None:
    """A count that was typed."""
    return None if value is None else int(value)


def enterprise_text(enterprise: Enterprise) -> str:
    """An enterprise as the form writes and reads it: "Công ty Thử (2600123456)"."""
    return f"{enterprise.name} ({enterprise.tax_code})" if enterprise.tax_code else enterprise.name


def establishment_text(establishment: Establishment) -> str:
    """An establishment as forms write and read it: "CS-000004 · Trung tâm Thử"."""
    return f"{establishment.number} · {establishment.name}"


def as_typed(establishment: Establishment, today_unit: AdminUnit) -> dict[str, object]:
    """What the form shows before anything is changed."""
    here = establishment.locations[-1]
    own = ("name", "kind", "opened_on", "recorded_class", "area_m2", "items", "branch_code", "contact_post",
           "contact_phone", "contact_email", "note")
    return {**{field: getattr(establishment, field) for field in own}, "unit": today_unit.id, "address": here.address,
            "lat": here.lat, "lon": here.lon, "enterprise": enterprise_text(establishment.enterprise),
            "parent": establishment_text(establishment.parent) if establishment.parent else ""}
