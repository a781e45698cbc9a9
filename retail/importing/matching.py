"""Which establishment of the register a line is about, and which of the same list: by number, by code and address, by
name, commune and address. What is only alike is told, not decided.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher

from foundation.text import fold
from retail.importing.entries import Entry, address_key, enterprise_key
from retail.importing.issues import Issue
from retail.rules import Kind, Status


@dataclass(frozen=True, slots=True)
class Held:
    """An establishment as the register has it now."""

    id: int
    number: str
    enterprise_id: int
    name: str
    kind: Kind
    recorded_class: int | None
    area_m2: int | None
    items: int | None
    branch_code: str | None
    opened_on: date | None
    contact_post: str
    contact_phone: str
    contact_email: str
    note: str
    unit_id: int  # as recorded
    commune: int  # what it is today
    address: str
    lat: Decimal | None
    lon: Decimal | None
    status: Status
    status_since: date
    first_until: date | None  # first day of its second status or place, if there is one
    in_scope: bool


@dataclass(frozen=True, slots=True)
class Owner:
    """An enterprise: of the register (`id`), or to be added (`key`)."""

    name: str
    tax_code: str = ""
    id: int | None = None
    key: str = ""


@dataclass
class Register:
    """What the register holds of the establishments and enterprises a list may be about."""

    held: Iterable[Held] = ()
    owners: Iterable[Owner] = ()
    by_number: dict[str, Held] = field(default_factory=dict)
    by_name: dict[tuple[str, int], list[Held]] = field(default_factory=lambda: defaultdict(list))
    by_branch: dict[str, list[Held]] = field(default_factory=lambda: defaultdict(list))
    by_place: dict[tuple, list[Held]] = field(default_factory=lambda: defaultdict(list))
    by_id: dict[int, Owner] = field(default_factory=dict)
    by_tax: dict[str, Owner] = field(default_factory=dict)
    by_owner_name: dict[str, list[Owner]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for one in self.held:
            self.by_number[one.number] = one
            self.by_name[fold(one.name), one.commune].append(one)
            self.by_place[one.enterprise_id, one.commune, address_key(one.address), one.kind].append(one)
            if one.branch_code:
                self.by_branch[one.branch_code].append(one)
        for owner in self.owners:
            if owner.id is not None:
                self.by_id[owner.id] = owner
            if owner.tax_code:
                self.by_tax[owner.tax_code] = owner
            self.by_owner_name[enterprise_key(owner.name)].append(owner)


class Owners:
    """Enterprises of a list: each matched by tax code, else by name; a new one is added once for all its lines."""

    def __init__(self, register: Register, entries: Iterable[Entry]):
        self.register = register
        self.names: dict[str, str] = {}  # tax code → first name it comes with
        self.codes: dict[str, set[str]] = defaultdict(set)  # name → tax codes it comes with
        self.new: dict[str, Owner] = {}
        for entry in entries:
            if entry.tax_code and entry.enterprise:
                self.names.setdefault(entry.tax_code, entry.enterprise)
                self.codes[enterprise_key(entry.enterprise)].add(entry.tax_code)

    def find(self, entry: Entry) -> tuple[Owner | None, Issue | None]:
        """The enterprise of a line; or the problem; neither where the line names none. May add a note to the entry."""
        if entry.tax_code:
            return self.by_code(entry)
        if not entry.enterprise:
            return None, None
        key = enterprise_key(entry.enterprise)
        known = self.register.by_owner_name.get(key, [])
        codes = self.codes.get(key, set()) | {owner.tax_code for owner in known if owner.tax_code}
        if len(known) == 1 and codes <= {known[0].tax_code}:
            return known[0], None
        if len(known) > 1 or len(codes) > 1:
            return None, Issue("enterprise_several", "enterprise", {"name": entry.enterprise, "options": sorted(codes)})
        if codes:
            return self.of_code(codes.pop(), entry.enterprise), None
        return self.new.setdefault(f"name:{key}", Owner(entry.enterprise, key=f"name:{key}")), None

    def by_code(self, entry: Entry) -> tuple[Owner | None, Issue | None]:
        """By tax code; its name in the register, or where it first stands in the list, is kept."""
        name = self.names.get(entry.tax_code, "")
        if entry.tax_code not in self.register.by_tax and not name:
            return None, Issue("enterprise_unnamed", "enterprise", {"code": entry.tax_code})
        owner = self.of_code(entry.tax_code, name)
        if entry.enterprise and enterprise_key(entry.enterprise) != enterprise_key(owner.name):
            entry.notes.append(Issue("enterprise_named", "enterprise", {
                "text": entry.enterprise, "name": owner.name, "code": entry.tax_code}))
        return owner, None

    def of_code(self, code: str, name: str) -> Owner:
        """The enterprise of a tax code: of the register, the register's one of that name without a code, or new."""
        if owner := self.register.by_tax.get(code):
            return owner
        if f"tax:{code}" not in self.new:
            nameless = [one for one in self.register.by_owner_name.get(enterprise_key(name), []) if not one.tax_code]
            only = nameless[0] if len(nameless) == 1 and len(self.codes.get(enterprise_key(name), ())) <= 1 else None
            self.new[f"tax:{code}"] = Owner(only.name if only else name, code, only.id if only else None, f"tax:{code}")
        return self.new[f"tax:{code}"]


