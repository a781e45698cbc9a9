"""Surveys as they are read: the list, the record, the evidence."""

from typing import Any

from flask import Response, make_response, render_template, request, url_for
from flask_login import current_user

from accounts.permissions import Permission, requires
from accounts.queries import list_people_with
from foundation import clock, storage
from foundation.i18n import label
from foundation.images import thumbnail
from foundation.web import asked_number
from retail.queries import get_establishment
from surveys.forms.filter import read_filter
from surveys.models import Evidence
from surveys.queries import (
    arrived_of,
    document_of,
    find_correction,
    find_moved,
    find_rivalry,
    get_evidence,
    get_survey,
    list_missing,
    list_page,
    score_of,
)
from surveys.record import lay_out
from surveys.rules.bags import Verdict
from surveys.rules.strokes import path_of
from surveys.rules.words import MaterialClass, Side, SurveyState
from surveys.views.blueprint import bp
from territory.queries import list_territories

FOREVER = "private, max-age=31536000, immutable"


@bp.get("/surveys")
@requires(Permission.SEE_SURVEYS)
def list_surveys():
    """Every survey this person may see: filters, pages."""
    wanted = read_filter(request.args)
    page = list_page(current_user, wanted, asked_number("page") or 1)
    asked: dict[str, Any] = {key: value for key, value in request.args.items() if value and key != "page"}
    one = get_establishment(wanted.establishment_id, to=current_user) if wanted.establishment_id else None
    return render_template(
        "surveys/list_surveys.html", page=page, arrived=arrived_of(page.rows), wanted=wanted, asked=asked, one=one,
        states=SurveyState,
        people=list_people_with(Permission.SURVEY), territories=list_territories(clock.today()),
        turn=lambda number: url_for("surveys.list_surveys", **asked, page=number))


@bp.get("/surveys/<uuid:survey_id>")
@requires(Permission.SEE_SURVEYS)
def show_survey(survey_id):
    """The record as it is read and printed."""
    survey = get_survey(str(survey_id), to=current_user)
    return render_template(
        "surveys/show_survey.html", **lay_out(survey),
        bags=list(zip(document_of(survey)["bags"], score_of(survey)["bags"], strict=True)),
        verdicts={v.value: label(v) for v in Verdict}, classes=MaterialClass, sides=Side, path_of=path_of,
        gaps=list_missing(survey) if survey.delivered_at is None else [], correction=find_correction(survey),
        rivalry=find_rivalry(survey.visit), moved=find_moved(survey) if survey.moved_at else None,
        is_member=current_user.id in {member.user_id for member in survey.visit.members})


@bp.get("/evidence/<uuid:evidence_id>")
@requires(Permission.SEE_SURVEYS)
def show_evidence(evidence_id):
    """The stored file, or its thumbnail (`?size=thumb`). What a name holds never changes, so a browser may keep it."""
    evidence = get_evidence(str(evidence_id), to=current_user)
    is_photo, is_small = evidence.width is not None, request.args.get("size") == "thumb"
    content = storage.get(evidence.sha256)
    answer = make_response(thumbnail(content) if is_photo and is_small else content)
    answer.mimetype = evidence.media_type
    return guarded(answer, evidence, is_photo)


def guarded(answer: Response, evidence: Evidence, is_photo: bool) -> Response:
    """Shown as a picture or taken away as a file, and never run as anything."""
    name = f"{evidence.id}.{'jpg' if is_photo else 'pdf'}"
    answer.headers["Content-Disposition"] = f"{'inline' if is_photo else 'attachment'}; filename={name}"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = FOREVER
    return answer
