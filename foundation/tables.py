"""Tables people take away: CSV that Excel opens in Vietnamese, and nothing in it that Excel would run."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from flask import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"  # without it Excel reads the letters of Vietnamese wrong
RISKY = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so would be taken for a formula


def csv_lines(header: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The file line by line, so that memory stays flat: UTF-8 with a mark for Excel."""
    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow([str(heading) for heading in header])
    yield BOM + take(line)
    for row in rows:
        writer.writerow([plain(value) for value in row])
        yield take(line)


def take(line: io.StringIO) -> str:
    """What was written, leaving the buffer empty."""
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text


def plain(value: object) -> str:
    """One cell: days as dd/mm/yyyy, an apostrophe before what a spreadsheet would compute."""
    if value is None:
        return ""
    text = value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)
    return f"'{text}" if text.startswith(RISKY) else text


def csv_response(name: str, header: Sequence[object], rows: Iterable[Sequence[object]]) -> Response:
    """A download of `name`.csv; the rows are at hand already."""
    return Response(csv_lines(header, rows), mimetype="text/csv",
                    headers={"Content-Disposition": f"attachment; filename={name}.csv"})
