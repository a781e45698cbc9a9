"""Keeps the rows of a survey's files in step with its manifest: what arrived, what is said of it, what is gone."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, update

from foundation.db import run, table_of
from foundation.prepared import adding
from surveys.actions.listing import columns_of
from surveys.models import Evidence
from surveys.queries.criteria import PlainSet
from surveys.queries.standing import Held, list_files, list_names
from surveys.rules.manifest import Item, Manifest, lacking, renamed, sent_as

PLACE = ("lat", "lon", "accuracy_m")
MEASURED = ("taken_at", *PLACE)
STORED = ("sha256", "received_sha256", "media_type", "size", "width", "height")
TABLE = table_of(Evidence)
ARRIVED = adding(TABLE)


def files_for(visit_id: int, manifests: Iterable[Manifest]) -> Sequence[Row]:
    """The files of a visit; nobody is asked when no manifest names one."""
    return list_files(visit_id) if any(manifests) else ()


def own_names(manifest: Manifest, held: Held, files: Sequence[Row]) -> Manifest:
    """The manifest with names of its own where another survey of the visit holds, or waits for, a file so named."""
    taken = {file.id for file in files if file.survey_id != held.id}
    taken |= {sent_as(item) for item in held.manifest if "sent_as" in item}  # as it was before
    if {item["id"] for item in manifest} - {sent_as(item) for item in held.manifest}:
        taken |= list_names(held.visit_id, but=held.id)
    return renamed(manifest, held.id, taken)


def settle(survey_id: str, before: Manifest, after: Manifest, files: Sequence[Row], plain: PlainSet,
           by: int, at: datetime) -> Manifest:
    """Bring the rows from one manifest to the next; what the visit holds under the same hash need not be sent again.

    Returns what still lacks.
    """
    own = {file.id: file for file in files if file.survey_id == survey_id}
    follow(own, {item["id"]: item for item in before}, {item["id"]: item for item in after}, plain, at)
    missing = lacking(after, {file_id: file.received_sha256 for file_id, file in own.items()})
    known = {file.received_sha256: file for file in files} if missing else {}
    for item in (item for item in missing if item["sha256"] in known):
        stored = {name: getattr(known[item["sha256"]], name) for name in STORED + MEASURED}
        write(survey_id, item, stored, plain, item["id"] in own, by, at)
    return [item for item in missing if item["sha256"] not in known]


def follow(own: dict[str, Row], before: dict[str, Item], after: dict[str, Item], plain: PlainSet,
           at: datetime) -> None:
    """What the manifest says now of the files that are here; one it no longer names is struck out, and kept."""
    for file_id, file in own.items():
        item = after.get(file_id)
        if item is None:
            changed: dict[str, Any] = {} if file.removed_at else {"removed_at": at}
        elif item != before.get(file_id) or file.removed_at:
            changed = {"removed_at": None, **facts(item, plain)}
        else:
            changed = {}
        if changed:
            run(update(TABLE).where(TABLE.c.id == file_id).values(**changed))


def facts(item: Item, plain: PlainSet) -> dict[str, Any]:
    """The columns that an item fills; where it is silent on time or place, what the photo says stays."""
    silent = [*(() if item["taken_at"] else ("taken_at",)), *(() if item["lat"] else PLACE)]
    return {name: value for name, value in columns_of(item, plain).items() if name not in silent}


def write(survey_id: str, item: Item, stored: dict[str, Any], plain: PlainSet, is_known: bool,
          by: int, at: datetime) -> None:
    """The row of a file that has arrived."""
    values = {**stored, **facts(item, plain), "received_at": at, "received_from_id": by, "removed_at": None}
    if is_known:  # the tablet took another picture under the same name
        run(update(TABLE).where(TABLE.c.id == item["id"]).values(**values))
    else:
        ARRIVED.write({"id": item["id"], "survey_id": survey_id, **values})
