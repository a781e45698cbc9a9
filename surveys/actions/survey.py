"""A survey as pages and imports handle it: started, saved as often as wanted, submitted once.

They go the same way as what tablets send (`arriving`); the row of the session is read again afterwards.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import update

from accounts.models import User
from foundation.audit import record_many
from foundation.db import db, take_turns
from foundation.errors import Invalid, RuleBroken
from surveys.actions.arriving import TABLE, Record, blank, keep_draft, open_survey, opening, seal
from surveys.actions.checking import Content, Writer, check_member, check_period, check_whole, read_part
from surveys.actions.evidence import check_file, receive_file, store_file
from surveys.actions.files import files_for, settle
from surveys.actions.listing import check_uuid, read_facts, read_manifest
from surveys.models import Evidence, Survey, Visit
from surveys.queries.following import first_document
from surveys.queries.standing import Held, find_ground, find_held
from surveys.rules.arriving import Base
from surveys.rules.document import merge
from surveys.rules.manifest import Manifest, renamed
from surveys.rules.words import EvidenceKind, SurveyState


class Stale(RuleBroken):
    """Somebody saved in between; `current` is the revision that stands."""

    def __init__(self, revision: int):
        super().__init__(_("This survey was changed elsewhere in the meantime. Reload it, then change it again."))
        self.current = revision


def start_survey(visit: Visit, survey_id: str, *, replaces: Survey | None = None, by: User, at: datetime) -> Survey:
    """Open a survey under the tablet's own name for it; the same name again by the same person is the same survey.

    `replaces` is a returned survey of the visit: its content is taken over, not its signatures.
    Raises Invalid (id), Forbidden for people outside the team, RuleBroken when the name is taken, the visit was
    called off, or `replaces` is not a returned survey of this visit that still waits for its correction.
    """
    check_uuid(survey_id, "id")
    db.session.flush()
    take_turns(survey_id)
    known = db.session.get(Survey, survey_id)
    if known is None:
        ground = find_ground(visit.id, by.id)
        assert ground
        check_member(ground.is_member)
        check_start(visit, replaces)
        held = blank(survey_id, ground, at)
        open_survey(held, opening(ground, None, at), replaces_id=replaces.id if replaces else None, by=by, at=at,
                    document=first_document(visit), manifest=[])
        if replaces:
            copy_content(replaces, held, by.id, at)
        record_many([("start_survey", "Survey", survey_id, {
            "visit": visit.id, "replaces": replaces.id if replaces else None})], by=by, at=at)
        db.session.expire(visit, ["surveys"])
        known = db.session.get(Survey, survey_id)
        assert known
    if known.visit_id != visit.id or known.author_id != by.id:
        raise RuleBroken(_("Another survey has this name already. Open the visit again and start anew."))
    return known


def check_start(visit: Visit, replaces: Survey | None) -> None:
    """On which visit a survey may be started, in place of which one."""
    if visit.cancelled_at:
        raise RuleBroken(_("This visit was called off. Plan a new one."))
    if replaces is None:
        return
    if replaces.visit_id != visit.id or replaces.state != SurveyState.RETURNED:
        raise RuleBroken(_("Only a returned survey of the same visit is corrected by a new one."))
    if any(survey.replaces_id == replaces.id for survey in visit.surveys):
        raise RuleBroken(_("This survey is being corrected already. Open the visit to find the correction."))


def copy_content(old: Survey, new: Held, by: int, at: datetime) -> None:
    """What a returned survey said and showed becomes the content of its correction; both sides sign anew.

    A copied file keeps its bytes (same sha256); its new name follows from both.
    """
    content = Content({**old.document, "signatures": {}}, renamed(old.manifest, new.id))
    files = files_for(new.visit_id, [content.manifest])
    settle(new.id, [], content.manifest, files, new.plain, by, at)
    db.session.execute(update(TABLE).where(TABLE.c.id == new.id).values(
        document=content.document, manifest=content.manifest))


def save_survey(survey: Survey, document: Mapping[str, Any], *, manifest: Manifest | None = None, by: Writer,
                at: datetime) -> Survey:
    """Lay a document, or part of one (see surveys.rules.document), over a draft; `manifest` replaces the list of files.

    Nothing new: nothing is written. Unless nothing changes, `document["revision"]`, where given, must be the survey's
    own. Raises Invalid with every bad value by its path ("answers.A6.denominator"), Stale, RuleBroken once it is
    sealed, Forbidden outside the team.
    """
    held = hold(survey, by)
    part = {**document} if isinstance(document, Mapping) else document
    revision = part.pop("revision", None) if isinstance(part, dict) else None
    after = merge(held.document, read_part(part, held.plain, held.kind, held.document, at=at))
    check_period(after)
    content = Content(after, check_manifest(manifest, held))
    if (content.document, content.manifest) == (held.document, held.manifest):
        return survey
    check_open(held)
    if revision is not None and revision != held.revision:
        raise Stale(held.revision)
    files = files_for(held.visit_id, [held.manifest, content.manifest])
    keep_draft(held, content, Base(held.revision, None), files, by=by, at=at)
    return reread(survey)


def check_manifest(manifest: Manifest | None, held: Held) -> Manifest:
    """The list of files as it is to be. Raises Invalid."""
    if manifest is None:
        return held.manifest
    items, errors = read_manifest(manifest, held.plain)
    if errors:
        raise Invalid(_("Some entries need correcting; nothing was saved."), errors)
    return items


def hold(survey: Survey, by: Writer) -> Held:
    """The survey as it stands, for one writer of the team at a time."""
    db.session.flush()
    take_turns(survey.id)
    held = find_held(survey.id, by.id)
    assert held
    check_member(held.is_member)
    return held


def check_open(held: Held) -> None:
    """What is sealed stays as it is."""
    if held.delivered_at or held.moved_at:
        raise RuleBroken(_("This survey has been submitted and can no longer be changed."))


def reread(survey: Survey) -> Survey:
    """The session's row of a survey after statements went past it."""
    for piece in survey.__dict__.get("evidence", ()):
        db.session.expire(piece)
    db.session.expire(survey)
    return survey


