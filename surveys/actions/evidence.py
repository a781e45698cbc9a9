"""Files of a survey as they arrive: checked and stored first, then written beside the manifest that names them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update

from foundation import storage
from foundation.audit import record_many
from foundation.db import run, take_turns
from foundation.errors import Invalid, NotFound, RuleBroken
from foundation.images import read_photo
from surveys.actions.arriving import TABLE, Outcome, lacks_of
from surveys.actions.checking import Writer, check_member
from surveys.actions.completing import complete, entry
from surveys.actions.files import write
from surveys.models import Evidence
from surveys.queries.standing import Held, find_held, list_files
from surveys.rules.arriving import Verdict
from surveys.rules.bounds import MOST_BYTES, MOST_FILES
from surveys.rules.manifest import Item
from surveys.rules.words import EvidenceKind

PDF = "application/pdf"
JPEG = "image/jpeg"
UNKNOWN = "application/octet-stream"
NOTHING = {"taken_at": None, "lat": None, "lon": None, "accuracy_m": None, "width": None, "height": None}


@dataclass(frozen=True)
class Stored:
    """A file in the store: the hash of what was sent, and the columns that what is stored fills."""

    received_sha256: str
    size: int
    columns: Mapping[str, Any]


def item_of(held: Held, evidence_id: str) -> Item | None:
    """What the manifest says of a file."""
    return next((item for item in held.manifest if item["id"] == evidence_id), None)


def find_arrived(evidence_id: str) -> tuple[str, str] | None:
    """The survey that holds a file of this name, and the hash of what was sent."""
    row = run(
        select(Evidence.survey_id, Evidence.received_sha256).where(Evidence.id == evidence_id)).one_or_none()
    return row and (row[0], row[1])


def check_file(held: Held | None, evidence_id: str, content: bytes, facts: Item | None) -> Item:
    """What a file is about, by the manifest or, where none names it, by `facts`. Reads only.

    Raises Invalid (file, kind), RuleBroken (a sealed survey does not name it), NotFound, Forbidden.
    """
    if held is None:
        raise NotFound(_("There is no such survey, or it lies outside your territory."))
    check_member(held.is_member)
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


def store_file(content: bytes, kind: EvidenceKind, *, is_sealed: bool) -> Stored:
    """Put a photo, or a PDF where a document is asked for, into the store. Raises Invalid (file).

    A file that a sealed record names is kept whatever it is: its record could never be whole without it.
    """
    received = hashlib.sha256(content).hexdigest()
    try:
        kept, columns = read_file(content, kind)
    except Invalid:
        if not is_sealed:
            raise
        kept, columns = content, {**NOTHING, "media_type": UNKNOWN}
    return Stored(received, len(content), {
        **columns, "sha256": storage.put(kept), "received_sha256": received, "size": len(kept)})


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


def receive_file(survey_id: str, evidence_id: str, stored: Stored, facts: Item | None, *, by: Writer,
                 at: datetime) -> Outcome:
    """Note a stored file where the survey names it; the last one a sealed record lacked completes it.

    The same again is the same. Raises RuleBroken: other content under this name, or a sealed survey without it.
    """
    take_turns(survey_id)
    held = find_held(survey_id, by.id)
    assert held
    files = list_files(held.visit_id)
    arrived = find_arrived(evidence_id)
    item = item_of(held, evidence_id)
    if arrived == (survey_id, stored.received_sha256):
        return Outcome(Verdict.SAME, held, lacks_of(held, files))
    check_place(held, item, arrived, stored)
    if item is None:
        assert facts
        held, item = list_file(held, evidence_id, stored, facts, at)
    write(survey_id, item, {**stored.columns}, held.plain, arrived is not None, by.id, at)
    lacks = [lack for lack in lacks_of(held, files) if lack["id"] != evidence_id]
    entries = [("add_evidence", "Evidence", evidence_id, {
        "survey": survey_id, "sha256": stored.columns["sha256"], "criterion": item["criterion"],
        "category": item["category"]})]
    if held.delivered_at and not lacks:
        held = complete(held, at=at)
        entries.append(entry(held))
    record_many(entries, by=by, at=at)
    return Outcome(Verdict.OPEN, held, lacks)


def check_place(held: Held, item: Item | None, arrived: tuple[str, str] | None, stored: Stored) -> None:
    """Whether the survey may take this file under this name."""
    named = item is not None and item["sha256"] == stored.received_sha256
    if item is None and held.delivered_at:
        raise RuleBroken(_("This survey was handed in without this file. It can no longer be changed."))
    if arrived and (arrived[0] != held.id or not named):
        raise RuleBroken(_("Another file was sent under this name already. Add the file again."))
    if item is None and len(held.manifest) >= MOST_FILES:
        raise RuleBroken(_("A survey holds at most %(most)s files.", most=MOST_FILES))


def list_file(held: Held, evidence_id: str, stored: Stored, facts: Item, at: datetime) -> tuple[Held, Item]:
    """Add a file that came without a manifest (a form without JavaScript, an import) to the draft's own."""
    item = {"id": evidence_id, "sha256": stored.received_sha256, "size": stored.size,
            "media_type": stored.columns["media_type"], **facts}
    listed = replace(held, manifest=[*held.manifest, item], revision=held.revision + 1, copy_id=None, updated_at=at)
    run(update(TABLE).where(TABLE.c.id == held.id).values(
        manifest=listed.manifest, revision=listed.revision, copy_id=None, updated_at=at))
    return listed, item
