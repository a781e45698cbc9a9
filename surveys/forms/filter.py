"""What an address asks of the list of surveys. An unknown word asks nothing: a shortened or old address still opens."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from foundation.forms import parse_day
from foundation.text import clean
from surveys.queries import SurveyFilter
from surveys.rules.words import SurveyState

T = TypeVar("T")


def read_filter(asked: Mapping[str, str]) -> SurveyFilter:
    """The filter in the query of an address: q, state, establishment, territory, person, since, until."""

    def read(name: str, make: Callable[[str], T]) -> T | None:
        try:
            return make(asked[name]) if asked.get(name) else None
        except ValueError:
            return None

    return SurveyFilter(
        text=clean(asked.get("q"))[:200], state=read("state", SurveyState),
        establishment_id=read("establishment", small), territory_id=read("territory", small),
        person_id=read("person", small), since=parse_day(asked.get("since", "")),
        until=parse_day(asked.get("until", "")))


def small(text: str) -> int:
    """An id that fits the database's integers."""
    number = int(text)
    if not 0 < number < 2**31:
        raise ValueError(text)
    return number
