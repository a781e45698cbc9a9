"""What differs between two surveys: by criterion, line, bag and signature, in the order of the form. Pure.

One comparison for two surveys of a visit, a survey and its kept twin, a follow-up then and now, a correction.
`revision` and `observed_at` are left out: they are no statement about the store, and no two records share them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from surveys.rules.document import SIDES_OF_TALLY, Document
from surveys.rules.form import FormRules
from surveys.rules.words import MaterialClass, Side

HEAD = ("period_from", "period_to", "count_method", "counted_by", "receipts", "floor_area_m2")
REMARKS = ("remarks", "store_remarks")
SHOWN = ("files", "strokes", "signed_at")  # what no two surveys have alike though they say the same
FILES = "files"  # stands among the fields of a difference when the files differ
File = Mapping[str, Any]  # an item of a manifest: sha256, kind, caption, criterion, category, …


class Part(StrEnum):
    """What a difference is about; its code is a criterion, a field, "P01.E4", "P01", a bag's place, a side."""

    ANSWER = "answer"
    HEAD = "head"
    LINE = "line"
    CATEGORY = "category"  # the files of a packaging category
    TALLY = "tally"
    BAG = "bag"
    REMARKS = "remarks"
    SIGNATURE = "signature"
    FILES = "files"  # of nothing in particular


@dataclass(frozen=True)
class Told:
    """One survey: its document, and the manifest of its evidence."""

    document: Document
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Piece:
    """Everything one survey says in one place: values by field, and files."""

    values: Mapping[str, Any]
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Difference:
    """One place where two surveys differ. `fields` names the values that do; `FILES` among them: the files do."""

    part: Part
    code: str
    fields: tuple[str, ...]
    before: Piece
    after: Piece

    @property
    def is_said(self) -> bool:
        """Whether what is said differs, and not only photos or pen strokes, which no two surveys share."""
        return any(name not in SHOWN for name in self.fields)


Place = tuple[Part, str]
NOTHING = Piece({})


def compare(before: Told, after: Told, rules: FormRules) -> list[Difference]:
    """Every place where the two differ, in the order of the form; what the set does not know comes last."""
    old, new = pieces_of(before), pieces_of(after)
    found = []
    for place in sorted(old | new, key=order_by(rules)):
        one, other = old.get(place, NOTHING), new.get(place, NOTHING)
        if fields := fields_that_differ(one, other):
            found.append(Difference(*place, fields, one, other))
    return found


def pieces_of(told: Told) -> dict[Place, Piece]:
    """What a survey says, by place."""
    document, files = told.document, files_by_place(told.files)
    values: dict[Place, Mapping[str, Any]] = {
        **{(Part.ANSWER, code): answer for code, answer in (document.get("answers") or {}).items()},
        **{(Part.HEAD, name): {name: document.get(name)} for name in HEAD},
        **{(Part.LINE, f"{line['category']}.{line['class']}"): line for line in document.get("lines") or ()},
        (Part.TALLY, "tally"): document.get("tally") or {},
        **{(Part.BAG, str(place)): bag for place, bag in enumerate(document.get("bags") or ())},
        **{(Part.REMARKS, name): {name: document.get(name)} for name in REMARKS},
        **{(Part.SIGNATURE, side): signed for side, signed in (document.get("signatures") or {}).items()},
    }
    return {place: Piece(values.get(place, {}), tuple(files.get(place, ()))) for place in values | files}


def files_by_place(files: Iterable[File]) -> dict[Place, list[File]]:
    """Files under what they are about."""
    found: dict[Place, list[File]] = {}
    for file in files:
        if code := file.get("criterion"):
            place = Part.ANSWER, code
        elif code := file.get("category"):
            place = Part.CATEGORY, code
        else:
            place = Part.FILES, ""
        found.setdefault(place, []).append(file)
    return found


def fields_that_differ(before: Piece, after: Piece) -> tuple[str, ...]:
    """The names of the values that differ; nothing, None and empty text are one, false is not."""
    names = [*before.values, *(name for name in after.values if name not in before.values)]
    fields = [name for name in names if said(before.values.get(name)) != said(after.values.get(name))]
    return tuple(fields + [FILES] * (marks_of(before.files) != marks_of(after.files)))


def said(value: Any) -> Any:
    """The value, None when nothing was said."""
    return None if value is None or value == "" else value


def marks_of(files: Iterable[File]) -> list[tuple[str, str, str]]:
    """What a set of files shows, whatever their names and order: their bytes, kinds and captions."""
    return sorted((file["sha256"], file.get("kind") or "", file.get("caption") or "") for file in files)


def order_by(rules: FormRules) -> Any:
    """The key that puts places in the order of the form."""
    parts = list(Part)
    categories = [category.code for category in rules.categories]
    classes = list(MaterialClass)
    orders: dict[Part, Sequence[str]] = {
        Part.ANSWER: [criterion.code for group in rules.groups for criterion in group.criteria],
        Part.HEAD: HEAD, Part.LINE: categories, Part.CATEGORY: categories, Part.REMARKS: REMARKS,
        Part.SIGNATURE: list(Side), Part.TALLY: SIDES_OF_TALLY}

    def key(place: Place) -> tuple[int, int, int, str]:
        part, code = place
        name, _dot, material = code.partition(".")
        if part == Part.BAG:
            return parts.index(part), int(code), 0, ""
        return parts.index(part), rank(orders.get(part, ()), name), rank(classes, material), code

    return key


def rank(order: Sequence[str], code: str) -> int:
    """The place of a code; behind all others when it is not known."""
    return order.index(code) if code in order else len(order)
