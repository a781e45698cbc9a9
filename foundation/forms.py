"""What all forms share: cleaned Vietnamese text, Vietnamese messages, errors beside the field."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.widgets import TextInput

from foundation.db import db
from foundation.errors import AppError, Invalid
from foundation.i18n import day as show_day
from foundation.i18n import number as show_number
from foundation.text import clean

CHOOSE = _l("Choose one of the list.")
LONG = _l("Write at most %(max)d characters.")
WORDS = {  # what WTForms says by itself, in our words; a form's own validators bring their own
    "Not a valid choice.": CHOOSE,
    "Invalid Choice: could not coerce.": CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": CHOOSE,
    "'%(value)s' is not a valid choice for this field.": CHOOSE,
    "'%(value)s' are not valid choices for this field.": CHOOSE,
    "This field is required.": _l("Fill this in."),
    "Field cannot be longer than %(max)d character.": LONG,
    "Field cannot be longer than %(max)d characters.": LONG,
}


class Words:
    """WTForms' messages, looked up in WORDS."""

    def gettext(self, text: str) -> str:
        return str(WORDS.get(text, text))

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


class Form(FlaskForm):
    """The parent of every form. CSRF is on; text is NFC with single spaces; messages are ours."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form):
            return Words()

        def bind_field(self, form, unbound, options):
            filters = unbound.kwargs.get("filters", [])
            if issubclass(unbound.field_class, StringField) and "Password" not in unbound.field_class.__name__:
                filters = [*filters, tidy]
            return unbound.bind(form=form, filters=filters, **options)

    @contextmanager
    def refusing(self, errors: type[AppError] | tuple[type[AppError], ...] = Invalid) -> Iterator[None]:
        """When the block raises one of `errors`, the form shows it, and the view goes on behind the block."""
        try:
            yield
        except errors as error:
            self.refuse(error)

    def refuse(self, error: AppError) -> None:
        """Undo what was begun; say why beside the fields the error names, or above the form where it names none."""
        db.session.rollback()
        fields = error.fields if isinstance(error, Invalid) else {}
        for name, advice in fields.items():
            if name in self:
                self[name].errors = [*self[name].errors, advice]
        if not any(name in self for name in fields):
            self.form_errors.append(str(error))


def tidy(value: str | None) -> str | None:
    """Clean each line; line breaks stay."""
    return value and "\n".join(clean(line) for line in value.splitlines()).strip()


class DayField(Field):
    """A day typed as dd/mm/yyyy (or picked as yyyy-mm-dd). `data` is a date or None; what was typed is kept."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return self.raw_data[0]
        return show_day(self.data) if self.data else ""

    def process_formdata(self, values):
        text = clean(values[0]) if values else ""
        self.data = parse_day(text) if text else None
        if text and self.data is None:
            raise ValueError(_("“%(text)s” is not a day. Write it as 31/12/2026.", text=text))


class NumberField(Field):
    """A number typed the Vietnamese way: 1.250,5. `places` decimals at most; `data` is a Decimal or None."""

    widget = TextInput()

    def __init__(self, label=None, validators=None, places: int = 0, **kwargs):
        super().__init__(label, validators, **kwargs)
        self.places = places

    def _value(self) -> str:
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else show_number(self.data, self.places)

    def process_formdata(self, values):
        text = clean(values[0]) if values else ""
        self.data = parse_number(text) if text else None
        if text and self.data is None:
            raise ValueError(_("“%(text)s” is not a number. Write it as 1.250,5.", text=text))
        if self.data is not None and self.data != round(self.data, self.places):
            raise ValueError(_("At most %(places)s decimals, please.", places=self.places))


def parse_day(text: str) -> date | None:
    """dd/mm/yyyy, d-m-yyyy, d.m.yyyy or yyyy-mm-dd; None when it is no day of the calendar."""
    parts = text.replace("-", "/").replace(".", "/").split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    numbers = [int(part) for part in parts]
    year, month, day = numbers if len(parts[0]) == 4 else reversed(numbers)
    try:
        return date(year, month, day) if year >= 1900 else None
    except ValueError:
        return None


def parse_number(text: str) -> Decimal | None:
    """1.250,5 or 1250.5 or 1 250: dots before groups of three are thousands marks. None when it is no number."""
    plain = text.replace("\u00a0", "").replace(" ", "")
    whole, comma, fraction = plain.partition(",")
    grouped = re.fullmatch(r"-?[1-9][0-9]{0,2}(\.[0-9]{3})+", whole)
    if comma:
        if not (grouped or re.fullmatch(r"-?[0-9]+", whole)) or not re.fullmatch(r"[0-9]+", fraction):
            return None
        plain = whole.replace(".", "") + "." + fraction
    elif grouped:
        plain = plain.replace(".", "")
    return Decimal(plain) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain) else None
