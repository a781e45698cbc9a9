"""The names of the fields of an XLSForm made from a criteria set: what the form writes and what its reader looks for.

A name is a word, an underscore and the code of a criterion: `yes_A1`, `part_A6`. It follows from the set alone, so a
set that is published gives the same names for ever. Names are read back without the groups around them, which every
export spells differently (`g_A-q_A1-yes_A1`, `g_A/q_A1/yes_A1`), so each stands once in a form. Pure.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from foundation.text import fold
from surveys.rules.content import SetContent, values_of
from surveys.rules.words import AnswerType

SAFE = re.compile(r"[A-Za-z0-9]+")  # of a code; with a word before it this is a name in XML and in every export
REPEATS = ("lines", "bags", "evidence")
READINGS = tuple(f"reading_{number}_um" for number in range(1, 6))
AMOUNTS = ("opening", "purchased", "closing", "returned")
TALLY = ("plastic", "eco", "own", "none")
REGISTER = "establishments"  # the choices of --with-register: establishments.csv
NOT_APPLICABLE = "na"


class Clash(StrEnum):
    """Why a set cannot become a form."""

    CODE = "code"  # a code is more than letters and digits
    TWICE = "twice"  # two codes differ in capitals only
    NAME = "name"  # the set's own code has no letter or digit, or cannot be quoted
    TEXT = "text"  # a text holds "${", with which a form names another field


def form_id(code: str) -> str:
    """The name of the form at ODK and Kobo: PT-PPBV → pt-ppbv."""
    return re.sub(r"[^a-z0-9]+", "-", fold(code)).strip("-")


def set_key(code: str, version: str) -> str:
    """What each submission says of its set; Kobo replaces a form's own id and version, this stays."""
    return f"{code} {version}"


def clashes(content: SetContent) -> Iterator[tuple[Clash, str]]:
    """What keeps a set from becoming a form: (why, code)."""
    if not form_id(content.code) or set("'\"") <= set(set_key(content.code, content.version)):
        yield Clash.NAME, content.code
    for codes in ([group.code for group in content.groups], [c.code for c in content.criteria],
                  [category.code for category in content.categories]):
        yield from unsafe(codes)
    pieces: list[Any] = [content, *content.groups, *content.criteria, *content.categories]
    yield from ((Clash.TEXT, piece.code) for piece in pieces if "${" in str(values_of(piece)))


def unsafe(codes: Iterable[str]) -> Iterator[tuple[Clash, str]]:
    """Codes of one kind that cannot be part of a name, or would be the same name: some databases ignore capitals."""
    codes = list(codes)
    counted = Counter(code.lower() for code in codes)
    for code in codes:
        if not SAFE.fullmatch(code):
            yield Clash.CODE, code
        elif counted[code.lower()] > 1:
            yield Clash.TWICE, code


ANSWERED_BY = {AnswerType.BOOL: "yes", AnswerType.SCALE4: "step", AnswerType.COUNT: "number"}
BY_CHOICE = (AnswerType.BOOL, AnswerType.SCALE4)  # "not applicable" is one of the choices
