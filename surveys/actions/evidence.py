"""Files of a survey as they arrive: checked and stored first, then written beside the manifest that names them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from foundation import storage
from foundation.audit import record_many
from foundation.db import run, take_turns
from foundation.errors import Invalid, RuleBroken
from foundation.images import read_photo
from foundation.prepared import short_transaction
from surveys.actions.arriving import TABLE
from surveys.actions.checking import Writer
from surveys.actions.completing import complete, entry
from surveys.actions.files import write
from surveys.queries.standing import Held, find_now, list_hashes
from surveys.rules.bounds import MOST_BYTES, MOST_FILES
from surveys.rules.manifest import Item, Manifest, lacking
from surveys.rules.words import EvidenceKind

PDF = "application/pdf"
JPEG = "image/jpeg"
UNKNOWN = "application/octet-stream"
TAKEN = _l("Another file was sent under this name already. Add the file again.")
NOTHING = {"taken_at": None, "lat": None, "lon": None, "accuracy_m": None, "width": None, "height": None}


@dataclass(frozen=True)
class Stored:
    """A file in the store: the hash of what was sent, and the columns that what is stored fills."""

    received_sha256: str
    size: int
    columns: Mapping[str, Any]


class Unusual(Exception):
    """Not one of many files that a sealed record lacks."""


@dataclass(frozen=True)
class FileOutcome:
    """What became of a file: its survey, complete perhaps (by this file or before), and what still lacks."""

    held: Held
    lacks: Manifest
    is_new: bool


def item_of(held: Held, evidence_id: str) -> Item | None:
    """What the manifest says of a file."""
    return next((item for item in held.manifest if item["id"] == evidence_id), None)


def check_file(held: Held, evidence_id: str, content: bytes, facts: Item | None) -> Item:
    """What a file is about, by the manifest or, where none names it, by `facts`. Raises Invalid (file, kind)."""
    item = item_of(held, evidence_id) or facts
    if item is None:
        raise Invalid(_("Say what the file is about."), {"kind": _("Choose one of: %(words)s.",
                                                                   words=", ".join(EvidenceKind))})
    if not content:
        raise wrong_file(_("The file is empty. Take the photo again."))
    if len(content) > MOST_BYTES:
        raise wrong_file(_("The file is too large: at most %(most)s MB.", most=MOST_BYTES // 1024**2))
    if item.get("sha256") not in (None, hashlib.sha256(content).hexdigest()):
        raise wrong_file(_("The file did not arrive as it was sent. Send it again."))
    return item


def wrong_file(words: str) -> Invalid:
    """What is wrong with the file itself."""
    return Invalid(words, {"file": words})


def store_file(content: bytes, item: Item, *, is_sealed: bool) -> Stored:
    """Put a photo, or a PDF where a document is asked for, into the store.

    A file that a sealed record names is kept whatever it is: its record could never be whole without it.
    Raises Invalid (file).
    """
    received = item.get("sha256") or hashlib.sha256(content).hexdigest()
    try:
        kept, columns = read_file(content, EvidenceKind(item["kind"]))
    except Invalid:
        if not is_sealed:
            raise
        kept, columns = content, {**NOTHING, "media_type": UNKNOWN}
    sha256 = storage.put(kept, received if kept is content else None)
    return Stored(received, len(content), {
        **columns, "sha256": sha256, "received_sha256": received, "size": len(kept)})


def read_file(content: bytes, kind: EvidenceKind) -> tuple[bytes, dict[str, Any]]:
    """What is stored of a file, and what it is. Raises Invalid (file)."""
    if content.startswith(b"%PDF-"):
        if kind != EvidenceKind.DOCUMENT:
            raise wrong_file(_("This is a PDF, not a photo. Attach it as a document."))
        if b"%%EOF" not in content[-2048:]:
            raise wrong_file(_("This PDF is cut short. Send the whole file."))
        return content, {**NOTHING, "media_type": PDF}
    try:
        photo = read_photo(content)
    except Invalid as wrong:
        words = str(wrong)
        if kind == EvidenceKind.DOCUMENT:
            words += " " + _("A document may also be a PDF.")
        raise wrong_file(words) from wrong
    return photo.content, {"media_type": JPEG, **{name: getattr(photo, name) for name in NOTHING}}


def note_file(held: Held, item: Item, stored: Stored, *, by: Writer, at: datetime) -> FileOutcome | None:
    """Note a file that a sealed record names while it lacks others too: the usual case, one row in a short transaction.

    Nothing of a sealed record changes until all its files are here: they are all that has to be looked at. A power
    cut may take the row back before the record is complete: its tablet is asked for the file again then
    (docs/decisions/0007). What the record names by hash is in the audit trail with the record. None for whatever is not
    so at this moment, which is for `receive_file`.
    """
    try:
        with short_transaction(held.id):
            here = list_hashes(held.id)
            lacks = lacking(held.manifest, {**here, item["id"]: stored.received_sha256})
            if item["id"] in here or not lacks:
                raise Unusual
            write(held.id, item, {**stored.columns}, held.plain, False, by.id, at)
    except (Unusual, IntegrityError):
        return None
    return FileOutcome(held, lacks, is_new=True)


def receive_file(survey_id: str, evidence_id: str, stored: Stored, facts: Item | None, *,
                 held: Held | None = None, by: Writer, at: datetime) -> FileOutcome:
    """Note a stored file where the survey names it; the last one a sealed record lacked completes it.

    The same again is the same. Raises RuleBroken: other content under this name, or a sealed survey without it.
    """
    take_turns(survey_id)
    held, here = find_now(survey_id, by.id, held), list_hashes(survey_id)
    if here.get(evidence_id) == stored.received_sha256:
        return FileOutcome(held, lacking(held.manifest, here), is_new=False)
    item = item_of(held, evidence_id)
    check_place(held, item, here.get(evidence_id), stored)
    if item is None:
        assert facts
        held, item = list_file(held, evidence_id, stored, facts, at)
    try:
        write(survey_id, item, {**stored.columns}, held.plain, evidence_id in here, by.id, at)
    except IntegrityError:  # a survey of another visit has a file of this name
        raise RuleBroken(str(TAKEN)) from None
    lacks = lacking(held.manifest, {**here, evidence_id: stored.received_sha256})
    entries = [] if held.delivered_at else [("add_evidence", "Evidence", evidence_id, {
        "survey": survey_id, "sha256": stored.columns["sha256"], "criterion": item["criterion"],
        "category": item["category"]})]
    if held.delivered_at and not lacks:
        held = complete(held, at=at)
        entries.append(entry(held))
    record_many(entries, by=by, at=at)
    return FileOutcome(held, lacks, is_new=True)


def check_place(held: Held, item: Item | None, arrived: str | None, stored: Stored) -> None:
    """Whether the survey may take this file under this name; `arrived` is the hash of what it has under it."""
    named = item is not None and item["sha256"] == stored.received_sha256
    if item is None and held.delivered_at:
        raise RuleBroken(_("This survey was handed in without this file. It can no longer be changed."))
    if arrived and not named:
        raise RuleBroken(str(TAKEN))
    if item is None and len(held.manifest) >= MOST_FILES:
        raise RuleBroken(_("A survey holds at most %(most)s files.", most=MOST_FILES))


def list_file(held: Held, evidence_id: str, stored: Stored, facts: Item, at: datetime) -> tuple[Held, Item]:
    """Add a file that came without a manifest (a form without JavaScript, an import) to the draft's own."""
    item = {"id": evidence_id, "sha256": stored.received_sha256, "size": stored.size,
            "media_type": stored.columns["media_type"], **facts}
    listed = replace(held, manifest=[*held.manifest, item], revision=held.revision + 1, copy_id=None)
    run(update(TABLE).where(TABLE.c.id == held.id).values(
        manifest=listed.manifest, revision=listed.revision, copy_id=None, updated_at=at))
    return listed, item
