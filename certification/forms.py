"""What people type about reviews, applications, decisions, certificates and what papers cite."""

from enum import StrEnum
from typing import TypeVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from certification.rules import EventKind, Outcome
from foundation.forms import DayField, Form
from foundation.i18n import label
from surveys.rules.words import ReviewOutcome

LONGEST = 4000  # letters of reasons
Word = TypeVar("Word", bound=StrEnum)
CHOOSE = _l("Choose one.")


class Needed(DataRequired):
    """Something has to be there. What is wrong with what was typed is said rather than this."""

    def __call__(self, form, field):
        if not field.errors:
            super().__call__(form, field)


def most(letters: int) -> Length:
    """No longer than this."""
    return Length(max=letters, message=_l("At most %(max)d characters, please."))


def number_of(value: object) -> int | None:
    """A level or an id as a number any database takes; None when it is none."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def member_of(words: type[Word], text: str | None) -> Word | None:
    """The member an address names; None when it names none."""
    return words(text) if text in set(words) else None


def reasons(text, *validators) -> TextAreaField:
    """The box for reasons."""
    return TextAreaField(text, [*validators, most(LONGEST)], render_kw={"rows": 3})


class ReviewForm(Form):
    """What the reviewer says of a survey."""

    outcome = RadioField(_l("Outcome"), [Needed(CHOOSE)], choices=[(one.value, "") for one in ReviewOutcome])
    reasons = reasons(_l("Reasons (the team reads them)"))
    na_confirmed = BooleanField(_l("I confirm that these points rightly do not apply"))


class ApplicationForm(Form):
    """A store's wish, as the clerk takes it in."""

    received_on = DayField(_l("Received on"), [Needed(_l("Write the day on which it was received."))])
    requested_level = SelectField(_l("Level asked for"), [Optional()], coerce=number_of)
    scope_vi = TextAreaField(_l("Scope, in Vietnamese"), [most(300)], render_kw={"rows": 2})
    scope_en = TextAreaField(_l("Scope, in English"), [most(300)], render_kw={"rows": 2})
    note = TextAreaField(_l("Note"), [most(500)], render_kw={"rows": 2})

    def offer(self, levels: list[tuple[int, str]]) -> None:
        """The levels to ask for."""
        self.requested_level.choices = [("", _l("No wish: what the survey reaches")), *levels]


class DecisionForm(Form):
    """What is decided on an application."""

    outcome = RadioField(_l("What is decided"), [Needed(CHOOSE)], choices=[])
    level_rank = RadioField(_l("Level"), [Optional()], coerce=number_of, validate_choice=False)
    valid_from = DayField(_l("Valid from"), [Optional()])
    reasons = reasons(_l("Reasons (the store reads them)"))

    def offer(self, levels: list[tuple[int, str]]) -> None:
        """Both outcomes and the levels reached; only refusal where there is no level."""
        outcomes = list(Outcome) if levels else [Outcome.REFUSED]
        self.outcome.choices = [(one.value, label(one)) for one in outcomes]
        self.level_rank.choices = levels


class EventForm(Form):
    """What happens to a certificate, from which day and why."""

    kind = RadioField(_l("What happens"), [Needed(CHOOSE)], choices=[])
    effective_on = DayField(_l("From the day"), [Needed(_l("Write the day from which it holds."))])
    reasons = reasons(_l("Reasons (the store reads them)"),
                      Needed(_l("Write the reasons. The store reads them.")))

    def offer(self, kinds: list[EventKind]) -> None:
        """What may follow today."""
        self.kind.choices = [(kind.value, label(kind)) for kind in kinds]


class IssuerForm(Form):
    """What papers cite from a day on."""

    valid_from = DayField(_l("From the day"), [Needed(_l("Write the day from which it holds."))])
    superior_body = StringField(_l("Superior body"), [Needed(_l("Write the body above.")), most(120)])
    issuing_body = StringField(_l("Issuing body"), [Needed(_l("Write the body that issues.")), most(120)])
    place = StringField(_l("Place before the date"), [Needed(_l("Write the place.")), most(60)])
    certifier_vi = StringField(_l("Who certifies, in Vietnamese"),
                               [Needed(_l("Write who certifies.")), most(160)])
    certifier_en = StringField(_l("Who certifies, in English"),
                               [Needed(_l("Write who certifies.")), most(160)])
    legal_basis = TextAreaField(_l("Legal basis"), [Needed(_l("Write at least one line.")), most(2000)],
                                render_kw={"rows": 8})
    signing_authority = TextAreaField(_l("Above the signature"), [
        Needed(_l("Write at least one line.")), most(200)], render_kw={"rows": 2})
