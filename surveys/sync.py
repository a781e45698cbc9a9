"""The JSON door of the survey: what a tablet sends, and what the form sends while it is filled in.

PUT a document or part of one, PUT evidence, as often as the line needs: the same thing twice changes nothing.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, jsonify, request
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission, requires
from foundation import clock
from foundation.db import db
from foundation.errors import Invalid
from surveys.actions import (
    Stale,
    add_evidence,
    caption_evidence,
    remove_evidence,
    save_survey,
    start_survey,
    submit_survey,
)
from surveys.actions.reading import read_evidence
from surveys.models import Evidence, Survey
from surveys.queries import (
    document_of,
    find_evidence,
    find_survey,
    get_evidence,
    get_survey,
    get_visit,
    list_missing,
    score_of,
)

bp = Blueprint("sync", __name__, url_prefix="/api")
blueprints = [bp]
MOST_JSON = 2 * 1024 * 1024


@bp.put("/surveys/<survey_id>")
@requires(Permission.SURVEY)
def put_survey(survey_id: str):
    """Start the survey if it is new, save what is sent, submit it if asked. What is saved stays saved either way."""
    body = read_body()
    survey = find_survey(survey_id, to=current_user)
    is_new = survey is None
    survey = survey or start(survey_id, body)
    try:
        save_survey(survey, body.get("document") or {}, by=current_user, at=clock.now())
    except Stale as stale:
        db.session.rollback()
        return jsonify(error=str(stale), fields={}, current=document_of(survey), **standing(survey)), stale.status
    refusal = submit(survey) if body.get("submit") is True else None
    answer = standing(survey)  # before the commit, which makes the session forget what it has read
    db.session.commit()
    if refusal:
        return jsonify(error=str(refusal), fields=refusal.fields, **answer), refusal.status
    return jsonify(answer), 201 if is_new else 200


@bp.get("/surveys/<survey_id>")
@requires(Permission.SEE_SURVEYS)
def show_document(survey_id: str):
    """A survey as its document, for opening it again."""
    survey = get_survey(survey_id, to=current_user)
    return jsonify(visit=survey.visit_id, document=document_of(survey), **standing(survey),
                   evidence=[facts_of(piece) for piece in survey.evidence])


@bp.put("/surveys/<survey_id>/evidence/<evidence_id>")
@requires(Permission.SURVEY)
def put_evidence(survey_id: str, evidence_id: str):
    """Attach a file: the body itself, or `file` of a multipart form; what it is about in the query or the form."""
    survey = get_survey(survey_id, to=current_user)
    is_new = find_evidence(evidence_id, to=current_user) is None
    file = request.files.get("file")
    evidence = add_evidence(survey, evidence_id=evidence_id, content=file.read() if file else request.get_data(),
                            **read_evidence(request.values), by=current_user, at=clock.now())
    db.session.commit()
    return jsonify(facts_of(evidence)), 201 if is_new else 200


@bp.patch("/surveys/<survey_id>/evidence/<evidence_id>")
@requires(Permission.SURVEY)
def describe_evidence(survey_id: str, evidence_id: str):
    """Say what a file shows."""
    evidence = get_evidence(evidence_id, to=current_user, of=survey_id)
    caption_evidence(evidence, str(read_body().get("caption") or ""), by=current_user, at=clock.now())
    db.session.commit()
    return jsonify(facts_of(evidence))


@bp.delete("/surveys/<survey_id>/evidence/<evidence_id>")
@requires(Permission.SURVEY)
def delete_evidence(survey_id: str, evidence_id: str):
    """Strike a file out of a draft; it is kept, with the time."""
    evidence = remove_evidence(get_evidence(evidence_id, to=current_user, of=survey_id), by=current_user,
                               at=clock.now())
    db.session.commit()
    return jsonify(facts_of(evidence))


def read_body() -> Mapping[str, Any]:
    """The JSON object that was sent."""
    request.max_content_length = MOST_JSON
    body = request.get_json(silent=True)
    if not isinstance(body, Mapping):
        raise Invalid(_("Send one JSON object."))
    return body


def start(survey_id: str, body: Mapping[str, Any]) -> Survey:
    """A new survey on the visit the body names."""
    visit_id = body.get("visit")
    if not isinstance(visit_id, int) or isinstance(visit_id, bool) or not 0 < visit_id < 2**31:
        raise Invalid(_("Say on which visit the survey is made."), {"visit": _("Write the number of the visit.")})
    return start_survey(get_visit(visit_id, to=current_user), survey_id, by=current_user, at=clock.now())


def submit(survey: Survey) -> Invalid | None:
    """Submit; what is missing is given back, so that the saving before it stays."""
    try:
        submit_survey(survey, by=current_user, at=clock.now())
    except Invalid as refusal:
        return refusal
    return None


def standing(survey: Survey) -> dict[str, Any]:
    """What the server holds: revision, times, score (provisional until submitted), what is missing."""
    gaps = [] if survey.submitted_at else list_missing(survey)
    return {
        "id": survey.id, "revision": survey.revision, "saved_at": survey.updated_at.isoformat(),
        "submitted_at": survey.submitted_at and survey.submitted_at.isoformat(), "score": score_of(survey),
        "missing": [{"path": gap.path, "code": gap.code, "title": gap.title, "words": gap.words} for gap in gaps],
    }


def facts_of(evidence: Evidence) -> dict[str, Any]:
    """One piece of evidence: `received_sha256` is of the bytes as sent, `sha256` of the bytes as stored."""
    figures = {name: None if value is None else str(value) for name, value in
               (("lat", evidence.lat), ("lon", evidence.lon), ("accuracy", evidence.accuracy_m))}
    return {
        "id": evidence.id, "criterion": evidence.criterion and evidence.criterion.code,
        "category": evidence.category and evidence.category.code, "kind": evidence.kind.value,
        "caption": evidence.caption, "received_sha256": evidence.received_sha256, "sha256": evidence.sha256,
        "media_type": evidence.media_type, "size": evidence.size, "width": evidence.width,
        "height": evidence.height, "taken_at": evidence.taken_at and evidence.taken_at.isoformat(), **figures,
        "removed_at": evidence.removed_at and evidence.removed_at.isoformat(),
    }