def submit_survey(survey: Survey, *, by: Writer, at: datetime) -> Survey:
    """Seal a survey with the record of what the server holds of it. Again is harmless.

    Raises Incomplete naming everything that is missing (see surveys.queries.list_missing), Forbidden outside the team.
    """
    held = hold(survey, by)
    if held.delivered_at:
        return survey
    check_open(held)
    content = Content(held.document, held.manifest)
    scored = check_whole(content, held.plain, held.kind, held.follows_id)
    text = json.dumps({"visit": held.visit_id, "copy": held.copy_id, "revision": held.revision,
                       "document": held.document, "evidence": held.manifest, "submit": True}, ensure_ascii=False)
    record = Record(text, hashlib.sha256(text.encode()).hexdigest())
    seal(held, None, content, record, held.copy_id, scored, by=by, at=at)
    return reread(survey)


def add_evidence(survey: Survey, *, evidence_id: str, criterion_code: str | None = None,
                 category_code: str | None = None, kind: EvidenceKind, content: bytes, caption: str = "",
                 by: Writer, at: datetime, **facts: Any) -> Evidence:
    """Attach a photo, or a PDF where `kind` is a document, to a criterion, a packaging category or the whole sheet.

    `facts`: taken_at, lat, lon, accuracy, place_reason, store_code as in a manifest. The same id with the same content
    is the same row. Raises Invalid by the names of its fields (file), RuleBroken (other content under this id; sealed),
    Forbidden outside the team.
    """
    check_uuid(evidence_id, "id")
    held = hold(survey, by)
    about = read_facts({"kind": kind, "criterion": criterion_code or "", "category": category_code or "",
                        "caption": caption, **facts}, held.plain)
    item = check_file(held, evidence_id, content, about)
    stored = store_file(content, item, is_sealed=held.delivered_at is not None)
    receive_file(survey.id, evidence_id, stored, about, by=by, at=at)
    reread(survey)
    evidence = db.session.get(Evidence, evidence_id)
    assert evidence
    return evidence
