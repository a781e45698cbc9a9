"""Reads a survey document value by value, in words: everything wrong is named by its path, e.g. "answers.A6.yes"."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from foundation.forms import tidy
from retail.rules import Kind
from surveys.models import Criterion, Survey
from surveys.queries.document import CLASSES, instant_text
from surveys.rules.document import READINGS, SIDES_OF_TALLY, Document, plain
from surveys.rules.words import AnswerType, Applies, CountMethod, MaterialClass, Side

Read = Callable[[Any], Any]  # takes a value of the document, gives it back canonical; raises Wrong
MOST_BAGS = 30
MOST_POINTS = 6000  # of one signature
CANVAS = 1000  # width of a signature


class Wrong(ValueError):
    """A value that cannot be used; its text says what to do."""


def text(most: int) -> Read:
    """Lines of tidy text; None is the empty text."""

    def read(value: Any) -> str:
        if value is not None and not isinstance(value, str):
            raise Wrong(_("Write text here."))
        tidied = tidy(value) or ""
        if len(tidied) > most:
            raise Wrong(_("At most %(most)s characters, please; these are %(count)s.", most=most, count=len(tidied)))
        return tidied

    return read


def whole(most: int, least: int = 0) -> Read:
    """A whole number between two bounds, or None."""

    def read(value: Any) -> int | None:
        figure = figure_of(value)
        if figure is None:
            return None
        if figure != figure.to_integral_value() or not least <= figure <= most:
            raise Wrong(_("Write a whole number from %(least)s to %(most)s.", least=least, most=most))
        return int(figure)

    return read


def figure(most: int = 10**11, above: int | None = None) -> Read:
    """A figure not below zero with at most six decimals, as plain text; or None."""

    def read(value: Any) -> str | None:
        number = figure_of(value)
        if number is None:
            return None
        if number < 0 or number > most:
            raise Wrong(_("Write a number from 0 to %(most)s.", most=most))
        if above is not None and number <= above:
            raise Wrong(_("Write a number above %(above)s.", above=above))
        if number != round(number, 6):
            raise Wrong(_("At most %(places)s decimals, please.", places=6))
        return plain(number)

    return read


def figure_of(value: Any) -> Decimal | None:
    """A JSON number or its plain text as a Decimal."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise Wrong(_("Write a number."))
    written = str(value).strip()
    if not re.fullmatch(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", written):
        raise Wrong(_("“%(text)s” is not a number. Write it as 1.250,5.", text=written[:40]))
    return Decimal(written)


def flag(value: Any) -> bool | None:
    """True, False or not said."""
    if value is not None and not isinstance(value, bool):
        raise Wrong(_("Choose yes or no."))
    return value


def day(value: Any) -> str | None:
    """An ISO day, or None."""
    if value is None or value == "":
        return None
    try:
        read = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Wrong(_("“%(text)s” is not a day. Write it as 31/12/2026.", text=str(value)[:40])) from None
    if not 1900 <= read.year <= 2200:
        raise Wrong(_("“%(text)s” is not a day. Write it as 31/12/2026.", text=str(value)[:40]))
    return read.isoformat()


def instant(value: Any) -> str | None:
    """An ISO moment with its time zone, given back in UTC; or None."""
    if value is None or value == "":
        return None
    try:
        read = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Wrong(_("This is not a moment. Write it as 2026-11-24T09:10:00+07:00.")) from None
    if read.tzinfo is None or not 1900 <= read.year <= 2200:
        raise Wrong(_("This is not a moment with its time zone. Write it as 2026-11-24T09:10:00+07:00."))
    return instant_text(read.astimezone(UTC))


def one_of(words: type[StrEnum], must: bool = False) -> Read:
    """A member of an enum by its value; None where it may be left out."""

    def read(value: Any) -> str | None:
        if value in (None, "") and not must:
            return None
        if not isinstance(value, str) or value not in {word.value for word in words}:
            raise Wrong(_("Choose one of: %(words)s.", words=", ".join(words)))
        return value

    return read


def readings(value: Any) -> list[str | None]:
    """Up to five thickness readings in µm; null where not read."""
    if not isinstance(value, list) or len(value) > READINGS:
        raise Wrong(_("Give at most five readings."))
    return [*map(figure(most=10_000, above=0), value), *[None] * READINGS][:READINGS]


def strokes(value: Any) -> list[list[list[int]]]:
    """Pen strokes: lists of [x, y], 0 to 1000, rounded to whole units."""
    try:
        drawn = [[[round(x), round(y)] for x, y in stroke] for stroke in value if stroke]
    except (TypeError, ValueError, OverflowError):
        raise Wrong(_("The signature could not be read. Please sign again.")) from None
    points = [axis for stroke in drawn for point in stroke for axis in point]
    if len(points) > 2 * MOST_POINTS or any(not 0 <= axis <= CANVAS for axis in points):
        raise Wrong(_("The signature could not be read. Please sign again."))
    return drawn


HEAD: dict[str, Read] = {
    "observed_at": instant, "period_from": day, "period_to": day, "count_method": one_of(CountMethod),
    "counted_by": text(120), "receipts": whole(10**9), "floor_area_m2": whole(10**7, least=1),
    "remarks": text(4000), "store_remarks": text(4000),
}
TALLY: dict[str, Read] = {side: whole(100) for side in SIDES_OF_TALLY}
SAID: dict[AnswerType, dict[str, Read]] = {
    AnswerType.BOOL: {"yes": flag},
    AnswerType.SCALE4: {"step": whole(4)},
    AnswerType.PERCENT: {"numerator": figure(), "denominator": figure()},
    AnswerType.COUNT: {"number": whole(10**6)},
    AnswerType.COMPUTED: {},
}
BESIDE: dict[str, Read] = {"na": flag, "na_reason": text(300), "note": text(2000)}
AMOUNTS = ("opening", "purchased", "closing", "returned")
LINE: dict[str, Read] = {
    "class": one_of(MaterialClass, must=True), **dict.fromkeys(AMOUNTS, figure()),
    "proof_number": text(60), "proof_holder": text(160), "proof_expires_on": day, "has_statement": flag,
    "note": text(300),
}
BAG: dict[str, Read] = {
    "label": text(120), "width_cm": figure(most=1000, above=0), "height_cm": figure(most=1000, above=0),
    "readings_um": readings, "hard_to_degrade": flag, "prepack": flag,
}
SIGNATURE: dict[str, Read] = {"title": text(120), "strokes": strokes, "signed_at": instant}


class Reading:
    """One pass over a document for one survey: `part` is what it says, canonical; `errors` what is wrong, by path."""

    def __init__(self, survey: Survey, document: Mapping[str, Any], *, at: datetime):
        self.at = instant_text(at)
        self.criteria = {criterion.code: criterion for criterion in asked(survey)}
        self.categories = [category.code for category in survey.criteria_set.categories]
        self.errors: dict[str, str] = {}
        parts: dict[str, Read] = {
            **HEAD, "revision": whole(10**9), "tally": self.tally, "answers": self.answers, "lines": self.lines,
            "bags": self.bags, "signatures": self.signatures,
        }
        self.part = self.values(document, parts, "")

    def values(self, given: Any, table: Mapping[str, Read], path: str) -> Document:
        """The values of one object, each read as its table says."""
        if not isinstance(given, Mapping):
            self.errors[path.rstrip(".")] = _("This part of the form could not be read.")
            return {}
        read: Document = {}
        for key, value in given.items():
            try:
                if key not in table:
                    raise Wrong(_("The form has no such field."))
                read[key] = table[key](value)
            except Wrong as wrong:
                self.errors[f"{path}{key}"] = str(wrong)
        return read

    def tally(self, given: Any) -> Document | None:
        """The count of 100 customers; None until counted."""
        if given is None:
            return None
        counted = self.values(given, TALLY, "tally.")
        tally = {side: counted.get(side) or 0 for side in SIDES_OF_TALLY}
        if sum(tally.values()) > 100:
            raise Wrong(_("Count 100 customers; these are %(count)s.", count=sum(tally.values())))
        return tally

    def answers(self, given: Any) -> Document:
        """Answers by criterion code; {} or null takes one back."""
        return self.values(given or {}, {code: self.answer(code, criterion) for code, criterion
                                         in self.criteria.items()}, "answers.")

    def answer(self, code: str, criterion: Criterion) -> Read:
        """How one criterion's answer is read."""

        def read(given: Any) -> Document:
            path = f"answers.{code}."
            said = self.values(given or {}, {**SAID[criterion.type], **BESIDE}, path)
            if said.get("na") and not criterion.na_allowed:
                self.errors[f"{path}na"] = _("This criterion always applies.")
            check_ratio(said, path, self.errors)
            return {key: value for key, value in said.items()
                    if value not in (None, "") and (key == "yes" or value is not False)}

        return read

    def lines(self, given: Any) -> list[Document]:
        """Lines of the packaging sheet, in canonical order; a category × class stands once."""
        if not isinstance(given, list):
            raise Wrong(_("This part of the form could not be read."))
        read: dict[tuple[int, int], Document] = {}
        for number, line in enumerate(given):
            path = f"lines.{number}."
            said = self.values(line, {**LINE, "category": self.category}, path)
            for key in ("category", "class"):
                if key not in said:
                    self.errors.setdefault(path + key, _("Choose one."))
            if not {"category", "class"} <= said.keys():
                continue
            place = (self.categories.index(said["category"]), CLASSES.index(MaterialClass(said["class"])))
            if place in read:
                self.errors[f"{path}class"] = _("%(category)s stands twice with this class: add the lines up.",
                                                category=said["category"])
            read[place] = whole_line(said)
        return [read[place] for place in sorted(read)]

    def category(self, value: Any) -> str:
        """A category of the set, by its code."""
        if value not in self.categories:
            raise Wrong(_("The packaging sheet has no such category."))
        return value

    def bags(self, given: Any) -> list[Document]:
        """Bag samples in their order."""
        if not isinstance(given, list) or len(given) > MOST_BAGS:
            raise Wrong(_("Measure at most %(most)s kinds of bags.", most=MOST_BAGS))
        empty = {"label": "", "width_cm": None, "height_cm": None, "readings_um": [None] * READINGS,
                 "hard_to_degrade": None, "prepack": None}
        return [empty | self.values(bag, BAG, f"bags.{number}.") for number, bag in enumerate(given)]

    def signatures(self, given: Any) -> Document:
        """Signatures by side; null, or one without a stroke, is none."""
        return self.values(given or {}, {side.value: self.signature(side) for side in Side}, "signatures.")

    def signature(self, side: Side) -> Read:
        """How one side's signature is read."""

        def read(given: Any) -> Document | None:
            signed = self.values(given or {}, SIGNATURE, f"signatures.{side.value}.")
            if not signed.get("strokes"):
                return None
            return {"title": signed.get("title", ""), "strokes": signed["strokes"],
                    "signed_at": signed.get("signed_at") or self.at}

        return read


def asked(survey: Survey) -> Iterator[Criterion]:
    """The criteria this kind of establishment answers, in order."""
    side = Applies.TRADE_CENTRES if survey.kind == Kind.TRADE_CENTRE else Applies.STORES
    return (criterion for group in survey.criteria_set.groups for criterion in group.criteria
            if criterion.applies_to in (Applies.ALL, side))


def check_ratio(said: Document, path: str, errors: dict[str, str]) -> None:
    """A part is never larger than its whole, and the whole is never nothing."""
    part, all_of_it = said.get("numerator"), said.get("denominator")
    if all_of_it is not None and Decimal(all_of_it) == 0:
        errors[f"{path}denominator"] = _("The whole is above 0.")
    elif part is not None and all_of_it is not None and Decimal(part) > Decimal(all_of_it):
        errors[f"{path}numerator"] = _("The part is not larger than the whole, %(whole)s.", whole=all_of_it)


def whole_line(said: Document) -> Document:
    """A line with every part."""
    amounts = {name: said.get(name) or "0" for name in AMOUNTS}
    texts = {name: said.get(name, "") for name in ("proof_number", "proof_holder", "note")}
    return {"category": said["category"], "class": said["class"], **amounts, **texts,
            "proof_expires_on": said.get("proof_expires_on"), "has_statement": bool(said.get("has_statement"))}
