"""What many establishments add up to on a day: n of N, and each of the parts."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from progress.rules.stores import AsOf, Sheet, Standing, Store, standing


@dataclass(frozen=True, slots=True)
class Assessed:
    """One counted establishment on a day."""

    store: Store
    unit_id: int  # the commune of that day
    sheet: Sheet | None
    standing: Standing
    level: int | None  # of a certificate valid on the day

    @property
    def is_fresh(self) -> bool:
        return self.standing not in (Standing.NEVER, Standing.STALE)

    @property
    def share(self) -> Decimal | None:
        """R in percent of its latest approved sheet, however old."""
        return self.sheet.share if self.sheet else None


def assess(stores: Iterable[Store], at: AsOf, communes: Collection[int], threshold: Decimal) -> list[Assessed]:
    """The stores in operation inside `communes` on the day, highest share first, each with its standing."""
    rows = []
    for store in stores:
        unit_id = store.place(at.on)
        if unit_id is not None and unit_id in communes and store.operates(at.on):
            sheet = store.sheet(at)
            rows.append(Assessed(store, unit_id, sheet, standing(sheet, at.on, threshold), store.level(at)))
    return sorted(rows, key=lambda row: (not row.is_fresh, row.sheet is None, -(row.share or Decimal(0)),
                                         row.store.number))


class Coverage:
    """The figures of some assessed establishments."""

    def __init__(self, rows: list[Assessed]):
        self.rows = rows
        self.counts = Counter(row.standing for row in rows)
        self.levels = Counter(row.level for row in rows if row.level)

    @property
    def total(self) -> int:
        """N: every establishment counted, surveyed or not."""
        return len(self.rows)

    @property
    def covered(self) -> int:
        """n."""
        return self.counts[Standing.COVERED]

    @property
    def percent(self) -> Decimal | None:
        """100 n/N; None where there is nothing to divide by."""
        return Decimal(self.covered * 100) / self.total if self.total else None

    @property
    def has_demo(self) -> bool:
        """Whether any of it is invented: the page says so."""
        return any(row.store.is_demo for row in self.rows)

    @property
    def fresh(self) -> int:
        """Surveyed, and the sheet not out of date."""
        return self.total - self.counts[Standing.NEVER] - self.counts[Standing.STALE]

    def behind(self, figure: str) -> list[Assessed]:
        """The rows behind one of the figures, by the name of the figure; all of them for no name."""
        keep = {
            "": lambda row: True,
            "uncovered": lambda row: row.standing != Standing.COVERED,
            "surveyed": lambda row: row.is_fresh,
            "certified": lambda row: row.level is not None,
            "certified-not-covered": lambda row: row.level is not None and row.standing != Standing.COVERED,
        }.get(figure, lambda row: row.standing == figure)
        return [row for row in self.rows if keep(row)]

    @property
    def certified(self) -> int:
        return self.levels.total()

    @property
    def certified_not_covered(self) -> int:
        """Holders of a valid certificate that do not count as covered."""
        return len(self.behind("certified-not-covered"))

    @property
    def volume(self) -> Decimal | None:
        """The volume-weighted share of all fresh sheets, percent: Σ replaced / Σ used."""
        fresh = [row.sheet for row in self.rows if row.is_fresh and row.sheet and row.sheet.share is not None]
        used = sum((sheet.used or Decimal(0) for sheet in fresh), Decimal(0))
        replaced = sum((sheet.replaced or Decimal(0) for sheet in fresh), Decimal(0))
        return replaced * 100 / used if used else None
