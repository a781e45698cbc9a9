"""Which of today's communes a list means: by today's or a former name, with or without its kind, helped by district,
province or the end of the address. What could mean two communes is refused, with both named.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from foundation.text import fold
from retail.importing.issues import Issue
from retail.importing.unit_names import Said, said, with_marks
from territory.rules import Level

FIGURE = re.compile("[0-9]")
PARTS = re.compile(r"\s*[,;\n]\s*|\s+[-–—]\s+")
UNITS = re.compile(r"\s+(?=(?:phường|(?<!thị )xã|thị trấn|huyện|thị xã|thành phố|tỉnh(?! lộ)|P\.|X\.|TT\.?|H\.|TX\.?"
                   r"|TP\.?)\s*\S)", re.IGNORECASE)
ELSEWHERE = frozenset(  # other provinces, when an address ends with one
    """ha noi, hai phong, hue, da nang, can tho, ho chi minh, tuyen quang, lao cai, thai nguyen, bac ninh, hung yen,
    ninh binh, quang ninh, thanh hoa, nghe an, ha tinh, son la, dien bien, lai chau, cao bang, lang son, yen bai,
    ha giang, bac giang, bac kan, hai duong, ha nam, nam dinh, thai binh, quang tri, quang ngai, gia lai, khanh hoa,
    lam dong, dak lak, dong nai, tay ninh, vinh long, dong thap, ca mau, an giang""".replace("\n    ", " ").split(", "))


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of any time, as the resolver needs it."""

    id: int
    level: Level
    kind: str
    name: str
    is_current: bool

    @property
    def bare(self) -> str:
        """The folded name without its kind."""
        return fold(self.name.removeprefix(self.kind))


@dataclass(frozen=True, slots=True)
class Found:
    """The commune of today, or the problem; and notes on how it was understood."""

    unit_id: int | None = None
    problem: Issue | None = None
    notes: tuple[Issue, ...] = ()
    candidates: tuple[int, ...] = ()  # communes of today among which the list does not decide


@dataclass(slots=True)
class Tail:
    """An address taken apart: the street, and the units named at its end."""

    street: str
    commune: Said | None = None
    district: Said | None = None
    province: Said | None = None
    taken: list[str] = field(default_factory=list)


