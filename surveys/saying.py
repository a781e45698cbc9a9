"""What a survey says, in words for a page: an answer, a single value, a place in the document, a tablet's log."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from foundation.clock import local, read_instant
from foundation.i18n import day, label, moment, number, percent, pick
from surveys.explaining import short
from surveys.models import Criterion
from surveys.rules.document import AMOUNTS, SIDES_OF_TALLY
from surveys.rules.scores import MET, ScoreDifference
from surveys.rules.words import CountMethod, EvidenceKind, Side

FIGURES = 6  # decimals of what was typed
LONGEST = 160  # characters of a value nobody of us wrote
FIELDS = {
    "yes": _l("answer"), "step": _l("step"), "numerator": _l("numerator"), "denominator": _l("denominator"),
    "number": _l("number"), "na": _l("not applicable"), "na_reason": _l("why it does not apply"), "note": _l("note"),
    "opening": _l("opening stock"), "purchased": _l("purchased"), "closing": _l("closing stock"),
    "returned": _l("returned"), "proof_number": _l("certificate number"), "proof_holder": _l("holder"),
    "proof_expires_on": _l("valid until"), "has_statement": _l("supplier's statement"),
    "label": _l("name of the bag"), "width_cm": _l("width (cm)"), "height_cm": _l("height (cm)"),
    "readings_um": _l("readings (µm)"), "hard_to_degrade": _l("hard to degrade"),
    "prepack": _l("packs goods before sale"), "plastic": _l("plastic bag"), "eco": _l("eco bag"),
    "own": _l("own bag"), "none": _l("no bag"), "title": _l("post of the signer"), "strokes": _l("signature"),
    "refused": _l("reason for not signing"),
    "signed_at": _l("signed"), "observed_at": _l("Seen"), "period_from": _l("Period from"),
    "period_to": _l("Period to"), "count_method": _l("Way of counting"), "counted_by": _l("Counted by"),
    "receipts": _l("Receipts"), "floor_area_m2": _l("Floor area"), "remarks": _l("Remarks of the survey team"),
    "store_remarks": _l("Remarks of the store"), "files": _l("files"), "caption": _l("caption"),
    "category": _l("packaging"), "class": _l("class"),
}
LISTS = ("lines", "bags")
DAYS = ("period_from", "period_to", "proof_expires_on")
MOMENTS = ("observed_at", "signed_at", "taken_at")
NUMBERS = ("numerator", "denominator", "number", *AMOUNTS, "width_cm", "height_cm", "receipts", "floor_area_m2",
           *SIDES_OF_TALLY)


def say_field(name: str) -> str:
    """The word for a field of the document; its own name where there is none."""
    return str(FIELDS.get(name, name))


def say_answer(answer: Mapping[str, Any] | None, criterion: Criterion | None = None) -> str:
    """What was said to one criterion, without its note: Có; Bậc 3, …; 45 / 60 = 75 %."""
    answer = answer or {}
    if answer.get("na"):
        return ": ".join(part for part in (_("Does not apply"), answer.get("na_reason") or "") if part)
    if answer.get("yes") is not None:
        return _("Yes") if answer["yes"] else _("No")
    if answer.get("step") is not None:
        return say_step(answer["step"], criterion)
    if answer.get("numerator") is not None or answer.get("denominator") is not None:
        return say_share(answer.get("numerator"), answer.get("denominator"))
    return _("no answer") if answer.get("number") is None else say_value("number", answer["number"])


def say_step(step: int, criterion: Criterion | None) -> str:
    """A step of a scale with its anchor."""
    anchors = pick(criterion, "anchors") if criterion else None
    named = _("step %(step)s", step=step)
    return f"{named}: {anchors[step]}" if anchors and 0 <= step < len(anchors) else named


def say_share(part: str | None, whole: str | None) -> str:
    """45 / 60 = 75 %."""
    written = f"{say_value('numerator', part)} / {say_value('denominator', whole)}"
    if part is None or whole is None or not Decimal(whole):
        return written
    return f"{written} = {percent(Decimal(part) * 100 / Decimal(whole), 2)}"


def say_value(name: str, value: Any) -> str:
    """One value of the document. What a device sent may be anything: what does not fit is shown as it is, cut."""
    if value is None or value == "" or value == []:
        return "–"
    try:
        return known_value(name, value)
    except (ArithmeticError, KeyError, TypeError, ValueError):
        return str(value)[:LONGEST]


def known_value(name: str, value: Any) -> str:
    """A value of the kind its field holds; raises where it is of another kind."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name in NUMBERS:
        return short(value, FIGURES)
    if name == "readings_um":
        return "; ".join(short(reading, FIGURES) if reading else "–" for reading in value)
    if name == "strokes":
        return ngettext("%(num)d stroke", "%(num)d strokes", len(value))
    if name in DAYS:
        return day(date.fromisoformat(value))
    if name in MOMENTS:
        return moment(datetime.fromisoformat(value))
    if name == "count_method":
        return label(CountMethod(value))
    if name == "kind":
        return label(EvidenceKind(value))
    if isinstance(value, Mapping):
        return _("%(count)s characters", count=value["length"]) if [*value] == ["length"] else say_whole(value)
    return str(value)[:LONGEST]


