"""Two surveys beside each other, in words: where they differ, or what a follow-up found then and now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from foundation.i18n import label
from surveys.models import Evidence, Survey
from surveys.queries import score_of, titles_of
from surveys.queries.comparing import differences_between, told_of
from surveys.rules.comparing import FILES, Difference, File, Part, Piece, pieces_of
from surveys.rules.strokes import path_of
from surveys.rules.words import Side
from surveys.saying import FIELDS, say_answer, say_field, say_value

Files = Mapping[str, Evidence]
KEYS = ("category", "class", "strokes", FILES)  # they stand in the title, or are shown themselves


@dataclass(frozen=True)
class Half:
    """What one survey says in a place. `answer` of a criterion, `facts` (name, value) of anything else."""

    answer: str
    facts: list[tuple[str, str]]
    note: str
    points: Decimal | None
    met: bool | None
    files: list[tuple[File, Evidence | None]]  # None: named by the survey, not received yet
    pen: str  # of a signature: its strokes as path data
    says_nothing: bool


@dataclass(frozen=True)
class Row:
    """A place with both halves, the first survey's to the left."""

    part: Part
    code: str
    title: str
    halves: tuple[Half, Half]
    is_said: bool = True  # false: only photos or pen strokes differ


class Telling:
    """One survey with what its halves need, read once."""

    def __init__(self, survey: Survey):
        self.survey = survey
        self.files: Files = {piece.id: piece for piece in survey.evidence}
        self.criteria = survey.criteria_set.criteria_by_code
        self.lines = {line["code"]: line for group in score_of(survey)["groups"] for line in group["criteria"]}

    def half(self, part: Part, code: str, piece: Piece, fields: Collection[str]) -> Half:
        """What it says in one place, as far as it is named in `fields`."""
        values = piece.values
        is_answer = part == Part.ANSWER
        line = self.lines.get(code, {}) if is_answer else {}
        points = None if line.get("must") else line.get("points")
        return Half(
            answer=say_answer(values, self.criteria.get(code)) if is_answer else "",
            facts=[] if is_answer else [(say_field(name), say_value(name, values[name])) for name in FIELDS
                                        if name in fields and name not in KEYS and name in values],
            note=values.get("note") or "" if is_answer else "",
            points=None if points is None else Decimal(points), met=line.get("met"),
            pen=path_of(values.get("strokes") or ()) if part == Part.SIGNATURE else "",
            files=[(file, self.files.get(file["id"])) for file in piece.files] if FILES in fields else [],
            says_nothing=not any(value not in (None, "") for value in values.values()))


def differing_rows(left: Survey, right: Survey) -> list[Row]:
    """Every place where two surveys differ, in the order of the form."""
    one, other = Telling(left), Telling(right)
    titles = titles_of(left) | titles_of(right)
    return [Row(found.part, found.code, title_of(found, titles), (
        one.half(found.part, found.code, found.before, found.fields),
        other.half(found.part, found.code, found.after, found.fields)), found.is_said)
        for found in differences_between(left, right)]


def then_and_now(now: Survey, then: Survey, asked: Iterable[str]) -> list[Row]:
    """The criteria a follow-up asked for again, with everything said then and now, whether it differs or not."""
    titles = titles_of(now)
    one, other = Telling(then), Telling(now)
    was, says = pieces_of(told_of(then)), pieces_of(told_of(now))
    return [Row(Part.ANSWER, code, titles.get(code, ""), (
        one.half(Part.ANSWER, code, was.get((Part.ANSWER, code), Piece({})), (FILES,)),
        other.half(Part.ANSWER, code, says.get((Part.ANSWER, code), Piece({})), (FILES,)))) for code in asked]


def title_of(found: Difference, titles: Mapping[str, str]) -> str:
    """The words beside the code of a place."""
    code, _dot, material = found.code.partition(".")
    words: dict[Part, Any] = {
        Part.HEAD: say_field(found.code), Part.REMARKS: say_field(found.code), Part.TALLY: _("100 customers in a row"),
        Part.BAG: _("Bag %(number)s", number=int(code) + 1 if code.isdecimal() else code),
        Part.SIGNATURE: _("Signature: %(who)s", who=label(Side(code)) if code in set(Side) else code),
        Part.FILES: _("Files about nothing in particular")}
    return str(words[found.part]) if found.part in words else titles.get(code, code)
