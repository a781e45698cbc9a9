"""A submission as the survey document and the list of files that a tablet sends. Pure.

Values stay as they were typed where they are no plain number or day: the door that takes documents says so in words.
"""

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from foundation.forms import parse_day, parse_number
from surveys.odk import words as w
from surveys.odk.names import ANSWERED_BY, NOT_APPLICABLE, READINGS
from surveys.odk.submissions import Submission, Values
from surveys.rules.content import CriterionContent, SetContent
from surveys.rules.document import AMOUNTS, SIDES_OF_TALLY, Document
from surveys.rules.words import AnswerType, EvidenceKind, Side

FLAGS = {"yes": True, "no": False}
WHOLE = ("receipts", "floor_area_m2")
SIGNATURES = {Side.TEAM: w.TEAM_SIGNATURE, Side.STORE: w.STORE_SIGNATURE}


@dataclass(frozen=True)
class Attachment:
    """A file of a submission: the name it was sent under, and what it is about."""

    path: str  # of its field: it makes its name in the survey
    name: str
    kind: EvidenceKind
    criterion: str | None = None
    category: str | None = None
    caption: str = ""


def survey_id(instance_id: str) -> str:
    """The survey's own name: the UUID in the instance ID; of another kind of name, one that always follows from it."""
    text = instance_id.strip().removeprefix("uuid:").lower()
    try:
        return str(uuid.UUID(text)) if len(text) == 36 else str(uuid.uuid5(uuid.NAMESPACE_URL, instance_id))
    except ValueError:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, instance_id))


def figure(text: str | None) -> str | None:
    """A number as plain text: ODK writes 1250.5 and 1.2E7, Excel in Vietnamese 1250,5."""
    text = (text or "").strip()
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        whole, _, fraction = text.partition(".")
        return f"{whole}.{fraction.rstrip('0')}" if fraction.strip("0") else whole
    if "," in text and (number := parse_number(text)) is not None:
        return format(number, "f")
    return text or None


def whole(text: str | None) -> Any:
    """A whole number; anything else as it stands."""
    read = figure(text)
    return int(read) if read and re.fullmatch(r"-?[0-9]{1,18}", read) else read


def day(text: str | None) -> str | None:
    """A day in ISO 8601: of 2026-07-01, 2026-07-01T00:00:00.000+07:00 or 01/07/2026."""
    text = (text or "").strip()
    found = parse_day(re.sub(r"^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ].*", r"\1", text))
    return found.isoformat() if found else text or None


def flag(text: str | None) -> Any:
    """Yes, no, nothing said; anything else as it stands."""
    return FLAGS.get(text or "", text or None)


def document_from(submission: Submission, content: SetContent, drawn: Mapping[Side, list]) -> Document:
    """The document; `drawn` has the strokes of the signatures that could be read."""
    values = submission.values
    tally = {side: whole(values.get(f"tally_{side}")) for side in SIDES_OF_TALLY}
    document: Document = {
        "observed_at": values.get("start"), "period_from": day(values.get("period_from")),
        "period_to": day(values.get("period_to")), "count_method": values.get("count_method"),
        "counted_by": values.get("counted_by", ""), **{name: whole(values.get(name)) for name in WHOLE},
        "tally": tally if any(side is not None for side in tally.values()) else None,
        "remarks": values.get("remarks", ""), "store_remarks": values.get("store_remarks", ""),
        "answers": {criterion.code: said for criterion in content.criteria if (said := answer_from(criterion, values))},
        "lines": [line_from(line) for line in submission.repeats.get("lines", ()) if is_begun(line, "category")],
        "bags": [bag_from(bag) for bag in submission.repeats.get("bags", ()) if is_begun(bag, *BAG)],
        "signatures": {side.value: signed for side in Side if (signed := signature_from(side, values, drawn))},
    }
    return document


def signature_from(side: Side, values: Values, drawn: Mapping[Side, list]) -> Document | None:
    """How a side signed, or why the store did not."""
    refused = values.get(f"{side.value}_refused")
    said = {"strokes": drawn[side]} if side in drawn else {"refused": refused} if refused else None
    return said and {"title": values.get(f"{side.value}_title", ""), **said,
                     "signed_at": values.get("end") or values.get("start")}


