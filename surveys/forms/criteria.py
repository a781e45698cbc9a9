"""Forms of criteria sets, made from the columns of their sheets: a cell and a field are read the same way.

The parts of a set are named as its sheets are: set, groups, criteria, packaging, levels.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    HiddenField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from foundation.forms import Form
from foundation.i18n import day as show_day
from foundation.i18n import is_english, label
from surveys.criteria_words import explain_problem
from surveys.rules.checking import Problem
from surveys.rules.columns import SHEETS, Column, Shape
from surveys.rules.content import CategoryContent, GroupContent, LevelContent, SetContent
from surveys.rules.editing import Piece
from surveys.sheets import Unfit, criterion_from, figure, read_cell, text_of, value_in, write_cell

PIECES: dict[str, Any] = {"groups": GroupContent, "packaging": CategoryContent, "levels": LevelContent}
LONG = 160  # characters from which a text gets several lines


class Fits:
    """A field holds what its column holds; the value read is kept in `field.read`."""

    def __init__(self, column: Column):
        self.column = column
        self.field_flags = {"required": True} if column.needed and column.shape != Shape.YES_NO else {}

    def __call__(self, form, field):
        try:
            field.read = read_cell(self.column, cell_of(field))
        except Unfit as unfit:
            problem = Problem("set", unfit.trouble, params={
                "column": heading(self.column), "value": text_of(cell_of(field)), **unfit.params})
            raise ValidationError(explain_problem(problem)) from None


def cell_of(field: Any) -> object:
    """What was typed or chosen, as a cell would say it."""
    if isinstance(field.data, bool):
        return "yes" if field.data else "no"
    return ", ".join(field.data) if isinstance(field.data, list) else field.data


def heading(column: Column) -> str:
    """A column's heading in the reader's language."""
    return column.en if is_english() else column.vi


def field_for(column: Column) -> Any:
    """The field of one column."""
    name, fits = heading(column), [Fits(column)]
    if column.shape == Shape.YES_NO:
        return BooleanField(name, fits)
    if column.name == "group":
        return SelectField(name, fits, choices=[])  # filled with the groups there are
    if column.shape in (Shape.CHOICE, Shape.LIST):
        words = [SelectChoice(member.value, choice_of(member)) for member in column.words]
        if column.shape == Shape.LIST:
            return SelectMultipleField(name, fits, choices=words, widget=ListWidget(prefix_label=False),
                                       option_widget=CheckboxInput())
        return SelectField(name, fits, choices=words if column.needed else [SelectChoice("", "–"), *words])
    return (TextAreaField if column.most >= LONG and column.shape == Shape.TEXT else StringField)(name, fits)


def choice_of(member: Any) -> str:
    """An option: its words, with the code where people use it (E1, ST)."""
    return f"{member.value}: {label(member)}" if member.value.isupper() else label(member)


@cache
def form_class(part: str, omit: frozenset[str], english: bool) -> type[Form]:
    """The form of one part of a set; headings in one language."""
    fields = {column.name: field_for(column) for column in SHEETS[part] if column.name not in omit}
    return type(f"{part.title()}Form", (Form,), fields)


def make_form(part: str, piece: Any = None, omit: frozenset[str] = frozenset(), **extra: Any) -> Form:
    """The form of a part, filled from a piece of content."""
    columns = [column for column in SHEETS[part] if column.name not in omit]
    values = {**vars(piece), **extra} if piece else extra
    return form_class(part, omit, is_english())(data={
        column.name: typed(column, values) for column in columns
        if column.name in values or (piece and column.name.startswith("anchor_"))})


def typed(column: Column, values: dict[str, Any]) -> Any:
    """A value as its field shows it: days and figures the Vietnamese way."""
    value = value_in(values, column)
    if column.shape == Shape.YES_NO:
        return value
    if column.shape == Shape.LIST:
        return [member.value for member in value]
    cell = write_cell(column, value)
    if isinstance(cell, Decimal):
        return figure(cell)
    return show_day(cell) if isinstance(cell, date) else "" if cell is None else str(cell)


def values_in(form: Form) -> dict[str, Any]:
    """What a valid form says, by column."""
    return {field.name: field.read for field in form if hasattr(field, "read")}


def piece_from(part: str, form: Form, old: Piece | None) -> tuple[Piece, str]:
    """The piece in a valid form, and the group of a criterion; a group keeps the criteria it had."""
    values = values_in(form)
    if old:
        key = SHEETS[part][0].name
        values[key] = getattr(old, key)
    if part == "criteria":
        group = values.pop("group")
        return criterion_from(values), group
    if isinstance(old, GroupContent):
        values["criteria"] = old.criteria
    return PIECES[part](**values), ""


def set_from(form: Form, content: SetContent) -> SetContent:
    """The set with the facts in a valid form."""
    return replace(content, **values_in(form))


class VersionForm(Form):
    """The version of a copy."""

    version = StringField(_l("New version"), [InputRequired(_l("Give the copy a version, such as 1.1.")),
                                              Length(max=10, message=_l("At most 10 characters."))])


class ImportForm(Form):
    """A workbook to look at."""

    file = FileField(_l("Workbook (.xlsx)"), [FileRequired(_l("Choose a file first."))])


class ConfirmForm(VersionForm):
    """A workbook that was looked at: its tables travel with the page, nothing was written."""

    tables = HiddenField(validators=[InputRequired(_l("Choose a file first."))])

