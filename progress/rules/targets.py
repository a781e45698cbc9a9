"""Targets, thresholds and the straight line between targets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

Point = tuple[date, Decimal]  # a day and a percentage
YEAR = Decimal("365.25")


def needed(target: Decimal, total: int) -> int:
    """How many of `total` make `target` percent: rounded up, never down."""
    return int((target * total / 100).to_integral_value(ROUND_CEILING))


def gap(target: Decimal, covered: int, total: int) -> int:
    """How many more are needed; 0 when the target is reached."""
    return max(0, needed(target, total) - covered)


def pace(missing: int, on: date, due: date) -> Decimal | None:
    """How many a year from `on` to `due`; None once the day has come."""
    return missing * YEAR / (due - on).days if due > on else None


def line_on(targets: Sequence[Point], day: date) -> Decimal | None:
    """The straight line between targets (sorted by day); None before the first, the last value after the last."""
    if not targets or day < targets[0][0]:
        return None
    for (start, low), (end, high) in pairwise(targets):
        if day < end:
            return low + (high - low) * (day - start).days / (end - start).days
    return targets[-1][1]


def threshold_of(thresholds: Mapping[int, Decimal], year: int) -> Decimal | None:
    """The threshold of a year; of the latest year before it where that year has none."""
    known = [earlier for earlier in thresholds if earlier <= year]
    return thresholds[max(known)] if known else None


@dataclass(frozen=True, slots=True)
class Goal:
    """A target, and how far a territory is from it."""

    due: date
    value: Decimal
    needed: int
    gap: int
    pace: Decimal | None


def goal(point: Point, on: date, covered: int, total: int) -> Goal:
    """What one target asks of `covered` out of `total` on a day."""
    due, value = point
    missing = gap(value, covered, total)
    return Goal(due, value, needed(value, total), missing, pace(missing, on, due))
