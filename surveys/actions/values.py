"""Reads single values of JSON or of a query: canonical, or refused in words that say what to do."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from typing import Any
from unicodedata import is_normalized

from flask_babel import gettext as _

from foundation.forms import tidy
from surveys.rules.document import Document, instant_text
from surveys.rules.figures import plain

Read = Callable[[Any], Any]  # takes a value of the document, gives it back canonical; raises Wrong
MOST_POINTS = 6000  # of one signature
CANVAS = 1000  # width of a signature
FIGURE = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,10})(?:\.[0-9]{0,5}[1-9])?")  # a figure as `plain` writes it


class Wrong(ValueError):
    """A value that cannot be used; its text says what to do."""


def text(most: int) -> Read:
    """Lines of tidy text; None is the empty text."""

    def read(value: Any) -> str:
        if not value and isinstance(value, str | None):
            return ""
        if not isinstance(value, str):
            raise Wrong(_("Write text here."))
        if len(value) <= most and is_tidy(value):
            return value
        tidied = tidy(value) or ""
        if len(tidied) > most:
            raise Wrong(_("At most %(most)s characters, please; these are %(count)s.", most=most, count=len(tidied)))
        return tidied

    return read


def is_tidy(value: str) -> bool:
    """Whether `tidy` would give a line back as it is; quicker than asking it."""
    return value.isprintable() and value == " ".join(value.split()) and is_normalized("NFC", value)


def whole(most: int, least: int = 0) -> Read:
    """A whole number between two bounds, or None."""

    def read(value: Any) -> int | None:
        if type(value) is int and least <= value <= most:
            return value
        figure = figure_of(value)
        if figure is None:
            return None
        if figure != figure.to_integral_value() or not least <= figure <= most:
            raise Wrong(_("Write a whole number from %(least)s to %(most)s.", least=least, most=most))
        return int(figure)

    return read


def figure(most: int = 10**11, above: int | None = None) -> Read:
    """A figure not below zero with at most six decimals, as plain text; or None."""
    floor = -1 if above is None else above

    def read(value: Any) -> str | None:
        if value is None:
            return None
        if isinstance(value, str) and PLAIN.fullmatch(value) and value[0] != "-" and floor < float(value) <= most:
            return value
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
    if not FIGURE.fullmatch(written):
        raise Wrong(_("“%(text)s” is not a number. Write it as 1.250,5.", text=written[:40]))
    return Decimal(written)


def flag(value: Any) -> bool | None:
    """True, False or not said."""
    if value is None or value is True or value is False:
        return value
    raise Wrong(_("Choose yes or no."))


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
    known = {word.value for word in words}

    def read(value: Any) -> str | None:
        if isinstance(value, str) and value in known:
            return value
        if value in (None, "") and not must:
            return None
        raise Wrong(_("Choose one of: %(words)s.", words=", ".join(words)))

    return read


def degrees(most: int) -> Read:
    """A latitude or longitude as plain text, or None."""

    def read(value: Any) -> str | None:
        if isinstance(value, str) and PLAIN.fullmatch(value) and abs(float(value)) <= most:
            return value
        number = figure_of(value)
        if number is not None and abs(number) > most:
            raise Wrong(_("This position is not on the globe."))
        return plain(number)

    return read


def strokes(value: Any) -> list[list[list[int]]]:
    """Pen strokes: lists of [x, y], 0 to 1000, rounded to whole units."""
    try:
        points = list(chain.from_iterable(value))
        axes = list(chain.from_iterable(points))
        if not {list}.issuperset(map(type, points)) or not {int}.issuperset(map(type, axes)):
            value = [[[round(axis) for axis in point] for point in stroke] for stroke in value]
            points = list(chain.from_iterable(value))
            axes = list(chain.from_iterable(points))
    except (TypeError, ValueError, OverflowError):
        raise Wrong(_("The signature could not be read. Please sign again.")) from None
    if (not {2}.issuperset(map(len, points)) or len(points) > MOST_POINTS
            or (axes and not 0 <= min(axes) <= max(axes) <= CANVAS)):
        raise Wrong(_("The signature could not be read. Please sign again."))
    return [stroke for stroke in value if stroke]


def read_values(given: Any, table: Mapping[str, Read], path: str, errors: dict[str, str]) -> Document:
    """The values of one object, each read as its table says; what is wrong goes into `errors` by its path."""
    if not isinstance(given, dict | Mapping):
        errors[path.rstrip(".")] = _("This part of the form could not be read.")
        return {}
    said: Document = {}
    for key, value in given.items():
        read = table.get(key)
        if read is None:
            errors[f"{path}{key}"] = _("The form has no such field.")
            continue
        try:
            said[key] = read(value)
        except Wrong as wrong:
            errors[f"{path}{key}"] = str(wrong)
    return said
