"""The only module that asks the machine what time it is."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This instant, UTC-aware."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day in Vietnam, where an evening's work belongs to that evening."""
    return local(now()).date()


def local(instant: datetime) -> datetime:
    """`instant` on a Vietnamese clock."""
    return instant.astimezone(VIETNAM)


def read_instant(text: object) -> datetime | None:
    """An ISO instant with its zone, as scripts send it; None for anything else and for years no clock of ours shows."""
    try:
        read = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return read.astimezone(UTC) if read.tzinfo and 1970 <= read.year <= 2200 else None


def skew(sent_at: str | None, at: datetime) -> int | None:
    """By how many milliseconds the clock that wrote X-Sent-At is ahead of ours; None when it wrote nothing readable."""
    sent = read_instant(sent_at)
    return None if sent is None else (sent - at) // timedelta(milliseconds=1)


def end_of(day: date) -> datetime:
    """The last microsecond of a Vietnamese calendar day, as an instant: "known by the end of that day"."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, 999_999, tzinfo=VIETNAM).astimezone(UTC)


def day_before(day: date) -> date:
    """The last day of a span whose first day after it is `day`."""
    return day - timedelta(days=1)


def find_on(spans: Iterable[Any], day: date) -> Any | None:
    """The one of `spans` (each with valid_from and valid_to, the first day it no longer holds) that holds on a day."""
    return next((span for span in spans if span.valid_from <= day and (span.valid_to is None or day < span.valid_to)),
                None)
