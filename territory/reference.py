"""The reference tables of `territory/data/`, as plain facts: units, changes, what lies inside what (DOMAIN 2). Pure."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from foundation.text import fold
from territory.rules import ChangeKind, Level, kind_of

DATA = Path(__file__).parent / "data"
SEED = date(2020, 1, 1)  # from when the units of the plan's time hold here
MERGERS = date(2025, 1, 1)
TWO_TIERS = date(2025, 7, 1)  # three provinces become one, the district level ends

Key = tuple[Level, str, date]  # identity of a unit: codes are reused
PROVINCE: Key = (Level.PROVINCE, "25", TWO_TIERS)


@dataclass(frozen=True)
class Unit:
    """One row of admin_units to be."""

    level: Level
    code: str
    name: str
    valid_from: date
    valid_to: date | None
    parent: Key | None
    legal_basis: str = ""
    area_km2: Decimal | None = None
    lat: Decimal | None = None
    lon: Decimal | None = None
    hex_column: int | None = None
    hex_row: int | None = None

    @property
    def key(self) -> Key:
        return self.level, self.code, self.valid_from

    @property
    def kind(self) -> str:
        return kind_of(self.name)


@dataclass(frozen=True)
class Change:
    """One row of admin_unit_changes to be."""

    old: Key
    new: Key
    effective: date
    kind: ChangeKind
    is_default: bool
    legal_basis: str


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one reference table."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def legal_basis(effective: date, level: Level, province: str) -> str:
    """The resolution behind a change; empty where nothing was reorganised."""
    return next((row["legal_basis"] for row in rows("legal_bases")
                 if (row["effective"], row["level"], row["province_code"])
                 == (effective.isoformat(), level, province)), "")


class Reference:
    """All facts, read once: `units` (parents before children), `changes`, `memberships` (territory, commune)."""

    def __init__(self) -> None:
        self.seed = {row["unit_code"]: row for row in rows("units_2021")}
        self.before = {row["unit_code"]: row for row in rows("units_2025_01")}
        self.basis = {(level, province, day): legal_basis(day, level, province)
                      for level in Level for province in ("17", "25", "26") for day in (MERGERS, TWO_TIERS)}
        self.old_units = [*self._first_communes(), *self._communes_of_january()]
        self.today = self._communes_of_today()
        self.units = [*self._provinces(), *self._districts(), *self.old_units, *self.today]
        self.changes = [*self._changes_of_january(), *self._changes_of_july(), *self._province_changes()]
        self.memberships = self._memberships()

    def _provinces(self) -> Iterable[Unit]:
        seen = {row["province_code"]: row["province"] for row in self.seed.values()}
        for code, name in sorted(seen.items()):
            yield Unit(Level.PROVINCE, code, name, SEED, TWO_TIERS, None)
        yield Unit(*PROVINCE[:2], seen["25"], TWO_TIERS, None, None, self.basis[Level.PROVINCE, "25", TWO_TIERS])

    def _districts(self) -> Iterable[Unit]:
        seen = {row["district_code"]: row for row in self.seed.values()}
        for code, row in sorted(seen.items()):
            yield Unit(Level.DISTRICT, code, row["district"], SEED, TWO_TIERS,
                       (Level.PROVINCE, row["province_code"], SEED))

    def _goes_on(self, code: str) -> bool:
        """Whether a unit of 2021 is still itself in January 2025: same code, district and name but for spelling."""
        seed, after = self.seed[code], self.before.get(code)
        if after is None or seed["district_code"] != after["district_code"]:
            return False
        reorganised = self.basis[Level.COMMUNE, seed["province_code"], MERGERS]
        return not reorganised or fold(seed["unit"]) == fold(after["unit"])

    def _first_communes(self) -> Iterable[Unit]:
        for code, row in self.seed.items():
            goes_on = self._goes_on(code)
            yield self._old_commune(self.before[code] if goes_on else row, SEED, TWO_TIERS if goes_on else MERGERS)

    def _communes_of_january(self) -> Iterable[Unit]:
        for code, row in self.before.items():
            if code not in self.seed or not self._goes_on(code):
                yield self._old_commune(row, MERGERS, TWO_TIERS)

    def _old_commune(self, row: dict[str, str], since: date, until: date) -> Unit:
        basis = self.basis[Level.COMMUNE, row["province_code"], MERGERS] if since == MERGERS else ""
        return Unit(Level.COMMUNE, row["unit_code"], row["unit"], since, until,
                    (Level.DISTRICT, row["district_code"], SEED), basis,
                    lat=decimal(row.get("lat")), lon=decimal(row.get("lon")))

    def _communes_of_today(self) -> list[Unit]:
        places = {row["unit_code"]: row for row in rows("hex_places")}
        basis = self.basis[Level.COMMUNE, "25", TWO_TIERS]
        return [Unit(Level.COMMUNE, row["unit_code"], row["unit"], TWO_TIERS, None, PROVINCE, basis,
                     decimal(row["area_km2"]), decimal(row["lat"]), decimal(row["lon"]),
                     int(places[row["unit_code"]]["hex_col"]), int(places[row["unit_code"]]["hex_row"]))
                for row in rows("units_2025_07")]

    def _in_january(self, code: str) -> Key:
        goes_on = code in self.seed and self._goes_on(code)
        return Level.COMMUNE, code, SEED if goes_on else MERGERS

    def _changes_of_january(self) -> Iterable[Change]:
        for row in rows("map_2021_to_2025_01"):
            yield Change((Level.COMMUNE, row["old_unit_code"], SEED), self._in_january(row["new_unit_code"]), MERGERS,
                         ChangeKind(row["kind"]), True, self.basis[Level.COMMUNE, row["province_code"], MERGERS])

    def _changes_of_july(self) -> Iterable[Change]:
        table = rows("map_2025_01_to_2025_07")
        parts = Counter(row["new_unit_code"] for row in table)
        for row in table:
            kind = ChangeKind(row["kind"])
            if kind == ChangeKind.WHOLE and parts[row["new_unit_code"]] == 1:
                same = row["old_unit"] == row["new_unit"]
                kind = ChangeKind.UNCHANGED if same else ChangeKind.RENAMED
            yield Change(self._in_january(row["old_unit_code"]), (Level.COMMUNE, row["new_unit_code"], TWO_TIERS),
                         TWO_TIERS, kind, kind != ChangeKind.SPLIT or row["default"] == "default",
                         self.basis[Level.COMMUNE, "25", TWO_TIERS])

    def _province_changes(self) -> Iterable[Change]:
        for code in ("17", "25", "26"):
            yield Change((Level.PROVINCE, code, SEED), PROVINCE, TWO_TIERS, ChangeKind.WHOLE, True,
                         self.basis[Level.PROVINCE, "25", TWO_TIERS])

    def _memberships(self) -> set[tuple[Key, Key]]:
        """(territory, commune) for every commune of any time inside a unit of any time.

        A divided commune lies in the new one it goes to by default; a new commune over two old districts lies in the
        district most of its parts came from (three such, DOMAIN 2.3).
        """
        successor = {change.old: change.new for change in self.changes if change.is_default}
        same_land = {change.new: change.old for change in self.changes
                     if change.kind in (ChangeKind.UNCHANGED, ChangeKind.RENAMED)}
        district = {unit.key: unit.parent for unit in self.old_units if unit.parent}
        for unit in self.today:
            district[unit.key] = Counter(district[old] for old, new in successor.items()
                                         if new == unit.key).most_common(1)[0][0]
        province = {unit.key: unit.parent for unit in self.units if unit.level == Level.DISTRICT}
        found: set[tuple[Key, Key]] = set()
        for commune, home in district.items():
            around = [home, province[home], PROVINCE, *chain(commune, successor), *chain(commune, same_land)]
            found.update((territory, commune) for territory in around if territory)
        return found


def chain(start: Key, step: dict[Key, Key]) -> Iterable[Key]:
    """`start`, and where following `step` leads from it."""
    here: Key | None = start
    while here:
        yield here
        here = step.get(here)


def decimal(text: str | None) -> Decimal | None:
    """A number of a table; None where the table has none."""
    return Decimal(text) if text else None
