"""The JSON door of the survey: what tablets send, as often as the line needs (docs/decisions/0007).

A draft is kept as it comes; a sealed record is kept for good, with a signed receipt; its files come after it, by hash,
in any order. Every answer says what still lacks and where to send it.
"""

from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission, public, requires
from foundation import clock
from foundation.audit import Actor
from foundation.db import begin_writing, db, reads_first
from foundation.errors import Forbidden, Invalid
from foundation.signing import jwks
from foundation.web import answer_json
from surveys import actions, queries
from surveys.actions import Incomplete, Outcome
from surveys.forms.sent import Sent, read_sent
from surveys.queries import Ground, Held
from surveys.rules.arriving import Verdict
from surveys.rules.manifest import Manifest, sent_as
from surveys.rules.words import SurveyState

bp = Blueprint("sync", __name__, url_prefix="/api")
blueprints = [bp]


@bp.put("/surveys/<survey_id>")
@requires(Permission.SURVEY)
@reads_first
def put_survey(survey_id: str):
    """A draft, or the sealed record of a survey. Everything is checked before anybody has to wait for its writing."""
    at, by = clock.now(), Actor(current_user.id, current_user.name)
    actions.check_uuid(survey_id, "id")
    sent = read_sent(at)
    on = find_standing(survey_id, sent)
    held, ground = (on, None) if isinstance(on, Held) else (None, on)
    if held and sent.record and (outcome := actions.find_again(held, sent.record, by=by)):
        return answer_record(survey_id, outcome)
    content = actions.read_content(sent.document, sent.evidence, on, at=at)
    scored = actions.check_whole(content, on.plain, on.kind, on.follows_id) if sent.record else None
    begin_writing()
    if sent.record:
        outcome = actions.receive_record(survey_id, content, sent.record, sent.base, ground, scored, by=by, at=at)
    else:
        outcome = actions.receive_draft(survey_id, content, sent.base, ground, by=by, at=at)
    if sent.takes_back:
        actions.take_back(sent.takes_back, outcome.held, by=by, at=at)
    db.session.commit()
    if not sent.record:
        return answer_draft(outcome)
    if outcome.held.state == SurveyState.ARRIVING:
        queries.remember(outcome.held, by.id)
    return answer_record(survey_id, outcome)


def find_standing(survey_id: str, sent: Sent) -> Held | Ground:
    """The survey as it stands, or what a new one stands on; for the team of its visit only."""
    held = queries.find_held(survey_id, current_user.id)
    if held and sent.visit_id not in (None, held.visit_id):
        raise Invalid(_("This survey belongs to another visit."), {"visit": _("Write the number of the visit.")})
    if held is None and sent.visit_id is None:
        raise Invalid(_("Say on which visit the survey is made."), {"visit": _("Write the number of the visit.")})
    found = held or queries.find_ground(sent.visit_id or 0, current_user.id)
    if found is None or not found.is_member:  # whether there is such a thing is for those to know who may see it
        _seen = queries.get_survey(survey_id, to=current_user) if held else queries.get_visit(
            sent.visit_id or 0, to=current_user)
        raise Forbidden(_("Only the team of this visit may write its surveys."))
    return found


@bp.errorhandler(Incomplete)
def refuse_incomplete(refusal: Incomplete):
    """What a record lacks, one by one."""
    db.session.rollback()
    missing = [{"path": gap.path, "code": gap.code, "title": gap.title, "words": gap.words} for gap in refusal.gaps]
    return answer_json(422, error=str(refusal), fields=refusal.fields, missing=missing)


def answer_draft(outcome: Outcome):
    """What stands after a draft came; where another stands, that one, for a person to choose."""
    held = outcome.held
    told = standing(held, outcome.lacks) | {"saved_at": clock.instant_text(held.updated_at)}
    if outcome.verdict not in (Verdict.STALE, Verdict.CLOSED):
        return answer_json(201 if outcome.verdict == Verdict.OPEN else 200, **told)
    error = (_("This survey has been submitted and can no longer be changed.") if outcome.verdict == Verdict.CLOSED else
             _("This survey was changed elsewhere in the meantime. Reload it, then change it again."))
    lacks = {item["id"] for item in outcome.lacks}
    return answer_json(409, error=error, fields={}, **told, current=held.document, evidence=[
        facts_of(item, has_file=item["id"] not in lacks) for item in held.manifest])


