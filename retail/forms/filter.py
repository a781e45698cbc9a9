"""What an address asks of the list. An unknown word asks nothing: a shortened or old address still opens."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from foundation.text import clean
from retail.queries import Filter
from retail.rules import Kind, Status

T = TypeVar("T")
ASKED = ("q", "kind", "class", "status", "territory", "counted")
COUNTED = {"yes": True, "no": False}


def read_filter(asked: Mapping[str, str]) -> Filter:
    """The filter in the query of an address: q, kind, class, status, territory, counted."""

    def read(name: str, make: Callable[[str], T]) -> T | None:
        try:
            return make(asked[name]) if asked.get(name) else None
        except (ValueError, KeyError):
            return None

    return Filter(text=clean(asked.get("q"))[:200], kind=read("kind", Kind), recorded_class=read("class", rank),
                  status=read("status", Status), territory_id=read("territory", small), counted=read(
                      "counted", COUNTED.__getitem__))


def keep_asked(asked: Mapping[str, str]) -> dict[str, Any]:
    """What of an address asks something of the list: to be carried along to its pages and files."""
    return {name: asked[name] for name in ASKED if asked.get(name)}


def rank(text: str) -> int:
    """Class 1 to 3."""
    return {"1": 1, "2": 2, "3": 3}[text]


def small(text: str) -> int:
    """An id that fits the database's integers."""
    number = int(text)
    if not 0 < number < 2**31:
        raise ValueError(text)
    return number