def say_whole(values: Mapping[str, Any]) -> str:
    """Several values in a row: "mua vào 6.000, tồn cuối kỳ 20"; what says nothing is left out."""
    told = [f"{say_field(name)} {say_value(name, value)}" for name, value in values.items()
            if value not in (None, "", False, [], "0") and name not in ("category", "class", "id", "sha256")]
    return ", ".join(told)[:2 * LONGEST] or "–"


def say_path(path: str) -> str:
    """Where in the document: "answers.B4.numerator" is "B4 numerator"."""
    part, _dot, rest = path.partition(".")
    code, _dot, field = rest.partition(".")
    if part == "lines":
        material, _dot, field = field.partition(".")
        return " ".join(word for word in (code, material, field and say_field(field)) if word)
    if part == "bags":
        place = str(int(code) + 1) if code.isdecimal() else code
        return f"{_('Bag %(number)s', number=place)} {say_field(field)}".strip()
    if part == "signatures":
        side = label(Side(code)) if code in set(Side) else code
        return f"{side}: {say_field(field or 'strokes')}"
    if part == "tally":
        return f"{_('Count at the checkout')}: {say_field(code)}" if code else _("Count at the checkout")
    if part == "evidence":
        return _("Files")
    if part == "answers":
        return f"{code} {say_field(field)}" if field else code
    return say_field(path)


@dataclass(frozen=True)
class Entry:
    """One line of a tablet's log in words."""

    at: datetime | None
    place: str
    old: str
    new: str

    @property
    def clock(self) -> str:
        """The time of day in Vietnam: 11:02."""
        return local(self.at).strftime("%H:%M") if self.at else "–"


def say_log(log: Iterable[Any]) -> list[Entry]:
    """The log a tablet sealed with its record, in words and in its own order; what is no entry is left out."""
    return list(log_entries(log))


def log_entries(log: Iterable[Any]) -> Iterator[Entry]:
    """One by one."""
    for told in log:
        if isinstance(told, Mapping) and isinstance(told.get("path"), str):
            for path, old, new in spread(told["path"], told.get("old"), told.get("new")):
                yield Entry(read_instant(told.get("at")), say_path(path), say_at(path, old), say_at(path, new))


def spread(path: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    """A change of lines, bags or of several values, one by one: a tablet notes a list as one value."""
    one, other = parts_of(path, old), parts_of(path, new)
    if (one is None or other is None) or not (one or other) or (path not in LISTS and not (one and other)):
        yield path, old, new
        return
    for name in {**one, **other}:
        if one.get(name) != other.get(name):
            yield from spread(f"{path}.{name}", one.get(name), other.get(name))


def parts_of(path: str, value: Any) -> dict[str, Any] | None:
    """The values inside a value by their names; None where it has none."""
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return dict(value)
    if path not in LISTS or not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        return None
    return {f"{one.get('category')}.{one.get('class')}" if path == "lines" else str(place): one
            for place, one in enumerate(value)}


def say_at(path: str, value: Any) -> str:
    """A value where it stands: a whole answer as people say it."""
    if path.startswith("answers.") and path.count(".") == 1 and isinstance(value, Mapping):
        try:
            return say_answer(value)
        except (ArithmeticError, TypeError, ValueError):
            return say_whole(value)
    return say_value(path.rpartition(".")[2], value)


def say_difference(one: ScoreDifference) -> str:
    """"B4: 12,50 on the tablet, 12,60 on the server"."""
    name = {"total": _("Points"), "level": _("Level"), "replaced": _("Replaced share R")}.get(one.what, one.code)
    return _("%(what)s: %(device)s on the tablet, %(server)s on the server", what=name, device=say_figure(one.device),
             server=say_figure(one.server))


def say_figure(text: str | None) -> str:
    """A figure of a score in the reader's habit, or whether a must is met; what is neither stays as it is."""
    if text is None:
        return "–"
    if text in MET.values():
        return _("met") if text == MET[True] else _("not met")
    return number(Decimal(text), 2) if re.fullmatch(r"[0-9]{1,9}\.[0-9]{1,9}", text) else text


def say_skew(skew_ms: int) -> str:
    """How far a device's clock was off: "+2 s", "−1 d 3 h", "0 s"."""
    seconds = abs(skew_ms) // 1000
    days, hours, minutes = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60
    parts = [(days, _("d")), (hours, _("h")), (minutes, _("min")), (seconds % 60, _("s"))]
    said = [f"{count} {unit}" for count, unit in parts if count][:2] or [f"0 {_('s')}"]
    return ("" if not seconds else "−" if skew_ms < 0 else "+") + " ".join(said)
