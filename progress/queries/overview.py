"""Everything the coverage page shows, for one day, one territory, one type and one threshold."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from accounts.models import User
from progress.queries.history import as_of, communes_of, list_stores, targets, thresholds
from progress.queries.places import Places
from progress.rules import Assessed, Coverage, Goal, Standing, assess, gap, goal, line_on, standing, threshold_of
from retail.rules import COUNTED, Kind
from territory.models import AdminUnit
from territory.rules import Level

COMPARED = (Decimal(50), Decimal(60), Decimal(80), Decimal(95))  # shown side by side, so nobody argues about one


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see."""

    on: date
    territory: AdminUnit
    kind: Kind | None = None
    threshold: Decimal | None = None  # None: the one set for the year

    @property
    def kinds(self) -> frozenset[Kind]:
        return frozenset({self.kind}) if self.kind else COUNTED


@dataclass(frozen=True)
class Point:
    """Coverage at one day of the series."""

    on: date
    territory: AdminUnit
    threshold: Decimal
    covered: int
    total: int

    @property
    def percent(self) -> Decimal | None:
        return Decimal(self.covered * 100) / self.total if self.total else None


@dataclass(frozen=True)
class Group:
    """A part of the territory and its figures."""

    unit: AdminUnit
    figures: Coverage
    is_sum: bool = False


