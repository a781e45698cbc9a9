"""Upload of a list, and the correction of what its columns mean."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import MultiDict

from foundation.forms import Form
from retail.importing.entries import Options
from retail.importing.fields import Field
from retail.rules import Kind

MOST_HEADING_ROWS = 5


class UploadForm(Form):
    """Choose a file."""

    file = FileField(_l("File with the list (.xlsx or .csv)"), [FileRequired(_l("Choose a file."))])


def read_columns(typed: MultiDict) -> dict[int, Field | None]:
    """Index of a column → the field chosen for it, None for none. A field chosen twice stays with the first column."""
    chosen: dict[int, Field | None] = {}
    for name, value in typed.items():
        index = name.removeprefix("column-")
        if name != index and index.isascii() and index.isdigit() and len(index) < 4:
            field = Field(value) if value in list(Field) else None
            chosen[int(index)] = None if field in chosen.values() else field
    return chosen


def read_headings(typed: MultiDict) -> tuple[int | None, int | None]:
    """First and last line of the headings; (None, None) when they are to be found again."""
    found = [int(text) if (text := typed.get(name, "").strip()).isascii() and text.isdigit() and len(text) < 6 else 0
             for name in ("first", "last")]
    first, last = found[0], max(found)
    return (first, min(last, first + MOST_HEADING_ROWS - 1)) if first else (None, None)


def read_options(typed: MultiDict) -> Options:
    """What is chosen for the whole list."""
    kind = typed.get("kind", "")
    return Options(Kind(kind) if kind in list(Kind) else None, bool(typed.get("own_enterprise")))
