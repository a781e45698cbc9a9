"""The way to the targets: x in percent of the width and y in px, so that text keeps its size on every screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

HEIGHT, TOP, LEFT, RIGHT = 250, 34, 0.5, 93.5
ROOM = 18  # between two lines of text, px


@dataclass(frozen=True)
class Mark:
    """Where a point is drawn."""

    x: float
    y: float
    what: Any
    label: float = 0  # y of the text left of it


@dataclass(frozen=True)
class Axis:
    """The years shown."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Percent of the width."""
        part = (day - self.first).days / (self.last - self.first).days
        return round(LEFT + max(0.0, min(1.0, part)) * (RIGHT - LEFT), 2)

    def y(self, percent: Decimal | int) -> float:
        """Pixels from the top."""
        return round(TOP + (100 - float(percent)) / 100 * HEIGHT, 1)


@dataclass(frozen=True)
class Trajectory:
    """Everything the drawing needs."""

    top: int
    bottom: float
    grid: list[tuple[int, float]]
    years: list[tuple[int, float]]
    line: list[Mark]  # the targets
    past: list[Mark]
    live: list[Mark]
    frozen: float | None  # x of the day the first promise was due
    due: float | None  # y of the target line on the asked day
    bars: list[tuple[float, float, Decimal]]  # x, width, threshold per year


def trajectory(*, past: Sequence[Any], live: Sequence[Any], line: Sequence[tuple[date, Decimal]],
               thresholds: Mapping[int, Decimal | None], frozen_on: date | None, due: Decimal | None) -> Trajectory:
    """Places of the marks; points of `past` and `live` have `on` and `percent` (those without a figure are left out).

    `thresholds` says for each shown year from which share an establishment counts.
    """
    years = sorted(thresholds)
    axis = Axis(date(years[0] - 1, 12, 31), date(years[-1], 12, 31))

    def marks(points: Sequence[Any]) -> list[Mark]:
        return [Mark(axis.x(point.on), axis.y(point.percent), point) for point in points if point.percent is not None]

    aims = [Mark(axis.x(day), axis.y(value), (day, value)) for day, value in line if day.year <= years[-1]]
    shown = label_past(marks(past), aims)
    ends = {year: axis.x(date(year, 12, 31)) for year in (years[0] - 1, *years)}
    bars = [(ends[year - 1], round(ends[year] - ends[year - 1], 2), share)
            for year, share in thresholds.items() if share is not None]
    return Trajectory(
        TOP, axis.y(0), [(v, axis.y(v)) for v in (0, 25, 50, 75, 100)], [(year, ends[year]) for year in years],
        aims, shown, label_live(marks(live), shown), axis.x(frozen_on) if frozen_on else None,
        None if due is None else axis.y(due), bars)


def label_past(marks: list[Mark], aims: list[Mark]) -> list[Mark]:
    """Texts stand above their point; below where the line comes down to it, or where a target's text is in the way."""
    found: list[Mark] = []
    for mark in marks:
        falls = bool(found) and found[-1].y < mark.y
        crowded = any(aim.x == mark.x and abs(aim.y - mark.y) < 34 for aim in aims)
        found.append(replace(mark, label=mark.y + (ROOM if falls or crowded else -9)))
    return found


def label_live(marks: list[Mark], past: list[Mark]) -> list[Mark]:
    """Texts stand below their point, and below the text of a past point at the same place."""
    taken = {mark.x: mark.label for mark in past}
    return [replace(mark, label=mark.y + 16 if abs(mark.y + 16 - taken.get(mark.x, -99)) >= ROOM
                    else max(mark.y + 16, taken[mark.x] + ROOM)) for mark in marks]
