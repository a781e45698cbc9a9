"""Evidence of a survey: added and struck out while it is a draft; what is stored never changes."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from accounts.models import User
from foundation import storage
from foundation.audit import record
from foundation.db import db
from foundation.errors import Invalid, RuleBroken
from foundation.images import Photo, read_photo
from foundation.text import clean
from surveys.actions.survey import check_open, check_uuid, lock
from surveys.models import Criterion, Evidence, PackagingCategory, Survey
from surveys.rules.bounds import MOST_BYTES, MOST_FILES
from surveys.rules.words import EvidenceKind

PDF = "application/pdf"
JPEG = "image/jpeg"


@dataclass(frozen=True)
class Place:
    """Where and when something was recorded, as the device measured it."""

    taken_at: datetime | None
    lat: Decimal | None
    lon: Decimal | None
    accuracy_m: Decimal | None


def add_evidence(survey: Survey, *, evidence_id: str, criterion_code: str | None = None,
                 category_code: str | None = None, kind: EvidenceKind, content: bytes, caption: str = "",
                 taken_at: datetime | None = None, lat: Decimal | None = None, lon: Decimal | None = None,
                 accuracy_m: Decimal | None = None, by: User, at: datetime) -> Evidence:
    """Attach a photo, or a PDF where `kind` is a document, to a criterion, a packaging category or the whole sheet.

    Time and place as measured by the device; where it gave none, those in the photo. The same id with the same
    content is the same row, also when it was struck out since. Raises Invalid (file, criterion, category, caption,
    lat, accuracy), RuleBroken (other content under this id; submitted), Forbidden outside the team.
    """
    check_uuid(evidence_id, "id")
    received = hashlib.sha256(content).hexdigest()
    lock(survey, by)
    known = find_added(survey, evidence_id, received)
    if known:
        return known
    check_open(survey)
    check_room(survey, content)
    evidence = Evidence(
        id=evidence_id, survey_id=survey.id, criterion=find_criterion(survey, criterion_code),
        category=find_category(survey, category_code), kind=kind, caption=read_caption(caption),
        received_sha256=received, received_at=at, received_from_id=by.id,
    )
    keep(evidence, content, read_place(taken_at, lat, lon, accuracy_m))
    try:
        with db.session.begin_nested():
            db.session.add(evidence)
    except IntegrityError:  # the same request, sent twice at once
        known = find_added(survey, evidence_id, received)
        if known is None:
            raise
        return known
    db.session.expire(survey, ["evidence"])
    record("add_evidence", evidence, by=by, at=at, survey=survey.id, sha256=evidence.sha256, criterion=criterion_code,
           category=category_code)
    return evidence


def find_added(survey: Survey, evidence_id: str, received: str) -> Evidence | None:
    """The row of that id when it is this survey's and holds this content."""
    known = db.session.get(Evidence, evidence_id)
    if known and (known.survey_id != survey.id or known.received_sha256 != received):
        raise RuleBroken(_("Another file was sent under this name already. Add the file again."))
    return known


def check_room(survey: Survey, content: bytes) -> None:
    """Bounds on one file and on their number."""
    if not content:
        raise wrong_file(_("The file is empty. Take the photo again."))
    if len(content) > MOST_BYTES:
        raise wrong_file(_("The file is too large: at most %(most)s MB.", most=MOST_BYTES // 1024**2))
    if len(survey.evidence) >= MOST_FILES:
        raise RuleBroken(_("A survey holds at most %(most)s files.", most=MOST_FILES))


def wrong_file(words: str) -> Invalid:
    """What is wrong with the file itself."""
    return Invalid(words, {"file": words})


def find_criterion(survey: Survey, code: str | None) -> Criterion | None:
    """A criterion of the survey's set."""
    if not code:
        return None
    for group in survey.criteria_set.groups:
        for criterion in group.criteria:
            if criterion.code == code:
                return criterion
    raise Invalid(_("The criteria set has no criterion %(code)s.", code=code[:10]),
                  {"criterion": _("The criteria set has no criterion %(code)s.", code=code[:10])})


def find_category(survey: Survey, code: str | None) -> PackagingCategory | None:
    """A category of the survey's packaging sheet."""
    if not code:
        return None
    for category in survey.criteria_set.categories:
        if category.code == code:
            return category
    raise Invalid(_("The packaging sheet has no such category."),
                  {"category": _("The packaging sheet has no such category.")})


def read_caption(caption: str) -> str:
    """One tidy line."""
    tidied = clean(caption)
    if len(tidied) > 200:
        words = _("At most %(most)s characters, please; these are %(count)s.", most=200, count=len(tidied))
        raise Invalid(words, {"caption": words})
    return tidied


def read_place(taken_at: datetime | None, lat: Decimal | None, lon: Decimal | None,
               accuracy_m: Decimal | None) -> Place:
    """A measured position lies on the globe and is whole."""
    if (lat is None) != (lon is None) or (lat is not None and lon is not None and (abs(lat) > 90 or abs(lon) > 180)):
        raise Invalid(_("This position is not on the globe."), {"lat": _("This position is not on the globe.")})
    return Place(taken_at, lat, lon, accuracy_m)


def keep(evidence: Evidence, content: bytes, measured: Place) -> None:
    """Store the file and note what it is; what the device measured goes before what the photo says."""
    photo = None
    if content.startswith(b"%PDF-"):
        check_pdf(evidence.kind, content)
        stored, evidence.media_type = content, PDF
    else:
        photo = decode(content, evidence.kind)
        stored, evidence.media_type = photo.content, JPEG
        evidence.width, evidence.height = photo.width, photo.height
    evidence.sha256, evidence.size = storage.put(stored), len(stored)
    place = photo if photo and measured.lat is None else measured
    evidence.taken_at = measured.taken_at or (photo.taken_at if photo else None)
    evidence.lat, evidence.lon, evidence.accuracy_m = place.lat, place.lon, place.accuracy_m


def decode(content: bytes, kind: EvidenceKind) -> Photo:
    """The photo in a file."""
    try:
        return read_photo(content)
    except Invalid as wrong:
        words = str(wrong)
        if kind == EvidenceKind.DOCUMENT:
            words += " " + _("A document may also be a PDF.")
        raise wrong_file(words) from wrong


def check_pdf(kind: EvidenceKind, content: bytes) -> None:
    """Only where a document is asked for, and whole."""
    if kind != EvidenceKind.DOCUMENT:
        raise wrong_file(_("This is a PDF, not a photo. Attach it as a document."))
    if b"%%EOF" not in content[-2048:]:
        raise wrong_file(_("This PDF is cut short. Send the whole file."))


def caption_evidence(evidence: Evidence, caption: str, *, by: User, at: datetime) -> Evidence:
    """Say what a file of a draft shows. The same words again write nothing."""
    lock(evidence.survey, by)
    words, before = read_caption(caption), evidence.caption
    if words != before:
        check_open(evidence.survey)
        evidence.caption = words
        record("caption_evidence", evidence, by=by, at=at, survey=evidence.survey_id, before={"caption": before},
               after={"caption": words})
    return evidence


def remove_evidence(evidence: Evidence, *, by: User, at: datetime) -> Evidence:
    """Strike a file out of a draft; it is kept, and no longer counts. Again is harmless."""
    lock(evidence.survey, by)
    if evidence.removed_at is None:
        check_open(evidence.survey)
        evidence.removed_at = at
        record("remove_evidence", evidence, by=by, at=at, survey=evidence.survey_id)
    return evidence
