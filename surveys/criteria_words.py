"""A criteria set in words: its enums, how each criterion scores, what differs, what is wrong with it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from foundation.audit import name_words
from foundation.i18n import day, is_english, label, name_members, pick
from surveys.explaining import short
from surveys.rules.checking import Problem, Trouble
from surveys.rules.columns import NAMES, SHEETS
from surveys.rules.editing import Change, Piece
from surveys.rules.words import AnswerType, Applies, Instrument, MaterialClass, Measure

name_members({
    AnswerType.BOOL: _l("Yes or no"),
    AnswerType.SCALE4: _l("Scale of 0 to 4"),
    AnswerType.PERCENT: _l("Share, entered"),
    AnswerType.COUNT: _l("Whole number"),
    AnswerType.COMPUTED: _l("Taken from the packaging sheet"),
})
name_members({
    Applies.ALL: _l("All establishments"),
    Applies.STORES: _l("Supermarkets and stores"),
    Applies.TRADE_CENTRES: _l("Trade centres"),
})
name_members({
    Measure.OVERALL: _l("Replaced share R"),
    Measure.CHECKOUT: _l("Replaced share at the checkout"),
    Measure.FRESH: _l("Replaced share at fresh counters"),
    Measure.TABLEWARE: _l("Replaced share of tableware"),
    Measure.PROOF: _l("Share with valid proof"),
})
name_members({Instrument.BAGS: _l("Bag measurement"), Instrument.SHEET: _l("Packaging sheet")})
name_words({
    "draft_criteria_set": _l("Criteria set drafted"),
    "edit_criteria_set": _l("Criteria set edited"),
    "publish_criteria_set": _l("Criteria set published"),
    "retire_criteria_set": _l("Criteria set retired"),
    "discard_criteria_set": _l("Draft of a criteria set discarded"),
    "CriteriaSet": _l("Criteria set"),
})

WORDS: dict[Trouble, Any] = {
    Trouble.NO_SHEET: _l("The sheet is missing or empty."),
    Trouble.NO_COLUMN: _l("The column “%(value)s” is missing."),
    Trouble.NO_ROWS: _l("There is no row below the headings."),
    Trouble.EMPTY: _l("“%(column)s” is empty: fill it in."),
    Trouble.TOO_LONG: _l("“%(column)s” is too long: at most %(most)s characters."),
    Trouble.NOT_A_NUMBER: _l("“%(column)s”: “%(value)s” is not a number. Write it as 1,5."),
    Trouble.NOT_A_DAY: _l("“%(column)s”: “%(value)s” is not a day. Write it as 31/12/2026."),
    Trouble.NOT_ONE_OF: _l("“%(column)s”: “%(value)s” is not one of %(words)s."),
    Trouble.NOT_PAIRS: _l("“%(column)s”: “%(value)s” cannot be read. Write pairs such as 0=0; 1=0,5."),
    Trouble.NO_SUCH_GROUP: _l("There is no group “%(value)s” in the sheet of groups."),
    Trouble.TWICE: _l("This code occurs more than once: give each its own."),
    Trouble.CODE_FORM: _l("A code is a capital letter, then up to five capital letters or digits, such as A1."),
    Trouble.GROUP_POINTS: _l("%(side)s: the points of its criteria make %(points)s, the group has %(weight)s."),
    Trouble.ALL_POINTS: _l("The points of all groups make %(points)s, not 100."),
    Trouble.NO_CRITERIA: _l("The group has no criterion."),
    Trouble.MUST_TYPE: _l("A must is answered yes or no: change its type."),
    Trouble.MUST_WEIGHT: _l("A must has no points: set them to 0."),
    Trouble.NO_WEIGHT: _l("It has no points: give it some, or make it a must."),
    Trouble.LO_HI: _l("The share that gives 0 points must lie below the one that gives all, both from 0 to 100 %%."),
    Trouble.NO_BANDS: _l("A whole number needs bands, such as 0=0; 1=0,5; 3=1."),
    Trouble.BANDS_ORDER: _l("Bands begin at 0 and rise, in number and in points."),
    Trouble.BANDS_WEIGHT: _l("The last band gives %(points)s points, the criterion has %(weight)s."),
    Trouble.ANCHORS: _l("A scale needs five texts, 0 to 4, in Vietnamese and in English."),
    Trouble.NO_MEASURE: _l("Say what it takes from the packaging sheet."),
    Trouble.MEASURED_NOTHING: _l("No packaging category counts for “%(measure)s”."),
    Trouble.COVERAGE_MUST: _l("Only a must can be a condition of coverage."),
    Trouble.INSTRUMENT_TWICE: _l("“%(instrument)s” belongs to %(other)s already."),
    Trouble.REUSED: _l("In version %(version)s this code means “%(title)s”. Use a new code for a new meaning."),
    Trouble.NO_LEVEL: _l("There is no level: add at least one."),
    Trouble.LEVEL_ORDER: _l("It asks for less than level %(other)s."),
    Trouble.LEVEL_RANGE: _l("Levels are numbered from 1; points and shares lie from 0 to 100."),
    Trouble.LEVEL_GROUP: _l("There is no group “%(group)s”."),
    Trouble.GRAMS: _l("The plastic per unit must be more than 0 grams."),
    Trouble.TALLY_TWICE: _l("The 100-customer count belongs to %(other)s already."),
    Trouble.NO_CLASSES: _l("Say which of E1 to E5 count as eco-friendly."),
    Trouble.VALIDITY: _l("A certificate is valid for 1 to 120 months."),
    Trouble.VERSION_TAKEN: _l("This version exists already: choose another."),
}


def explain_problem(problem: Problem) -> str:
    """What is wrong and what to do about it."""
    return str(WORDS[problem.trouble]) % {name: in_words(value) for name, value in problem.params.items()}


def in_words(value: Any) -> str:
    """A value as people read it: words, days, figures, lists of them."""
    if value is None or value == "" or value == ():
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, StrEnum):
        return str(value.value) if isinstance(value, MaterialClass) else label(value)
    if isinstance(value, Decimal | int):
        return short(value, 6)
    if isinstance(value, Mapping):
        return "; ".join(f"{code} = {in_words(share)}" for code, share in value.items()) or "–"
    if isinstance(value, tuple):
        return "; ".join(" = ".join(map(in_words, one)) if isinstance(one, tuple) else in_words(one) for one in value)
    return day(value) if isinstance(value, date) else str(value)


def place_of(problem: Problem) -> str:
    """Where a problem lies: the sheet, the row of the file, the code."""
    parts = [sheet_name(problem.sheet)]
    if problem.row:
        parts.append(_("row %(row)s", row=problem.row))
    if problem.code:
        parts.append(problem.code)
    return ", ".join(parts)


def sheet_name(part: str) -> str:
    """A part of a set, as its sheet is called."""
    return NAMES[part][is_english()]


def name_change(change: Change) -> str:
    """Where two sets differ: the part, its code, the field."""
    return ", ".join(part for part in (sheet_name(change.part), change.code, field_name(change)) if part)


def field_name(change: Change) -> str:
    """The heading of the field that differs; a scale's texts are one field."""
    if change.field.startswith("anchors"):
        return _("Steps in Vietnamese") if change.field.endswith("vi") else _("Steps in English")
    column = next((column for column in SHEETS[change.part] if column.name == change.field), None)
    return "" if column is None else column.en if is_english() else column.vi