def find_held(entry: Entry, owner: Owner | None, register: Register) -> tuple[Held | None, Issue | None]:
    """The establishment of the register a line is about, None for a new one; or the problem. May add a note."""
    values = entry.values
    if number := values.get("number"):
        held = register.by_number.get(number)
        return (held, None) if held else (None, Issue("number_unknown", "number", {"number": number}))
    name, unit, key = entry.key, values.get("unit_id", 0), address_key(values.get("address", ""))
    coded = [one for one in register.by_branch.get(values.get("branch_code", ""), ())
             if address_key(one.address) == key or fold(one.name) == name]
    if len(coded) == 1:
        return coded[0], None
    named = register.by_name.get((name, unit), [])
    same = [one for one in named if is_same_address(one.address, values.get("address", ""))]
    if not same and owner and owner.id and key:
        same = register.by_place.get((owner.id, unit, key, values.get("kind")), [])
    if len(same) > 1:
        return None, Issue("several", "", {"options": [f"{one.number} {one.name}" for one in same[:5]]})
    if same:
        return same[0], None
    if named:
        options = [f"{one.number} {one.address}".strip() for one in named[:3]]
        entry.notes.append(Issue("similar", "", {"options": options}))
    return None, None


def is_same_address(one: str, other: str) -> bool:
    """The same address in other words; an address that is not given fits any. Other figures are another place."""
    first, second = address_key(one), address_key(other)
    if first == second or not first or not second:
        return True
    if [word for word in first.split() if any(map(str.isdigit, word))] != [
            word for word in second.split() if any(map(str.isdigit, word))]:
        return False
    return SequenceMatcher(None, first, second).ratio() >= 0.85


class Seen:
    """The lines that were taken so far, to find the same establishment a second time in one list."""

    def __init__(self) -> None:
        self.named: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
        self.placed: dict[tuple, int] = {}
        self.held: dict[int, int] = {}

    def find(self, entry: Entry, owner: Owner | None, held: Held | None) -> Issue | None:
        """The earlier line about the same establishment, as a problem. May add a note."""
        values = entry.values
        if held:
            line = self.held.get(held.id)
            return Issue("repeated", "", {"line": line}) if line else None
        named = self.named.get((entry.key, values["unit_id"]), [])
        for address, line in named:
            if is_same_address(address, values.get("address", "")):
                return Issue("repeated", "", {"line": line})
        if (place := self.place_of(entry, owner)) in self.placed:
            return Issue("repeated_place", "", {"line": self.placed[place]})
        if named:
            entry.notes.append(Issue("similar_line", "", {"line": named[0][1]}))
        return None

    def add(self, entry: Entry, owner: Owner | None, held: Held | None) -> None:
        """Remember a line that was taken."""
        values = entry.values
        if held:
            self.held[held.id] = entry.line
            return
        self.named[entry.key, values["unit_id"]].append((values.get("address", ""), entry.line))
        if place := self.place_of(entry, owner):
            self.placed[place] = entry.line

    @staticmethod
    def place_of(entry: Entry, owner: Owner | None) -> tuple | None:
        """Enterprise, commune, address and kind; None without an address."""
        key = address_key(entry.values.get("address", ""))
        return (owner.id or owner.key, entry.values["unit_id"], key, entry.values["kind"]) if owner and key else None
