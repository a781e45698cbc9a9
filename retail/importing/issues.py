"""What the import has to say about a file, a row or a cell: a code and its figures, never text (see `words`)."""

from typing import Any, NamedTuple


class Issue(NamedTuple):
    """One thing to tell: a reason to refuse a row, or a note on how a cell was understood."""

    code: str
    field: str = ""  # the field it is about; empty: the whole row
    params: dict[str, Any] = {}  # read only


# Notes that only say where something comes from. The others ask people to look: a value took some interpretation.
QUIET = frozenset({"renamed", "merged", "section", "chosen_kind", "own_enterprise", "branch_of"})


class Unreadable(Exception):
    """The file as a whole cannot be imported. `code` and `params` are put into words by `words.explain_file`."""

    def __init__(self, code: str, **params: Any):
        super().__init__(code)
        self.code, self.params = code, params


class Read(NamedTuple):
    """What a cell says: a value, or the problem with it; and a note when it took some interpretation."""

    value: Any = None
    problem: Issue | None = None
    note: Issue | None = None


NOTHING = Read()


def refuse(code: str, /, **params: Any) -> Read:
    """A cell that cannot be used. The field is filled in by whoever asked."""
    return Read(problem=Issue(code, params=params))


def accept(value: Any, code: str = "", /, **params: Any) -> Read:
    """A value; with `code`, one that people should look at."""
    return Read(value, note=Issue(code, params=params) if code else None)