def shown_value(change: Change, value: Any) -> str:
    """One side of a difference; of a whole piece only its name."""
    if change.field or value is None:
        return in_words(value)
    return pick(value, "title" if "title_vi" in value else "name")


def score_in_words(criterion: Any) -> str:
    """How a criterion scores."""
    if criterion.is_must:
        return _("Must be yes")
    if criterion.type == AnswerType.BOOL:
        return _("Yes gives %(points)s", points=short(criterion.weight))
    if criterion.type == AnswerType.SCALE4:
        return _("Step / 4 × %(points)s", points=short(criterion.weight))
    if criterion.type == AnswerType.COUNT:
        return "; ".join(_("from %(number)s: %(points)s", number=start, points=short(points))
                         for start, points in criterion.bands or ())
    if criterion.lo is None or criterion.hi is None:
        return _("not set yet")
    return _("%(lo)s %% gives 0, %(hi)s %% gives %(points)s", lo=short(criterion.lo), hi=short(criterion.hi),
             points=short(criterion.weight))


def piece_title(part: str, piece: Piece) -> str:
    """What a part of a set is called."""
    return pick(piece, "title" if part in ("groups", "criteria") else "name")


def add_title(part: str) -> str:
    """What the page that adds one more is called."""
    return {"groups": _("Add a group"), "criteria": _("Add a criterion"), "packaging": _("Add a packaging category"),
            "levels": _("Add a level")}[part]
