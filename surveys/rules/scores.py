"""Two scores of one record, the server's and the tablet's: where they differ. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ScoreDifference:
    """One figure that differs. `what`: total, level, replaced, group or criterion (with its code)."""

    what: str
    code: str
    server: str | None
    device: str | None


def differences_of_scores(server: Mapping[str, Any], device: Mapping[str, Any] | None) -> list[ScoreDifference]:
    """Every figure of `Score.as_json()` that the tablet had otherwise; none when it sent no score."""
    if not device:
        return []
    mine, other = figures(server), figures(device)
    return [ScoreDifference(*key, mine.get(key), other.get(key)) for key in [*mine, *(other.keys() - mine.keys())]
            if mine.get(key) != other.get(key)]


def figures(score: Mapping[str, Any]) -> dict[tuple[str, str], str | None]:
    """The figures that count, by what they are; a score from outside may lack or misspell any of them."""
    found = {("total", ""): text(score.get("total")), ("level", ""): text(score.get("level")),
             ("replaced", ""): text(mapping(score.get("replaced")).get("share"))}
    for group in mappings(score.get("groups")):
        found["group", str(group.get("code"))] = text(group.get("score"))
        for line in mappings(group.get("criteria")):
            points = line.get("points") if line.get("points") is not None else line.get("state")
            found["criterion", str(line.get("code"))] = text(line.get("met") if line.get("must") else points)
    return found


def mapping(value: Any) -> Mapping[str, Any]:
    """The value, if it is an object."""
    return value if isinstance(value, Mapping) else {}


def mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a list."""
    return (one for one in value if isinstance(one, Mapping)) if isinstance(value, list) else iter(())


def text(value: Any) -> str | None:
    """A figure to compare and to show."""
    return None if value is None else str(value)[:40]
