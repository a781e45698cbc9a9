"""One piece of a criteria set put in, taken out, found; and what differs between two sets. Pure.

The parts of a set are named as its sheets are: set, groups, criteria, packaging, levels.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from surveys.rules.content import (
    CategoryContent,
    CriterionContent,
    GroupContent,
    LevelContent,
    SetContent,
    values_of,
)
from surveys.rules.words import AnswerType

Piece = GroupContent | CriterionContent | CategoryContent | LevelContent
FIELDS = {"groups": "groups", "packaging": "categories", "levels": "levels"}
BY_TYPE = {  # the fields only some types of criteria use
    "lo": (AnswerType.PERCENT, AnswerType.COMPUTED), "hi": (AnswerType.PERCENT, AnswerType.COMPUTED),
    "bands": (AnswerType.COUNT,), "anchors_vi": (AnswerType.SCALE4,), "anchors_en": (AnswerType.SCALE4,),
    "measure": (AnswerType.COMPUTED,),
}


def key_of(piece: Piece) -> str:
    """A piece's code, or a level's rank."""
    return str(piece.rank) if isinstance(piece, LevelContent) else piece.code


def find_piece(content: SetContent, part: str, code: str) -> Piece | None:
    """The piece of a part with this code."""
    pieces = content.criteria if part == "criteria" else getattr(content, FIELDS[part])
    return next((piece for piece in pieces if key_of(piece) == code), None)


def group_of(content: SetContent, code: str) -> str:
    """The group a criterion stands in; empty when there is none."""
    return next((group.code for group in content.groups for c in group.criteria if c.code == code), "")


def put_piece(content: SetContent, part: str, piece: Piece, group: str = "") -> SetContent:
    """The set with a piece changed where its code is known, added at the end otherwise.

    A criterion goes into `group`; in its own group it keeps its place.
    """
    if isinstance(piece, CriterionContent):
        fitting = keep_what_counts(piece)
        moved = content if group_of(content, piece.code) == group else drop_piece(content, part, piece.code)
        return replace(content, groups=tuple(
            replace(one, criteria=placed(one.criteria, fitting)) if one.code == group else one
            for one in moved.groups))
    pieces = placed(getattr(content, FIELDS[part]), piece)
    if part == "levels":
        pieces = tuple(sorted(pieces, key=lambda level: level.rank))
    return with_pieces(content, part, pieces)


def with_pieces(content: SetContent, part: str, pieces: tuple) -> SetContent:
    """The set with other groups, categories or levels."""
    changed: dict[str, Any] = {FIELDS[part]: pieces}
    return replace(content, **changed)


def placed(pieces: tuple, piece: Piece) -> tuple:
    """The pieces with one of them replaced, or one more."""
    if any(key_of(one) == key_of(piece) for one in pieces):
        return tuple(piece if key_of(one) == key_of(piece) else one for one in pieces)
    return (*pieces, piece)


def keep_what_counts(criterion: CriterionContent) -> CriterionContent:
    """The criterion without what its type does not use."""
    unused: dict[str, Any] = {name: None for name, types in BY_TYPE.items() if criterion.type not in types}
    return replace(criterion, **unused)


def drop_piece(content: SetContent, part: str, code: str) -> SetContent:
    """The set without a piece; a group goes with its criteria."""
    if part == "criteria":
        return replace(content, groups=tuple(
            replace(group, criteria=tuple(c for c in group.criteria if c.code != code)) for group in content.groups))
    return with_pieces(content, part, tuple(
        piece for piece in getattr(content, FIELDS[part]) if key_of(piece) != code))


@dataclass(frozen=True)
class Change:
    """One difference between two versions: `part` is set, groups, criteria, packaging or levels."""

    part: str
    code: str
    field: str  # empty when the whole thing is new or gone
    before: Any = None
    after: Any = None


def pieces_of(content: SetContent) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(part, code, values) of everything in a set."""
    yield "set", "", values_of(content)
    for group in content.groups:
        yield "groups", group.code, values_of(group)
        for criterion in group.criteria:
            yield "criteria", criterion.code, {"group": group.code, **values_of(criterion)}
    for category in content.categories:
        yield "packaging", category.code, values_of(category)
    for level in content.levels:
        yield "levels", str(level.rank), values_of(level)


def changes_between(before: SetContent, after: SetContent) -> list[Change]:
    """What differs, in the order of `after`; what is gone comes last."""
    old = {(part, code): values for part, code, values in pieces_of(before)}
    new = {(part, code): values for part, code, values in pieces_of(after)}
    found = []
    for (part, code), values in new.items():
        if (part, code) not in old:
            found.append(Change(part, code, "", None, values))
            continue
        was = old[part, code]
        found += [Change(part, code, name, was[name], value) for name, value in values.items() if was[name] != value]
    return found + [Change(part, code, "", values, None) for (part, code), values in old.items()
                    if (part, code) not in new]
