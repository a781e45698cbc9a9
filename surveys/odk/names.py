"""The names of the fields of an XLSForm made from a criteria set: what the form writes and what its reader looks for.

A name is a word, an underscore and the code of a criterion: `yes_A1`, `part_A6`. It follows from the set alone, so a
set that is published gives the same names for ever. Names are read back without the groups around them, which every
export spells differently (`g_A-q_A1-yes_A1`, `g_A/q_A1/yes_A1`), so each stands once in a form. Pure.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import Any

from foundation.text import fold
from surveys.rules.content import SetContent, values_of
from surveys.rules.words import AnswerType

SAFE = re.compile(r"[A-Za-z0-9]+")  # a code that makes a name in XML and in every export, with a word before it
REPEATS = ("lines", "bags", "evidence")
READINGS = tuple(f"reading_{number}_um" for number in range(1, 6))
REGISTER = "establishments"  # the choices of --with-register: establishments.csv
NOT_APPLICABLE = "na"


class Clash(StrEnum):
    """Why a set cannot become a form."""

    CODE = "code"  # the code of a criterion is more than letters and digits
    SPACE = "space"  # the code of a category has a space, which no choice may have
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
    yield from ((Clash.CODE, one.code) for one in content.criteria if not SAFE.fullmatch(one.code))
    yield from ((Clash.SPACE, one.code) for one in content.categories if re.search(r"\s", one.code))
    for pieces in (content.groups, content.criteria):
        yield from ((Clash.TWICE, code) for code in alike([one.code for one in pieces]))
    everything: list[Any] = [content, *content.groups, *content.criteria, *content.categories]
    yield from ((Clash.TEXT, piece.code) for piece in everything if "${" in str(values_of(piece)))


def alike(codes: Collection[str]) -> list[str]:
    """Codes that would be the same name where a database ignores capitals."""
    counted = Counter(code.lower() for code in codes)
    return [code for code in codes if counted[code.lower()] > 1]


def part_of(code: str) -> str:
    """A group's code as part of a name. Its letters and digits as they are, of any other code its bytes: Đ is xc490."""
    return code if SAFE.fullmatch(code) else f"x{code.encode().hex()}"


ANSWERED_BY = {AnswerType.BOOL: "yes", AnswerType.SCALE4: "step", AnswerType.COUNT: "number"}
BY_CHOICE = (AnswerType.BOOL, AnswerType.SCALE4)  # "not applicable" is one of the choices
