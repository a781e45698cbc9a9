"""Reads the manifest of a survey's files, and what is said of one file, in words by path: "evidence.<id>.sha256"."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from foundation.errors import Invalid
from surveys.actions.values import Read, Wrong, degrees, figure, instant, one_of, text, whole
from surveys.queries.criteria import PlainSet
from surveys.rules.bounds import MOST_BYTES, MOST_FILES
from surveys.rules.manifest import Item, Manifest
from surveys.rules.words import EvidenceKind, PlaceReason

UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SHA256 = re.compile("[0-9a-f]{64}")


def name_of(value: Any) -> str:
    """The tablet names its records: a UUID in lower case, as crypto.randomUUID() makes it."""
    if not isinstance(value, str) or not UUID.fullmatch(value):
        raise Wrong(_("The name of this record is not a UUID in lower case."))
    return value


def check_uuid(value: Any, field: str) -> str:
    """The same, for a name that stands alone. Raises Invalid."""
    try:
        return name_of(value)
    except Wrong as wrong:
        raise Invalid(str(wrong), {field: _("Write it as 123e4567-e89b-42d3-a456-426614174000.")}) from None


def hash_of(value: Any) -> str:
    """A SHA-256 in hexadecimal, lower case."""
    if not isinstance(value, str) or not SHA256.fullmatch(value):
        raise Wrong(_("Give the SHA-256 of the file in 64 hexadecimal digits."))
    return value


ABOUT: dict[str, Read] = {
    "kind": one_of(EvidenceKind, must=True), "criterion": text(6), "category": text(6), "caption": text(200),
    "taken_at": instant, "lat": degrees(90), "lon": degrees(180), "accuracy": figure(most=10**7),
    "place_reason": one_of(PlaceReason), "store_code": text(200),
}
ITEM: dict[str, Read] = {
    "id": name_of, "sha256": hash_of, "size": whole(MOST_BYTES, least=1), "media_type": text(40), **ABOUT}
EMPTY = {**dict.fromkeys(ITEM), **dict.fromkeys(("media_type", "caption", "place_reason", "store_code"), "")}


def read_manifest(given: Any, plain: PlainSet) -> tuple[Manifest, dict[str, str]]:
    """Every item, canonical, and what is wrong, by path. A file stands once."""
    errors: dict[str, str] = {}
    if not isinstance(given, list) or len(given) > MOST_FILES:
        return [], {"evidence": _("A survey holds at most %(most)s files.", most=MOST_FILES)}
    items: dict[str, Item] = {}
    for number, one in enumerate(given):
        name = one["id"] if isinstance(one, dict) and isinstance(one.get("id"), str) else number
        path = f"evidence.{name}."
        item = read_item(one, ITEM, plain, path, errors)
        for field in ("id", "sha256", "size", "kind"):
            if item.get(field) is None:
                errors.setdefault(path + field, _("This is needed."))
        if item.get("id") in items:
            errors[path + "id"] = _("This file stands twice.")
        items[item.get("id") or path] = item
    return list(items.values()), errors


def read_facts(given: Mapping[str, str], plain: PlainSet) -> Item:
    """What is said of one file outside a manifest. Raises Invalid; other fields are passed over."""
    errors: dict[str, str] = {}
    said = {"kind": "", **{key: given[key] for key in ABOUT if key in given}}
    item = read_item(said, ABOUT, plain, "", errors)
    if errors:
        raise Invalid(" ".join(errors.values()), errors)
    return item


def read_item(given: Any, table: Mapping[str, Read], plain: PlainSet, path: str, errors: dict[str, str]) -> Item:
    """One item, canonical; what it is about is in the set, its position whole. What else it says is passed over."""
    if not isinstance(given, dict | Mapping):
        errors[path.rstrip(".")] = _("This part of the form could not be read.")
        given = {}
    item: Item = {}
    for name, read in table.items():
        empty = EMPTY[name]
        try:
            item[name] = read(given[name]) or empty if name in given else empty
        except Wrong as wrong:
            errors[f"{path}{name}"], item[name] = str(wrong), empty
    if item["criterion"] and item["criterion"] not in plain.criteria:
        errors[f"{path}criterion"] = _("The criteria set has no criterion %(code)s.", code=item["criterion"])
    if item["category"] and item["category"] not in plain.categories:
        errors[f"{path}category"] = _("The packaging sheet has no such category.")
    if (item["lat"] is None) != (item["lon"] is None):
        errors[f"{path}lat"] = _("This position is not on the globe.")
    return item


def columns_of(item: Item, plain: PlainSet) -> dict[str, Any]:
    """The columns of the Evidence row that an item fills."""
    return {
        "criterion_id": plain.criteria[item["criterion"]] if item["criterion"] else None,
        "category_id": plain.categories[item["category"]] if item["category"] else None,
        "kind": EvidenceKind(item["kind"]), "caption": item["caption"],
        "taken_at": datetime.fromisoformat(item["taken_at"]) if item["taken_at"] else None,
        "lat": figure_from(item["lat"]), "lon": figure_from(item["lon"]), "accuracy_m": figure_from(item["accuracy"]),
        "place_reason": item["place_reason"], "store_code": item["store_code"],
    }


def figure_from(text: str | None) -> Decimal | None:
    """A figure of a document or manifest."""
    return None if text is None else Decimal(text)
