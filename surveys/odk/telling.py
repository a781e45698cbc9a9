"""What an import did, or would do, as a table in a terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from surveys.odk.arriving import Fate, Result

FATES = {
    Fate.SUBMITTED: _l("handed in"), Fate.OPEN: _l("kept open"), Fate.KNOWN: _l("here already"),
    Fate.TWIN: _l("kept beside another"), Fate.STALE: _l("left as it is"), Fate.REFUSED: _l("refused"),
}
WIDEST = 46


def table_of(results: Sequence[Result], *, is_trial: bool = False) -> Iterator[str]:
    """One line a submission, what there is to say of it below, and the counts at the end."""
    headings = (_("Establishment"), _("Visit"), _("Answers"), _("Files"), _("Points"), _("What becomes of it"))
    rows = [(shorten(result.name or result.source), visit_of(result), str(result.answers), str(result.files),
             result.total, str(FATES[result.fate])) for result in results]
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    yield line_of(headings, widths)
    yield line_of(["─" * width for width in widths], widths)
    for row, result in zip(rows, results, strict=True):
        yield line_of(row, widths)
        yield from (f"    {words}" for words in words_of(result, is_trial))
    counted = Counter(result.fate for result in results)
    yield ", ".join(f"{FATES[fate]}: {counted[fate]}" for fate in Fate if counted[fate])
    if is_trial:
        yield _("Only tried: nothing was written.")


def words_of(result: Result, is_trial: bool) -> Iterator[str]:
    """Everything there is to say of one submission; where to look, once it is written."""
    if result.fate in (Fate.REFUSED, Fate.OPEN) and result.name:
        yield _("in %(file)s:", file=result.source)
    yield from (f"– {words}" for words in result.words)
    if is_trial:
        return
    if result.fate == Fate.OPEN:
        yield _("Complete it here: /surveys/%(id)s/edit", id=result.survey)
    if result.fate == Fate.TWIN:
        yield _("Another record of this survey is here already: the reviewer chooses. /surveys/%(id)s",
                id=result.survey)
    if result.fate == Fate.STALE:
        yield _("The survey was changed or submitted here since, and stays as it is: /surveys/%(id)s",
                id=result.survey)


def visit_of(result: Result) -> str:
    """The number of the visit, or that it is planned with the import."""
    return _("new") if result.is_new_visit else str(result.visit or "")


def shorten(text: str) -> str:
    """At most so wide."""
    return text if len(text) <= WIDEST else f"{text[:WIDEST - 1]}…"


def line_of(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Cells under each other."""
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