class Overview:
    """Read once, computed as asked. `figures` is None where no threshold is given nor set for the year."""

    def __init__(self, asked: Asked, places: Places, to: User | None):
        self.asked, self.places = asked, places
        self.thresholds, self.targets = thresholds(), targets()
        self.stores = list_stores(asked.kinds, to=to)
        self.inside = {unit.id: communes_of(unit) for unit in {asked.territory, self.past_territory}}
        threshold = self.threshold_in(asked.on.year)
        self.threshold = threshold
        self.figures = None if threshold is None else self.measure(asked.on, asked.territory, threshold)

    @property
    def past_territory(self) -> AdminUnit:
        """Whose history the new province has: the old one of its name, for which the plan was made."""
        asked = self.asked.territory
        return self.places.old if asked is self.places.new and self.places.old else asked

    def threshold_in(self, year: int) -> Decimal | None:
        """The threshold asked for, or else the one of the year."""
        return self.asked.threshold if self.asked.threshold is not None else threshold_of(self.thresholds, year)

    def measure(self, on: date, territory: AdminUnit, threshold: Decimal) -> Coverage:
        """Coverage of a territory on a day."""
        return Coverage(assess(self.stores, as_of(on), self.inside[territory.id], threshold))

    def point(self, on: date, territory: AdminUnit) -> Point | None:
        """The same as one point of the series."""
        threshold = self.threshold_in(on.year)
        if threshold is None:
            return None
        figures = self.measure(on, territory, threshold)
        return Point(on, territory, threshold, figures.covered, figures.total)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to divide by."""
        return not self.figures or not self.figures.total

    @property
    def line(self) -> list[tuple[date, Decimal]]:
        return [(due, value) for due, value, _promise in self.targets]

    @property
    def promises(self) -> list[tuple[date, Decimal]]:
        return [(due, value) for due, value, promise in self.targets if promise]

    @property
    def frozen_on(self) -> date | None:
        """The day of the plan's first promise, made for the old province; None while it lies ahead."""
        return self.promises[0][0] if self.promises and self.promises[0][0] <= self.asked.on else None

    @cached_property
    def past(self) -> list[Point]:
        """The ends of the years up to the first promise."""
        return self.series(self.past_territory, [day for day in self.year_ends() if not self.is_after_promise(day)])

    @cached_property
    def live(self) -> list[Point]:
        """The asked territory from the first promise on, last the asked day itself."""
        first = [self.frozen_on] if self.frozen_on and self.frozen_on < self.asked.on else []
        later = [day for day in self.year_ends() if day < self.asked.on and self.is_after_promise(day)]
        return self.series(self.asked.territory, [*first, *later, self.asked.on])

    @property
    def points(self) -> list[Point]:
        """Past and live in one, each once."""
        return [*self.past, *(point for point in self.live if point not in self.past)]

    def is_after_promise(self, day: date) -> bool:
        return bool(self.promises) and day > self.promises[0][0]

    def year_ends(self) -> list[date]:
        """31 December of each year that has a threshold, up to the asked day."""
        first = min(self.thresholds, default=self.asked.on.year + 1)
        ends = [date(year, 12, 31) for year in range(first, self.asked.on.year + 1)]
        return [day for day in ends if day <= self.asked.on]

    def series(self, territory: AdminUnit, days: list[date]) -> list[Point]:
        return [point for day in days if (point := self.point(day, territory))]

    @cached_property
    def frozen(self) -> Goal | None:
        """The first promise against the old province's figure of that day; for that province and today's only.

        With another threshold than the year's it would not be the figure that was frozen.
        """
        if not self.frozen_on or self.past_territory is not self.places.old or self.asked.threshold is not None:
            return None
        last = self.past[-1] if self.past else None
        return goal(self.promises[0], last.on, last.covered, last.total) if last else None

    @cached_property
    def goal(self) -> Goal | None:
        """The next promise; the last one when all have passed."""
        ahead = [point for point in self.promises if point[0] >= self.asked.on] or self.promises[-1:]
        if not ahead or not self.figures:
            return None
        return goal(ahead[0], self.asked.on, self.figures.covered, self.figures.total)

    @cached_property
    def year_goal(self) -> Goal | None:
        """The target line at the end of the asked year."""
        due = date(self.asked.on.year, 12, 31)
        value = line_on(self.line, due)
        if value is None or self.figures is None or (self.goal and self.goal.due == due):
            return None
        return goal((due, value), self.asked.on, self.figures.covered, self.figures.total)

    @property
    def short(self) -> int | None:
        """Stores missing to the target line on the asked day; None before the line begins."""
        value = self.target_today
        return None if value is None or not self.figures else gap(value, self.figures.covered, self.figures.total)

    @property
    def target_today(self) -> Decimal | None:
        """The target line on the asked day, percent; None before it begins."""
        return line_on(self.line, self.asked.on)

    def strips(self) -> list[tuple[Decimal, list[Standing], int]]:
        """(threshold, standing of each row at it, covered) for the compared thresholds and the one in use."""
        rows = self.figures.rows if self.figures else []
        found = []
        for share in sorted({*COMPARED, *([self.threshold] if self.threshold is not None else [])}):
            marks = [standing(row.sheet, self.asked.on, share) for row in rows]
            found.append((share, marks, sum(mark == Standing.COVERED for mark in marks)))
        return found

    @cached_property
    def by_commune(self) -> dict[int, Coverage]:
        """Today's commune → its figures, where it has any."""
        return self.split(self.places.communes)

    def split(self, units: list[AdminUnit]) -> dict[int, Coverage]:
        """Unit → figures of the counted establishments in it."""
        among = {unit.id for unit in units}
        parts: dict[int, list[Assessed]] = {}
        for row in self.figures.rows if self.figures else []:
            for home in self.places.around[row.unit_id] & among:
                parts.setdefault(home, []).append(row)
        return {unit_id: Coverage(rows) for unit_id, rows in parts.items()}

    def groups(self) -> list[Group]:
        """The parts of the territory: former provinces with their communes, a province's districts, or communes."""
        territory = self.asked.territory
        if territory.level == Level.COMMUNE or not self.figures:
            return []
        if territory.level == Level.PROVINCE and territory.valid_to is not None:
            parts = self.split(self.places.districts)
            return [Group(unit, parts.get(unit.id, Coverage([]))) for unit in self.places.districts_of(territory)]
        if territory.level == Level.DISTRICT:
            return self.commune_groups(self.places.communes)
        sums = self.split(self.places.former)
        return [group for province in self.places.former if province.id in sums
                for group in (Group(province, sums[province.id], is_sum=True), *self.commune_groups(
                    [unit for unit in self.places.communes if province.id in self.places.around[unit.id]]))]

    def commune_groups(self, units: list[AdminUnit]) -> list[Group]:
        return [Group(unit, self.by_commune[unit.id]) for unit in units if unit.id in self.by_commune]

