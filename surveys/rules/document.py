"""The survey document: what a tablet sends, a form edits and a survey is. Merging and comparing it. Pure.

Canonical: figures as plain decimal text, days and instants in ISO 8601, empty parts of an answer left out,
lines in the order of the set's categories and of MaterialClass, five readings a bag (null where not read).
"""

from datetime import UTC, datetime
from typing import Any

Document = dict[str, Any]
BY_KEY = ("answers", "signatures")  # merged key by key; every other part is replaced as a whole
SIDES_OF_TALLY = ("plastic", "eco", "own", "none")
AMOUNTS = ("opening", "purchased", "closing", "returned")  # of a line, in units


def empty() -> Document:
    """The document of a survey into which nothing has been written yet."""
    return {
        "observed_at": None, "period_from": None, "period_to": None, "count_method": None, "counted_by": "",
        "receipts": None, "floor_area_m2": None, "tally": None, "remarks": "", "store_remarks": "", "answers": {},
        "lines": [], "bags": [], "signatures": {},
    }


def instant_text(instant: datetime) -> str:
    """2026-11-24T02:10:00Z."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def merge(current: Document, part: Document) -> Document:
    """`current` with the canonical `part` laid over it; an answer or a signature that is empty or None goes away."""
    merged = {**current, **{key: value for key, value in part.items() if key not in BY_KEY}}
    for key in BY_KEY:
        both = {**current.get(key, {}), **part.get(key, {})}
        merged[key] = {name: value for name, value in both.items() if value}
    return merged


def flatten(document: Document) -> dict[str, Any]:
    """One entry a value: "answers.A1.yes", "lines.P01.N.purchased", "bags.0.label", "signatures.team"."""
    flat: dict[str, Any] = {key: value for key, value in document.items() if not isinstance(value, dict | list)}
    flat |= {f"tally.{side}": figure for side, figure in (document.get("tally") or {}).items()}
    for code, answer in document.get("answers", {}).items():
        flat |= {f"answers.{code}.{name}": value for name, value in answer.items()}
    for line in document.get("lines", []):
        flat |= {f"lines.{line['category']}.{line['class']}.{name}": value for name, value in line.items()}
    for position, bag in enumerate(document.get("bags", [])):
        flat |= {f"bags.{position}.{name}": value for name, value in bag.items()}
    for side, signature in document.get("signatures", {}).items():
        flat |= {f"signatures.{side}": signature["signed_at"], f"signatures.{side}.refused": signature.get("refused")}
    return flat


def differences(before: Document, after: Document) -> tuple[dict[str, Any], dict[str, Any]]:
    """What changed, old and new: ({"answers.A1.yes": False}, {"answers.A1.yes": True}); strokes by their time only."""
    old, new = flatten(before), flatten(after)
    changed = [key for key in sorted(old | new) if old.get(key) != new.get(key)]
    return {key: old[key] for key in changed if key in old}, {key: new[key] for key in changed if key in new}
