"""Two scores of one record, the server's and the tablet's: where they differ. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MET = {True: "met", False: "not met"}


@dataclass(frozen=True)
class ScoreDifference:
    """One figure that differs. `what`: total, level, replaced, group or criterion (with its code)."""

    what: str
    code: str
    server: str | None
    device: str | None


def differences_of_scores(server: Mapping[str, Any], device: Mapping[str, Any] | None) -> list[ScoreDifference]:
    """Every figure of `Score.as_json()` that the tablet had otherwise; none where it sent nothing to compare."""
    if not device:
        return []
    mine, other = figures(server), figures(device)
    told = {what for what, _code in other}
    return [ScoreDifference(*key, mine.get(key), other.get(key)) for key in [*mine, *(other.keys() - mine.keys())]
            if key[0] in told and mine.get(key) != other.get(key)]


def figures(score: Mapping[str, Any]) -> dict[tuple[str, str], str | None]:
    """The figures that count, by what they are; a score from outside may lack or misspell any of them."""
    found = {(name, ""): text(score[name]) for name in ("total", "level") if name in score}
    if "replaced" in score:
        found["replaced", ""] = text(mapping(score["replaced"]).get("share"))
    for group in mappings(score.get("groups")):
        found["group", str(group.get("code"))] = text(group.get("score"))
        for line in mappings(group.get("criteria")):
            told = line.get("points") if line.get("points") is not None else line.get("state")
            if line.get("met") is not None:
                told = MET[bool(line["met"])]
            found["criterion", str(line.get("code"))] = text(told)
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
