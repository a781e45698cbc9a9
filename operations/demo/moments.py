"""Instants of the story."""

from datetime import UTC, date, datetime

from foundation.clock import VIETNAM


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """An instant of that day on a Vietnamese clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM).astimezone(UTC)
