"""Rows of the survey sheet: cells by the name of their column, empty ones left out. Pure."""

from collections.abc import Iterable
from typing import Any

from surveys.odk.words import NOTHING, REQUIRED, Words, size_bound, text_bound, whole_bound

Row = dict[str, Any]
Choice = dict[str, Any]
LANGUAGES = {"vi": "Tiếng Việt (vi)", "en": "English (en)"}
PIXELS = "max-pixels=2560"  # of a photo's longer side: what the server keeps (foundation.images.LONG_SIDE)
SCREEN = "field-list"  # a group on one screen
NEEDED: Row = {"required": True, "required_message": REQUIRED}


def row(kind: str, name: str, label: Words | None = None, hint: Words | None = None, **cells: Any) -> Row:
    """One row; True becomes yes."""
    found = {"type": kind, "name": name, "label": label, "hint": hint, **cells}
    return {key: "yes" if value is True else value for key, value in found.items() if value not in (None, "", NOTHING)}


def calculate(name: str, expression: str, *, number: bool = True) -> Row:
    """A calculation. Numbers are typed: Collect writes large ones as 1.2E7, which as text it could not read again."""
    typed: Row = {"bind::type": "decimal"} if number else {}
    return row("calculate", name, calculation=expression, **typed)


def group(name: str, label: Words | None, rows: Iterable[Row], *, appearance: str | None = SCREEN,
          kind: str = "group", **cells: Any) -> list[Row]:
    """Rows within a group or a repeat."""
    return [row(f"begin_{kind}", name, label, appearance=appearance, **cells), *rows, {"type": f"end_{kind}"}]


def photo(name: str, label: Words, hint: Words | None = None, **cells: Any) -> Row:
    """A photo, not larger than what the server keeps."""
    return row("image", name, label, hint, parameters=PIXELS, **cells)


def bounded(name: str, label: Words, most: int, **cells: Any) -> Row:
    """A text of so many characters at most."""
    return row("text", name, label, constraint=f"string-length(.) <= {most}", constraint_message=text_bound(most),
               **cells)


def within(least: int, most: int) -> Row:
    """The cells of a whole number between two bounds."""
    return {"constraint": f". >= {least} and . <= {most}", "constraint_message": whole_bound(least, most)}


def size(most: int, unit: str) -> Row:
    """The cells of a measured size."""
    return {"constraint": f". > 0 and . <= {most}", "constraint_message": size_bound(most, unit)}


def both(form: str, **values: Words | str) -> Words:
    """A text put together in both languages: both("{a}: {b}", a=Words(…), b="x")."""
    def write(place: int) -> str:
        return form.format(**{key: value if isinstance(value, str) else value[place] for key, value in values.items()})

    return Words(write(0), write(1))
