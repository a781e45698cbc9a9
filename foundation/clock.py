"""The only module that asks the machine what time it is."""

from datetime import UTC, date, datetime
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


def end_of(day: date) -> datetime:
    """The last microsecond of a Vietnamese calendar day, as an instant: "known by the end of that day"."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, 999_999, tzinfo=VIETNAM).astimezone(UTC)
