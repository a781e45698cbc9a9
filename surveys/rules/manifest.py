"""The manifest: what the files of a survey are, by the hash of their bytes, before and after they arrive. Pure.

An item: id, sha256 (of the bytes as sent), size in bytes, media_type, kind, criterion or category, caption, taken_at,
lat, lon, accuracy (metres), place_reason (why there is no position), store_code (read from the store's QR instead).
"""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from surveys.rules.completeness import Attached
from surveys.rules.words import EvidenceKind

Item = dict[str, Any]
Manifest = list[Item]


def attached(manifest: Iterable[Item]) -> list[Attached]:
    """The files as `completeness.missing` takes them."""
    return [Attached(EvidenceKind(item["kind"]), item["criterion"], item["category"]) for item in manifest]


def lacking(manifest: Iterable[Item], held: Mapping[str, str]) -> Manifest:
    """The items whose bytes are not there; `held` maps ids to the hashes of what is."""
    return [item for item in manifest if held.get(item["id"]) != item["sha256"]]


def derived_id(survey_id: str, name: str) -> str:
    """A UUID that always follows from a survey and something of it: a file's id in another survey, a hash."""
    return str(uuid.uuid5(uuid.UUID(survey_id), name))


def renamed(manifest: Iterable[Item], survey_id: str, taken: Iterable[str] | None = None) -> Manifest:
    """The items under ids of their own in this survey (only those in `taken`, else all); `sent_as` keeps the old."""
    return [{**item, "id": derived_id(survey_id, item["id"]), "sent_as": item["id"]}
            if taken is None or item["id"] in taken else item for item in manifest]


def sent_as(item: Item) -> str:
    """The id under which the tablet knows the file."""
    return str(item.get("sent_as", item["id"]))


def differences(before: Iterable[Item], after: Iterable[Item]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What changed, old and new, one entry a value: "evidence.<id>.caption"."""
    old, new = flatten(before), flatten(after)
    changed = [key for key in sorted(old | new) if old.get(key) != new.get(key)]
    return {key: old[key] for key in changed if key in old}, {key: new[key] for key in changed if key in new}


def flatten(manifest: Iterable[Item]) -> dict[str, Any]:
    """What people said of each file, and which file it is."""
    return {f"evidence.{item['id']}.{name}": item[name] for item in manifest
            for name in ("sha256", "criterion", "category", "caption") if item[name]}