def answer_record(survey_id: str, outcome: Outcome):
    """The receipt, and the completion once nothing lacks; of a twin, under which name it is kept."""
    held = outcome.held
    told = standing(held, outcome.lacks) | {"id": survey_id, "receipt": held.receipt} | completion_of(held)
    if outcome.verdict == Verdict.TWIN:
        error = _("Another record of this survey is here already. Both are kept; the reviewer chooses.")
        return answer_json(409, error=error, fields={}, kept_as=held.id, **told)
    return answer_json(200 if outcome.verdict == Verdict.AGAIN else 201, **told)


def standing(held: Held, lacks: Manifest) -> dict[str, Any]:
    """What every answer says of a survey."""
    here = url_for("sync.put_survey", survey_id=held.id)
    return {"id": held.id, "revision": held.revision, "state": state_of(held.state), "lacks": [
        {"id": sent_as(item), "sha256": item["sha256"], "to": f"{here}/evidence/{item['id']}"} for item in lacks]}


def state_of(state: SurveyState) -> str:
    """The word tablets know a state by: what waits for its review is complete."""
    return "complete" if state == SurveyState.SUBMITTED else state.value


def completion_of(held: Held) -> dict[str, Any]:
    """What is known once everything is here."""
    if held.submitted_at is None:
        return {}
    return {"completion": held.completion, "score": held.score, "submitted_at": clock.instant_text(held.submitted_at)}


@bp.get("/surveys/<survey_id>")
@requires(Permission.SEE_SURVEYS)
def show_document(survey_id: str):
    """A survey as its document and its files, for opening it again."""
    survey = queries.get_survey(survey_id, to=current_user)
    here = {piece.id: piece.received_sha256 for piece in survey.evidence}
    return answer_json(
        id=survey.id, visit=survey.visit_id, document=queries.document_of(survey), revision=survey.revision,
        copy=survey.copy_id, state=state_of(survey.state),
        evidence=[facts_of(item, has_file=here.get(item["id"]) == item["sha256"]) for item in survey.manifest])


def facts_of(item: dict[str, Any], *, has_file: bool) -> dict[str, Any]:
    """One file as its manifest has it, whether it is here, and where to see it."""
    return {**item, "has_file": has_file, "url": url_for("surveys.show_evidence", evidence_id=item["id"])}


@bp.put("/surveys/<survey_id>/evidence/<evidence_id>")
@requires(Permission.SURVEY)
@reads_first
def put_evidence(survey_id: str, evidence_id: str):
    """A file: the body, or `file` of a multipart form. What it is about stands in the manifest, else in the query."""
    at, by = clock.now(), Actor(current_user.id, current_user.name)
    actions.check_uuid(evidence_id, "id")
    file = request.files.get("file") if request.mimetype == "multipart/form-data" else None
    content = file.read() if file else request.get_data()
    held = find_own(survey_id, by)
    facts = None if actions.item_of(held, evidence_id) else actions.read_facts(request.values, held.plain)
    item = actions.check_file(held, evidence_id, content, facts)
    stored = actions.store_file(content, item, is_sealed=held.delivered_at is not None)
    begin_writing()
    outcome = None
    if held.delivered_at and facts is None:
        outcome = actions.note_file(held, item, stored, by=by, at=at)
    if outcome is None:
        outcome = actions.receive_file(survey_id, evidence_id, stored, facts, held=held, by=by, at=at)
        db.session.commit()
    return answer_json(
        201 if outcome.is_new else 200, id=evidence_id, received_sha256=stored.received_sha256,
        state=state_of(outcome.held.state), revision=outcome.held.revision,
        lacks_count=len(outcome.lacks), **completion_of(outcome.held))


def find_own(survey_id: str, by: Actor) -> Held:
    """The survey; for the team of its visit only."""
    held = queries.find_lately(survey_id, by.id)
    if held is None or not held.is_member:
        _seen = queries.get_survey(survey_id, to=current_user)
        held = queries.find_lately(survey_id, by.id)  # it may have come at this very moment
    if held is None or not held.is_member:
        raise Forbidden(_("Only the team of this visit may write its surveys."))
    return held


@bp.get("/keys")
@public
def list_keys():
    """The public keys with which anybody can check a receipt (RFC 7517)."""
    return answer_json(**jwks())
