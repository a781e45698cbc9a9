"""Tables people take away: CSV that Excel opens in Vietnamese, and nothing in it that Excel would run."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from flask import Response, stream_with_context

RUNS = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is a formula to a spreadsheet


def harmless(value: object) -> object:
    """Text that a spreadsheet shows and does not run; numbers and days as they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RUNS) else value


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The file line by line, with a byte-order mark, so that memory stays flat and Excel reads the marks."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow(header)
    yield take(buffer)
    for row in rows:
        writer.writerow([harmless("" if value is None else value) for value in row])
        yield take(buffer)


def take(buffer: io.StringIO) -> str:
    """What is in the buffer, which is empty afterwards."""
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A download of `name`.csv."""
    return Response(stream_with_context(csv_lines(header, rows)), mimetype="text/csv",
                    headers={"Content-Disposition": f"attachment; filename={name}.csv"})
