"""The files of a submission: found by name, checked, listed as a tablet lists them."""

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from foundation.errors import Invalid
from surveys.actions.evidence import read_file
from surveys.odk.documents import SIGNATURES, Attachment, attachments_of, place_of, survey_id
from surveys.odk.signatures import trace
from surveys.odk.sources import Files
from surveys.odk.submissions import Submission
from surveys.rules.bounds import MOST_BYTES
from surveys.rules.content import SetContent
from surveys.rules.words import EvidenceKind, Side

MAGIC = ((b"%PDF-", "application/pdf"), (b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


@dataclass
class Media:
    """What came of the attachments: the manifest, the bytes by id, the signatures' strokes, what is wrong in words."""

    manifest: list[dict[str, Any]] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)
    drawn: dict[Side, list] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def read_media(submission: Submission, content: SetContent, files: Files) -> Media:
    """Every file of a submission. One that lacks or cannot be read is told and left out: the survey then stays open."""
    media = Media()
    for attachment in attachments_of(submission, content):
        try:
            found = find_content(attachment, submission, files)
            read_file(found, attachment.kind)
        except Invalid as error:
            media.wrong.append(f"{attachment.path}: {error}")
            continue
        item = item_of(attachment, found, submission)
        media.manifest.append(item)
        media.contents[item["id"]] = found
        for side in sides_of(attachment):
            if strokes := trace(found):
                media.drawn[side] = strokes
    return media


def find_content(attachment: Attachment, submission: Submission, files: Files) -> bytes:
    """The bytes of an attachment. Raises Invalid when there are none, too many, or several different ones."""
    instance = submission.instance_id.removeprefix("uuid:")
    found = {file.read() for file in files.find_media(attachment.name, submission.folder, instance)}
    if not found:
        raise Invalid(_("The file %(name)s is not among those given. Export with media, or give their folder too.",
                        name=attachment.name))
    if len(found) > 1:
        raise Invalid(_("Several different files are called %(name)s. Give the media of each export in a folder of "
                        "its own.", name=attachment.name))
    content = found.pop()
    if not 0 < len(content) <= MOST_BYTES:
        raise Invalid(_("The file %(name)s is empty or larger than 30 MB.", name=attachment.name))
    return content


def item_of(attachment: Attachment, content: bytes, submission: Submission) -> dict[str, Any]:
    """A file as the manifest lists it. Its name follows from the survey's and its field's: again is the same."""
    place = place_of(submission) if attachment.kind == EvidenceKind.PHOTO else {}
    return {
        "id": str(uuid.uuid5(uuid.UUID(survey_id(submission.instance_id)), f"{attachment.path}/{attachment.name}")),
        "sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "media_type": media_type(content),
        "kind": attachment.kind.value, "criterion": attachment.criterion, "category": attachment.category,
        "caption": attachment.caption, **place}


def media_type(content: bytes) -> str:
    """By what a file begins with."""
    return next((kind for start, kind in MAGIC if content.startswith(start)), "application/octet-stream")


def sides_of(attachment: Attachment) -> Iterator[Side]:
    """The side whose signature a picture is."""
    return (side for side in SIGNATURES if attachment.path == f"signatures.{side.value}")