def answer_from(criterion: CriterionContent, values: Values) -> Document:
    """What was said to one criterion; nothing of what its type does not ask."""
    code, said = criterion.code, {}
    chosen = values.get(f"{ANSWERED_BY.get(criterion.type, '')}_{code}")
    is_na = chosen == NOT_APPLICABLE or NOT_APPLICABLE in values.get(f"na_{code}", "").split()
    if is_na:
        said = {"na": True, "na_reason": values.get(f"na_reason_{code}")}
    elif criterion.type == AnswerType.BOOL:
        said = {"yes": flag(chosen)}
    elif criterion.type in (AnswerType.SCALE4, AnswerType.COUNT):
        said = {ANSWERED_BY[criterion.type]: whole(chosen)}
    elif criterion.type == AnswerType.PERCENT:
        said = {"numerator": figure(values.get(f"part_{code}")), "denominator": figure(values.get(f"whole_{code}"))}
    said["note"] = values.get(f"note_{code}")
    return {key: value for key, value in said.items() if value is not None}


def is_begun(values: Values, *names: str) -> bool:
    """Whether anything of a repeat was filled in: Enketo leaves an empty one behind."""
    return any(values.get(name) for name in names)


def line_from(values: Values) -> Document:
    """A line of the packaging sheet."""
    return {
        "category": values.get("category"), "class": values.get("class"),
        **{name: figure(values.get(name)) or "0" for name in AMOUNTS}, "proof_number": values.get("proof_number", ""),
        "proof_holder": values.get("proof_holder", ""), "proof_expires_on": day(values.get("proof_expires_on")),
        "has_statement": flag(values.get("has_statement")) or False, "note": values.get("line_note", "")}


BAG = ("bag_label", "width_cm", "height_cm", *READINGS, "hard_to_degrade", "prepack")


def bag_from(values: Values) -> Document:
    """A measured bag."""
    return {"label": values.get("bag_label", ""), "width_cm": figure(values.get("width_cm")),
            "height_cm": figure(values.get("height_cm")),
            "readings_um": [figure(values.get(name)) for name in READINGS],
            "hard_to_degrade": flag(values.get("hard_to_degrade")), "prepack": flag(values.get("prepack"))}


def attachments_of(submission: Submission, content: SetContent) -> Iterator[Attachment]:
    """Every file a submission names, in the order of the form."""
    values = submission.values
    for criterion in content.criteria:
        for field, kind in (("photo", EvidenceKind.PHOTO), ("file", EvidenceKind.DOCUMENT),
                            ("paper", EvidenceKind.DOCUMENT)):
            if name := values.get(f"{field}_{criterion.code}"):
                yield Attachment(f"{field}_{criterion.code}", name, kind, criterion=criterion.code)
    for number, line in enumerate(submission.repeats.get("lines", ())):
        if name := line.get("line_photo"):
            yield Attachment(f"lines.{number}", name, EvidenceKind.PHOTO, category=line.get("category"))
    for number, piece in enumerate(submission.repeats.get("evidence", ())):
        yield from further(number, piece)
    for side, caption in SIGNATURES.items():
        if name := values.get(f"{side.value}_signature"):
            yield Attachment(f"signatures.{side.value}", name, EvidenceKind.PHOTO, caption=caption.vi)


def further(number: int, values: Values) -> Iterator[Attachment]:
    """The files of one further piece of evidence."""
    what, _, code = values.get("evidence_about", "").partition("_")
    about = {what: code} if what in ("criterion", "category") else {}
    is_document = values.get("evidence_kind") == EvidenceKind.DOCUMENT
    for field in ("evidence_file", "evidence_photo"):
        if name := values.get(field):
            kind = EvidenceKind.DOCUMENT if is_document or field == "evidence_file" else EvidenceKind.PHOTO
            yield Attachment(f"evidence.{number}.{field}", name, kind, caption=values.get("evidence_caption", ""),
                             criterion=about.get("criterion"), category=about.get("category"))


def place_of(submission: Submission) -> dict[str, str | None]:
    """Where it was filled in: "21.32 105.4 30 12.5" is latitude, longitude, altitude, accuracy in metres."""
    parts = [figure(part) for part in submission.values.get("place", "").split()]
    lat, lon, _altitude, accuracy = [*parts, None, None, None, None][:4]
    return {"lat": lat, "lon": lon, "accuracy": accuracy} if lat and lon else {}
