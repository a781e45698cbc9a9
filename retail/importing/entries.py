"""One line of a list: the values of one establishment, the problems that refuse it, notes on what was understood."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from foundation.text import fold
from retail.importing.cells import is_empty, read_words, text_of
from retail.importing.codes import read_number, read_tax
from retail.importing.contacts import read_email, read_phone, read_position
from retail.importing.days import read_day
from retail.importing.fields import Field
from retail.importing.figures import read_area, read_items
from retail.importing.issues import NOTHING, Issue, Read
from retail.importing.kinds import find_kind, read_class, read_kind, read_status
from retail.importing.legacy import UNICODE, is_tcvn3, is_vni
from retail.importing.lines import Line
from retail.importing.places import Found, Places, Tail
from retail.importing.unit_names import Said, said
from retail.rules import ENTERPRISE_NAME, LENGTHS, Kind, Status

PARTED = re.compile(r"[,;/]|\s[-–]\s")
MOJIBAKE = re.compile("á[º»]|Ã[\u00a0-\u00bf]|Æ°|Ä‘|\ufffd|Â[\u00a0-\u00bf]")


@dataclass(frozen=True)
class Options:
    """What a person has chosen for a whole list."""

    kind: Kind | None = None  # where a row names none
    own_enterprise: bool = False  # where a row names no enterprise, its own name is it


@dataclass(slots=True)
class Entry:
    """What a line says. `values` hold only what it gives; `lacks` refuse it only where it would be new."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    enterprise: str = ""
    tax_code: str = ""
    problems: list[Issue] = field(default_factory=list)
    lacks: list[Issue] = field(default_factory=list)
    notes: list[Issue] = field(default_factory=list)
    is_readable: bool = True  # False: its letters cannot be trusted, nothing was read
    name: str = ""
    key: str = ""  # the folded name
    candidates: tuple[int, ...] = ()  # communes of today among which the line does not decide

    def take(self, name: Field, read: Read, key: str = "") -> Any:
        """Keep a value, or its problem, and its note; give the value back."""
        if read.problem:
            self.problems.append(read.problem._replace(field=read.problem.field or name.value))
        if read.note:
            self.notes.append(read.note._replace(field=name.value))
        if read.value is not None and key:
            self.values[key] = read.value
        return read.value


SIMPLE: tuple[tuple[Field, Callable[[object], Read]], ...] = (
    (Field.NUMBER, read_number), (Field.AREA, read_area), (Field.ITEMS, read_items), (Field.BRANCH_CODE, read_tax),
    (Field.PHONE, read_phone), (Field.EMAIL, read_email),
    *((name, lambda cell, longest=LENGTHS[name.value]: read_words(cell, longest))
      for name in (Field.NAME, Field.POST, Field.NOTE)),
)


def read_entry(line: Line, places: Places, options: Options, today: date, *, old_style: bool) -> Entry:
    """The values of one line."""
    entry = Entry(line.number)
    cells = line.cells
    if letters := odd_letters(cells):
        entry.problems.append(letters)
        entry.is_readable = False
        entry.name = text_of(cells.get(Field.NAME, ""))
        return entry
    for name, origin in line.merged.items():
        if not is_empty(cells[name]):
            entry.notes.append(Issue("merged", name.value, {"line": origin}))
    for name, reader in SIMPLE:
        if name in cells:
            entry.take(name, reader(cells[name]), name.value)
    check_name(entry)
    read_sort(line, entry, options)
    read_owner(line, entry, options)
    read_status_and_days(cells, entry, today)
    position = entry.take(Field.COORDINATES, read_position(
        cells.get(Field.LAT, ""), cells.get(Field.LON, ""), cells.get(Field.COORDINATES, "")))
    if position:
        entry.values["lat"], entry.values["lon"] = position
    read_place(line, entry, places, old_style)
    return entry


def odd_text(text: str) -> str:
    """Whether a text is in an old font or was read in the wrong encoding; the code of the problem."""
    if MOJIBAKE.search(text):
        return "mojibake"
    if UNICODE.search(text):
        return ""
    return "tcvn3" if is_tcvn3(text) else "vni" if is_vni(text) else ""


