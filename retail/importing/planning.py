"""What an import would do, line by line: new, changed, unchanged, refused with reasons, passed over. Writes nothing."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from foundation.text import fold
from retail.importing.columns import Layout
from retail.importing.entries import Entry, Options, read_entry
from retail.importing.fields import Field
from retail.importing.issues import Issue
from retail.importing.lines import Line, read_lines
from retail.importing.matching import Held, Owner, Owners, Register, Seen, find_held, is_same_address
from retail.importing.places import Places
from retail.importing.reading import Sheet
from retail.rules import Status


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    SKIPPED = "skipped"


@dataclass(slots=True)
class Row:
    """What becomes of one line."""

    line: int
    outcome: Outcome
    name: str = ""
    values: dict[str, Any] = field(default_factory=dict)  # of a new one, everything; else empty
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)  # field → before, after
    held: int | None = None  # id of the establishment it is about
    number: str = ""
    owner: Owner | None = None
    issues: list[Issue] = field(default_factory=list)  # why refused or passed over
    notes: list[Issue] = field(default_factory=list)


@dataclass(frozen=True)
class Keys:
    """What the lines of a list are recognised by; narrows what has to be read of the register."""

    numbers: set[str]
    names: set[str]
    branches: set[str]
    codes: set[str]
    owners: set[str]


@dataclass(frozen=True)
class Setting:
    """What a plan depends on besides the list and the register."""

    places: Places
    options: Options
    today: date
    allowed: Collection[int] | None = None  # communes this person may import into; None: all
    has_days: bool = True  # whether the list has a column of opening days


SAME_WORDS = ("name", "contact_post", "note")
EXACTLY = ("kind", "recorded_class", "area_m2", "items", "branch_code", "opened_on", "contact_phone", "contact_email",
           "lat", "lon")


def make_plan(sheet: Sheet, layout: Layout, setting: Setting, load: Callable[[Keys], Register]) -> list[Row]:
    """Every line below the headings, in order. `load` reads from the register what the list is about."""
    old_style = Field.DISTRICT in layout.fields
    lines = list(read_lines(sheet, layout))
    entries = {line.number: read_entry(line, setting.places, setting.options, setting.today, old_style=old_style)
               for line in lines if not line.why}
    register = load(keys_of(entries.values()))
    owners, seen = Owners(register, entries.values()), Seen()
    rows = []
    for line in lines:
        entry = entries.pop(line.number, None)
        rows.append(decide(entry, register, owners, seen, setting) if entry else passed_over(line))
    return rows


def keys_of(entries: Iterable[Entry]) -> Keys:
    """The keys of all lines."""
    keys = Keys(set(), set(), set(), set(), set())
    for entry in entries:
        values = entry.values
        keys.names.add(entry.key)
        for found, wanted in ((keys.numbers, values.get("number")), (keys.branches, values.get("branch_code")),
                              (keys.codes, entry.tax_code), (keys.owners, entry.enterprise)):
            if wanted:
                found.add(wanted)
    return keys


def passed_over(line: Line) -> Row:
    """A line that is no establishment."""
    return Row(line.number, Outcome.SKIPPED, line.text, issues=[Issue(f"line_{line.why}")])


def decide(entry: Entry, register: Register, owners: Owners, seen: Seen, setting: Setting) -> Row:
    """The outcome of a line that is an establishment. Every reason to refuse it is named."""
    if not entry.is_readable:
        return Row(entry.line, Outcome.REFUSED, entry.name, issues=entry.problems)
    owner, no_owner = owners.find(entry)
    held, no_match = find_held(entry, owner, register)
    if held and held.commune in entry.candidates:  # its own number says which commune of that name
        entry.problems = [problem for problem in entry.problems if problem.code != "ambiguous"]
        entry.values["unit_id"] = held.commune
    reasons = [*entry.problems, *(issue for issue in (no_owner, no_match) if issue)]
    row = Row(entry.line, Outcome.REFUSED, entry.name, owner=owner, issues=reasons, notes=entry.notes)
    if held:
        row.name, row.held, row.number = entry.name or held.name, held.id, held.number
    if held is None and not (no_match and no_match.code == "number_unknown"):
        reasons += entry.lacks
        named = no_owner or any(issue.field in ("enterprise", "tax_code") for issue in reasons)
        if owner is None and not named:
            reasons.append(Issue("enterprise_missing", "enterprise"))
    reasons += out_of_scope(entry, held, setting)
    if reasons:
        return row
    if repeated := seen.find(entry, owner, held):
        reasons.append(repeated)
        return row
    if held is None:
        row.outcome, row.values = Outcome.NEW, {"status": Status.OPERATING, **entry.values}
        row.notes += assumed_days(entry, setting)
    else:
        row.changes = compare(entry, held, owner, register)
        reasons += impossible(row.changes, held, entry, setting.today)
        if reasons:
            return row
        row.outcome = Outcome.CHANGED if row.changes else Outcome.UNCHANGED
    seen.add(entry, owner, held)
    return row


def out_of_scope(entry: Entry, held: Held | None, setting: Setting) -> list[Issue]:
    """A clerk of one territory imports there only."""
    unit = entry.values.get("unit_id")
    outside = setting.allowed is not None and unit is not None and unit not in setting.allowed
    if outside or (held and not held.in_scope):
        place = setting.places.units[unit].name if unit and outside else held.number if held else ""
        return [Issue("out_of_scope", "commune", {"place": place})]
    return []


def assumed_days(entry: Entry, setting: Setting) -> list[Issue]:
    """Notes on days nobody gave: trading since the day of the import, closed as of that day."""
    notes = []
    status = entry.values.get("status", Status.OPERATING)
    if status != Status.OPERATING and "status_on" not in entry.values:
        notes.append(Issue("status_from_today", "status", {"value": setting.today.isoformat()}))
    if "opened_on" not in entry.values and setting.has_days:
        notes.append(Issue("opened_unknown", "opened_on", {"value": setting.today.isoformat()}))
    return notes


def compare(entry: Entry, held: Held, owner: Owner | None, register: Register) -> dict[str, tuple[Any, Any]]:
    """What the line says otherwise than the register. What it does not say stays; the same words in other spelling too,
    except where the line names our own number."""
    values, changes = entry.values, {}
    by_number = "number" in values
    for name in EXACTLY:
        if name in values and values[name] != getattr(held, name):
            changes[name] = getattr(held, name), values[name]
    for name in SAME_WORDS:
        before, after = getattr(held, name), values.get(name)
        if after and after != before and (by_number or fold(after) != fold(before)):
            changes[name] = before, after
    if "unit_id" in values and values["unit_id"] != held.commune:
        changes["unit_id"] = held.unit_id, values["unit_id"]
    address = values.get("address")
    if address and address != held.address and (by_number or "unit_id" in changes or not held.address
                                                or not is_same_address(address, held.address)):
        changes["address"] = held.address, address
    if owner and owner.id != held.enterprise_id:
        changes["enterprise"] = register.by_id[held.enterprise_id].name, owner.name
    elif owner and owner.key:
        changes["tax_code"] = "", owner.tax_code
    if "status" in values and values["status"] != held.status:
        changes["status"] = held.status, values["status"]
    return changes


def impossible(changes: dict[str, tuple[Any, Any]], held: Held, entry: Entry, today: date) -> list[Issue]:
    """Changes that the history of the establishment does not allow."""
    reasons = []
    if "status" in changes:
        since = entry.values.get("status_on")
        if since is None:
            entry.notes.append(Issue("status_from_today", "status", {"value": today.isoformat()}))
        elif since < held.status_since:
            reasons.append(Issue("status_before", "status", {
                "value": since.isoformat(), "since": held.status_since.isoformat()}))
        changes["status_on"] = held.status_since, max(since or today, held.status_since)
    if "opened_on" in changes and held.first_until and changes["opened_on"][1] >= held.first_until:
        reasons.append(Issue("opened_after_change", "opened_on", {"value": held.first_until.isoformat()}))
    return reasons
