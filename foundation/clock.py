"""The only module that asks the machine what time it is."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MOST_SKEW = 2**31 - 1  # milliseconds: some 25 days, and any integer column holds it


def now() -> datetime:
    """This instant, UTC-aware."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day in Vietnam, where an evening's work belongs to that evening."""
    return local(now()).date()


def local(instant: datetime) -> datetime:
    """`instant` on a Vietnamese clock."""
    return instant.astimezone(VIETNAM)


def instant_text(instant: datetime) -> str:
    """2026-11-24T02:10:00.123Z, as a script reads it."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def skew_ms(told: str | None, at: datetime) -> int | None:
    """How far a device's clock was ahead when it said it was `told` and it was `at`; None where it said nothing."""
    try:
        there = datetime.fromisoformat(told or "")
    except ValueError:
        return None
    if there.tzinfo is None:
        return None
    return max(-MOST_SKEW, min(MOST_SKEW, round((there - at).total_seconds() * 1000)))


def read_instant(text: object) -> datetime | None:
    """An ISO instant with its zone, as scripts send it; None for anything else and for years no clock of ours shows."""
    try:
        read = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return read.astimezone(UTC) if read.tzinfo and 1970 <= read.year <= 2200 else None


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