def odd_letters(cells: dict[Field, object]) -> Issue | None:
    """The first cell whose letters cannot be trusted."""
    for name, cell in cells.items():
        if isinstance(cell, str) and not cell.isascii() and (code := odd_text(cell)):
            return Issue(code, name.value, {"text": text_of(cell)[:60]})
    return None


def check_name(entry: Entry) -> None:
    """A name has letters."""
    name = entry.values.get("name")
    entry.name = name or ""
    entry.key = fold(name)
    if name is None:
        entry.lacks.append(Issue("name_missing", "name"))
    elif not any(char.isalpha() for char in name):
        entry.problems.append(Issue("name_without_letters", "name", {"text": name}))


def read_sort(line: Line, entry: Entry, options: Options) -> None:
    """Kind and class: of the line, of the section above, or as chosen for the whole list."""
    found = entry.take(Field.KIND, read_kind(line.cells.get(Field.KIND, "")))
    refused = any(problem.field == Field.KIND for problem in entry.problems)
    if found is None and not refused and line.kind:
        found = find_kind(line.kind[0])
        entry.notes.append(Issue("section", "kind", {"text": line.kind[0], "line": line.kind[1]}))
    if found is None and not refused and options.kind:
        found = options.kind, None
        entry.notes.append(Issue("chosen_kind", "kind", {"kind": options.kind.value}))
    rank = entry.take(Field.CLASS, read_class(line.cells.get(Field.CLASS, "")), "recorded_class")
    if found is None:
        if not refused:
            entry.lacks.append(Issue("kind_missing", "kind", {"kind": kind_in_name(entry.values.get("name", ""))}))
        return
    entry.values["kind"], named = found
    if named and rank and named != rank:
        entry.problems.append(Issue("class_conflict", "recorded_class", {"kind": named, "column": rank}))
    elif named and not rank:
        entry.values["recorded_class"] = named


def kind_in_name(name: str) -> str:
    """The kind that a name begins with, as a suggestion only; empty when it begins with none."""
    words = name.split()
    for count in range(min(len(words), 5), 0, -1):
        if found := find_kind(" ".join(words[:count])):
            return found[0].value
    return ""


def read_owner(line: Line, entry: Entry, options: Options) -> None:
    """Enterprise and tax code. A branch's code belongs to the establishment, its first ten digits to the enterprise."""
    cell = line.cells.get(Field.ENTERPRISE, "")
    entry.enterprise = entry.take(Field.ENTERPRISE, read_words(cell, ENTERPRISE_NAME)) or ""
    code = entry.take(Field.TAX_CODE, read_tax(line.cells.get(Field.TAX_CODE, ""))) or ""
    if "-" in code:
        entry.values.setdefault("branch_code", code)
        entry.notes.append(Issue("branch_of", "tax_code", {"code": code, "value": code[:10]}))
        code = code[:10]
    entry.tax_code = code
    if not entry.enterprise and not code and line.enterprise:
        entry.enterprise = line.enterprise[0]
        entry.notes.append(Issue("section", "enterprise", {"text": line.enterprise[0], "line": line.enterprise[1]}))
    if not entry.enterprise and not code and options.own_enterprise and entry.values.get("name"):
        entry.enterprise = entry.values["name"]
        entry.notes.append(Issue("own_enterprise", "enterprise"))


def read_status_and_days(cells: dict[Field, object], entry: Entry, today: date) -> None:
    """Opening day, status and since when."""
    opened = entry.take(Field.OPENED, read_day(cells.get(Field.OPENED, ""), today), "opened_on")
    closed = entry.take(Field.CLOSED, read_day(cells.get(Field.CLOSED, ""), today))
    status, since = entry.take(Field.STATUS, read_status(cells.get(Field.STATUS, ""))) or (None, "")
    told = entry.take(Field.STATUS, read_day(since, today) if since else NOTHING)
    if status is None and closed:
        status = Status.CLOSED
        entry.notes.append(Issue("closed_by_day", "status"))
    if status == Status.OPERATING:
        if closed:
            entry.problems.append(Issue("operating_and_closed", "status", {"value": closed.isoformat()}))
        if told and not opened and Field.OPENED not in cells:
            entry.values["opened_on"] = told
        told = None
    since_day = closed or told
    if since_day and opened and since_day <= opened:
        entry.problems.append(Issue("closed_before_opened", "closed_on", {
            "closed": since_day.isoformat(), "opened": opened.isoformat()}))
    if status:
        entry.values["status"] = status
    if since_day:
        entry.values["status_on"] = since_day