class Places:
    """Every unit of any time, ready to be looked up by what people write."""

    def __init__(self, units: Iterable[Unit], changes: Iterable[tuple[int, int, bool]],
                 memberships: Iterable[tuple[int, int]]):
        """`changes` are (from, to, is default); `memberships` (district or province, commune)."""
        self.units = {unit.id: unit for unit in units}
        self.after: dict[int, list[tuple[int, bool]]] = defaultdict(list)
        for old, new, is_default in changes:
            self.after[old].append((new, is_default))
        self.inside: dict[int, set[int]] = defaultdict(set)
        for territory, commune in memberships:
            self.inside[territory].add(commune)
        self.named: dict[Level, dict[str, list[Unit]]] = {level: defaultdict(list) for level in Level}
        for unit in self.units.values():
            self.named[unit.level][unit.bare].append(unit)
        self.seen: dict[tuple, Found] = {}
        self.former = {commune: territory for territory, communes in self.inside.items()
                       if self.units[territory].level == Level.DISTRICT for commune in communes}

    def today(self, unit_id: int) -> tuple[int | None, list[int]]:
        """What a unit has become: the default one, and all of them; None when nobody knows."""
        unit = self.units[unit_id]
        if unit.is_current:
            return unit_id, [unit_id]
        default, all_of_them = None, []
        for new, is_default in self.after[unit_id]:
            one, more = self.today(new)
            all_of_them += [each for each in more if each not in all_of_them]
            default = one if is_default else default
        return default, all_of_them

    def district_of(self, unit_id: int) -> str:
        """Name of the old district a commune lies in, for telling two of the same name apart."""
        return self.units[self.former[unit_id]].name if unit_id in self.former else ""

    def take_apart(self, address: str) -> Tail:
        """The units at the end of an address, from the right: province, district, commune; with or without commas."""
        tail = self.take_parts(address)
        if tail.commune is None and UNITS.search(address):
            without = self.take_parts(UNITS.sub(", ", address))
            return without if without.commune else tail
        return tail

    def take_parts(self, address: str) -> Tail:
        """The same, for parts between commas or dashes."""
        parts = [part for part in PARTS.split(address) if part.strip(" .")]
        tail = Tail("")
        while parts and tail.commune is None and not FIGURE.search(parts[-1]):  # no unit here has a figure in its name
            one = said(parts[-1])
            slot = self.slot(one, tail, parts)
            if slot is None:
                break
            if slot != "country":
                setattr(tail, slot, one)
            tail.taken.insert(0, parts.pop())
        tail.street = ", ".join(part.strip(" ,;") for part in parts)
        return tail

    def slot(self, one: Said, tail: Tail, parts: list[str]) -> str | None:
        """What a part of an address is, given what stands to its right; None when it belongs to the street."""
        if one.bare in ("viet nam", "vietnam", "vn") and not tail.taken:
            return "country"
        elsewhere = one.bare in ELSEWHERE and one.level != Level.COMMUNE and not self.knows(one)
        if one.level == Level.PROVINCE or elsewhere:
            return None if tail.province or tail.district else "province"
        if one.level:
            free = not tail.district if one.level == Level.DISTRICT else len(one.bare) > 1
            return one.level.value if free else None
        if one.bare in self.named[Level.PROVINCE] and not tail.province and not tail.district and len(parts) > 1:
            return "province"
        if one.bare in self.named[Level.DISTRICT] and not tail.district and len(parts) > 1:
            before = said(parts[-2])
            if before.level == Level.COMMUNE or before.bare in self.named[Level.COMMUNE]:
                return "district"
        if one.bare in self.named[Level.COMMUNE] and (tail.taken or len(parts) > 1):
            return "commune"
        return None

    def knows(self, one: Said) -> bool:
        """Whether there is a commune or district of this name."""
        return one.bare in self.named[Level.COMMUNE] or one.bare in self.named[Level.DISTRICT]

    def find(self, commune: Said | None, district: Said | None, province: Said | None, *, old_style: bool) -> Found:
        """The commune of today that is meant. `old_style`: the list names districts, its communes may be old ones."""
        key = commune, district, province, old_style
        if key not in self.seen:
            self.seen[key] = self.look_up(*key)
        return self.seen[key]

    def look_up(self, commune: Said | None, district: Said | None, province: Said | None, old_style: bool) -> Found:
        """Narrow the communes of that name by district, province, time, kind and marks, then follow each to today."""
        if province and province.bare not in self.named[Level.PROVINCE]:
            return Found(problem=Issue("outside_province", "province", {"text": province.text}))
        within, problem = self.area(district, province)
        if problem:
            return Found(problem=problem)
        if commune is None:
            return Found(problem=self.no_commune(district))
        if commune.level in (Level.DISTRICT, Level.PROVINCE):
            return Found(problem=self.no_commune(commune))
        named = self.named[Level.COMMUNE].get(commune.bare, [])
        if not named:
            return Found(problem=self.unknown(commune, within))
        here = [unit for unit in named if within is None or unit.id in within]
        if not here:
            return Found(problem=Issue("not_in_district", "commune", {
                "text": commune.text, "district": (district or province or commune).text,
                "options": self.describe(named)}))
        if commune.time:
            here = [unit for unit in here if unit.is_current == (commune.time == "new")] or here
        same_kind = [unit for unit in here if unit.kind == commune.kind]
        exact = [unit for unit in same_kind or here if with_marks(unit.name.removeprefix(unit.kind)) == commune.exact]
        has_marks = not "".join(commune.exact).isascii()
        here = exact or same_kind or here
        notes = () if (same_kind or not commune.kind) and (exact or not has_marks) else (
            Issue("spelled", "commune", {"text": commune.text, "name": here[-1].name}),)
        return self.choose(commune, here, old_style or not commune.kind, notes)

    def choose(self, commune: Said, here: list[Unit], ask: bool, notes: tuple[Issue, ...]) -> Found:
        """The one commune of today that the candidates have become; or today's own of that name; or a question."""
        targets = {self.today(unit.id)[0] for unit in here}
        current = next((unit for unit in here if unit.is_current), None)
        if len(targets) > 1 and current and not ask:
            others = self.describe([unit for unit in here if self.today(unit.id)[0] != current.id])
            meant = Issue("today_meant", "commune", {"name": current.name, "options": others})
            return Found(current.id, notes=(*notes, meant))
        if len(targets) > 1:
            problem = Issue("ambiguous", "commune", {"text": commune.text, "options": self.describe(here)})
            return Found(problem=problem, candidates=tuple(target for target in targets if target))
        unit = current or here[-1]
        default, parts = self.today(unit.id)
        if default is None:
            return Found(problem=Issue("no_successor", "commune", {"name": unit.name}))
        if len(parts) > 1:
            options = [self.units[part].name for part in parts]
            notes += (Issue("divided", "commune", {
                "old": unit.name, "new": self.units[default].name, "options": options}),)
        elif unit.name != self.units[default].name:
            notes += (Issue("renamed", "commune", {"old": unit.name, "new": self.units[default].name}),)
        return Found(default, notes=notes)

    def area(self, district: Said | None, province: Said | None) -> tuple[Collection[int] | None, Issue | None]:
        """Ids of the communes within the district, else the old province, that the row names; None: anywhere."""
        if district:
            units = self.named[Level.DISTRICT].get(district.bare, [])
            if units:
                return set().union(*(self.inside[unit.id] for unit in units)), None
            if district.bare not in self.named[Level.PROVINCE] and district.bare not in self.named[Level.COMMUNE]:
                options = get_close_matches(district.bare, self.named[Level.DISTRICT], 1, 0.75)
                names = [self.named[Level.DISTRICT][option][0].name for option in options]
                return None, Issue("district_unknown", "district", {"text": district.text, "options": names})
        former = self.named[Level.PROVINCE].get(province.bare, []) if province else []
        if former and not any(unit.is_current for unit in former):
            return set().union(*(self.inside[unit.id] for unit in former)), None
        return None, None

    def no_commune(self, district: Said | None) -> Issue:
        """No commune is named; of a district its communes of today are."""
        units = self.named[Level.DISTRICT].get(district.bare, []) if district else []
        inside = set().union(*(self.inside[unit.id] for unit in units))
        names = sorted(self.units[each].name for each in inside if self.units[each].is_current)
        return Issue("district_only" if units else "commune_missing", "commune",
                     {"text": district.text if district else "", "options": names})

    def unknown(self, commune: Said, within: Collection[int] | None) -> Issue:
        """No commune has this name: the nearest spellings."""
        names = {bare for bare, units in self.named[Level.COMMUNE].items()
                 if within is None or any(unit.id in within for unit in units)}
        close = get_close_matches(commune.bare, sorted(names), 2, 0.8) or get_close_matches(
            commune.bare, sorted(self.named[Level.COMMUNE]), 2, 0.8)
        options = self.describe([self.named[Level.COMMUNE][bare][-1] for bare in close])
        return Issue("commune_unknown", "commune", {"text": commune.text, "options": options})

    def describe(self, units: Iterable[Unit]) -> list[str]:
        """Each with its old district and what it is called today, to choose from."""
        described = []
        for unit in units:
            default, _parts = self.today(unit.id)
            name = f"{unit.name} ({self.district_of(unit.id)})" if self.district_of(unit.id) else unit.name
            if default and default != unit.id and self.units[default].name != unit.name:
                name += f" = {self.units[default].name}"
            if name not in described:
                described.append(name)
        return described