def read_place(line: Line, entry: Entry, places: Places, old_style: bool) -> None:
    """The commune of today, and the address without the units at its end that say the same."""
    address = entry.take(Field.ADDRESS, read_words(line.cells.get(Field.ADDRESS, ""), 400)) or ""
    tail = places.take_apart(address) if address else Tail("")
    column, given = named_units(line, places)
    commune, district, province = (given[key] or getattr(tail, key) for key in ("commune", "district", "province"))
    section = said(line.place[0]) if line.place else None
    used_section = ""
    if section and section.level:
        slot = section.level.value
        if slot == "commune" and not commune:
            commune, used_section = section, slot
        elif slot == "district" and not district:
            district, used_section = section, slot
    found = places.find(commune, district, province, old_style=old_style or bool(district))
    if column and tail.commune:
        other = places.find(tail.commune, tail.district or district, tail.province or province, old_style=old_style)
        if found.problem and found.problem.code == "district_only" and other.unit_id:
            found = other
        elif found.unit_id and other.unit_id and other.unit_id != found.unit_id:
            entry.problems.append(Issue("commune_conflict", "commune", {
                "column": column.text, "address": tail.commune.text}))
        elif other.unit_id is None:
            tail = Tail(address)
    if used_section and found.unit_id and line.place:
        entry.notes.append(Issue("section", used_section, {"text": line.place[0], "line": line.place[1]}))
    keep_place(entry, found, tail.street if tail.taken and found.unit_id else address)


def keep_place(entry: Entry, found: Found, address: str) -> None:
    """Take over what was found, or why nothing was."""
    entry.notes.extend(found.notes)
    if found.problem and found.problem.code == "commune_missing":
        entry.lacks.append(found.problem)
    elif found.problem:
        entry.problems.append(found.problem)
        entry.candidates = found.candidates
    else:
        entry.values["unit_id"] = found.unit_id
    if len(address) > LENGTHS["address"]:
        entry.problems.append(Issue("too_long", "address", {"most": LENGTHS["address"], "length": len(address)}))
    elif address:
        entry.values["address"] = address


@lru_cache(8192, typed=True)
def said_in(cell: object) -> Said | None:
    """What a cell says about a unit, if anything."""
    return None if is_empty(cell) else said(text_of(cell))


def named_units(line: Line, places: Places) -> tuple[Said | None, dict[str, Said | None]]:
    """What the columns of commune, district and province say; the first may hold "Gia Cẩm, Việt Trì"."""
    given: dict[str, Said | None] = {}
    for name in (Field.COMMUNE, Field.DISTRICT, Field.PROVINCE):
        given[name.value] = said_in(line.cells.get(name, ""))
    column = given["commune"]
    if column and PARTED.search(column.text):
        inner = places.take_apart(column.text.replace("/", ", "))
        if inner.commune:
            given["commune"] = inner.commune
            given["district"] = given["district"] or inner.district
            given["province"] = given["province"] or inner.province
    return given["commune"], given


@lru_cache(32_768)
def address_key(address: str) -> str:
    """An address for comparison: folded, without "số", "đường", "phố" and punctuation."""
    words = re.findall(r"[a-z0-9]+", fold(address))
    return " ".join(word for word in words if word not in ("so", "nha", "duong", "pho"))


SHORT_FORMS = (
    ("cong ty", "cty"), ("trach nhiem huu han", "tnhh"), ("mot thanh vien", "mtv"), ("1 thanh vien", "mtv"),
    ("1tv", "mtv"), ("co phan", "cp"), ("thuong mai", "tm"), ("dich vu", "dv"), (" va ", " "),
    ("doanh nghiep tu nhan", "dntn"), ("hop tac xa", "htx"), ("ho kinh doanh", "hkd"), (" tm dv", " tmdv"),
)


@lru_cache(16_384)
def enterprise_key(name: str) -> str:
    """An enterprise's name for comparison: usual short forms are the same as the words."""
    words = " ".join(re.findall(r"[a-z0-9]+", fold(name)))
    for long, short in SHORT_FORMS:
        words = words.replace(long, short)
    return words
