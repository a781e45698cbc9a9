"""The survey form on the tablet: one page of everything, saved by script as it is typed and by its own form without.

The page's script keeps everything on the tablet, which sends it to `sync.put_survey` and `sync.put_evidence`.
What arrives here is the whole form.
"""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission, requires
from foundation import clock
from foundation.db import db
from foundation.errors import AppError, Invalid
from foundation.release import app_version
from foundation.text import clean
from foundation.web import asked_number
from surveys.actions import Stale, add_evidence, save_survey, start_survey, submit_survey
from surveys.actions.checking import check_member
from surveys.forms.document import document_from_form, typed_from_document
from surveys.forms.given import given_of
from surveys.forms.page import page_of
from surveys.models import Survey
from surveys.queries import document_of, find_moved, form_data, get_survey, get_visit, score_of
from surveys.queries.blank import blank_survey, find_open_survey
from surveys.rules.manifest import Manifest
from surveys.rules.words import EvidenceKind
from surveys.views.blueprint import bp

NOBODY = "00000000-0000-0000-0000-000000000000"  # stands in an address until the page knows the evidence's id


@bp.route("/surveys/<survey_id>/edit", methods=["GET", "POST"])
@requires(Permission.SURVEY)
def edit_survey(survey_id: str):
    """The form, and what it sends without JavaScript; a submitted survey shows its receipt."""
    survey = get_survey(survey_id, to=current_user)
    check_member(current_user.id in {member.user_id for member in survey.visit.members})
    if survey.delivered_at:
        return redirect(url_for("surveys.show_receipt", survey_id=survey.id), 303)
    if survey.moved_at and request.method == "GET":
        return redirect(url_for("surveys.edit_survey", survey_id=find_moved(survey).id), 303)
    if request.method == "GET":
        return show_form(survey, typed_of(survey), add=request.args.get("add", ""),
                         bags=asked_number("bags") or 0)
    answer = take_form(survey)
    db.session.commit()
    return answer


@bp.route("/visits/<int:visit_id>/form", methods=["GET", "POST"])
@requires(Permission.SURVEY)
def open_form(visit_id: int):
    """The form of a visit for this person: their open survey, else an empty one, which is written when it is sent.

    A tablet keeps this page and begins the survey by itself. Who has handed in already is shown the visit instead.
    """
    visit = get_visit(visit_id, to=current_user)
    check_member(current_user.id in {member.user_id for member in visit.members})
    survey = find_open_survey(visit, current_user)
    if request.method == "GET":
        if survey is None and any(one.author_id == current_user.id for one in visit.surveys):
            return redirect(url_for("surveys.show_visit", visit_id=visit.id), 303)
        survey = survey or blank_survey(visit, current_user, clock.now())
        return show_form(survey, typed_of(survey))
    answer = take_form(survey or start_survey(visit, request.form.get("id", ""), by=current_user, at=clock.now()))
    db.session.commit()
    return answer


def typed_of(survey: Survey) -> dict[str, str]:
    """What the inputs show of what stands."""
    return typed_from_document({**document_of(survey), "revision": survey.revision})


def show_form(survey: Survey, values: dict[str, str], errors: dict[str, str] | None = None, *, status: int = 200,
              **page: Any):
    """The page with what is in it."""
    is_stale = page.pop("stale", False)
    context = page_of(survey, score_of(survey), values, today=clock.today(), **page)
    return render_template(
        "surveys/edit_survey.html", errors=errors or {}, stale=is_stale, nobody=NOBODY,
        app=app_version(), new_id="" if survey.id else str(uuid.uuid4()), given=given_of(survey),
        rules=form_data(survey),
        saved_at=clock.local(survey.updated_at).strftime("%H:%M"), **context), status


def take_form(survey: Survey):
    """Save everything that can be saved, then do what the pressed button asks; what is wrong is shown as typed."""
    values, before = without_dropped(request.form.to_dict()), survey.revision
    errors = attach_files(survey)
    if values.get("revision") == str(before):  # the files that came along changed it, nobody else did
        values["revision"] = str(survey.revision)
    try:
        with db.session.begin_nested():
            save_survey(survey, document_from_form(values), manifest=manifest_from(survey), by=current_user,
                        at=clock.now())
    except Stale as stale:
        return show_form(survey, values | {"revision": str(stale.current)}, errors, status=409, stale=True)
    except Invalid as wrong:
        errors |= wrong.fields
    if errors:
        return show_form(survey, values, errors, status=422)
    if request.form.get("do") == "submit":
        return submit(survey)
    flash(_("Saved."))
    return redirect(url_for("surveys.edit_survey", survey_id=survey.id, **next_place()), 303)


def submit(survey: Survey):
    """Submit, or say what is still missing."""
    try:
        with db.session.begin_nested():
            submit_survey(survey, by=current_user, at=clock.now())
    except AppError as error:
        values = typed_of(survey)
        flash(str(error), "error")
        return show_form(survey, values, status=error.status)
    return redirect(url_for("surveys.show_receipt", survey_id=survey.id), 303)


def attach_files(survey: Survey) -> dict[str, str]:
    """Keep each file of the form; errors by the name of its input, evidence.A1.photo."""
    errors = {}
    codes = {category.code for category in survey.criteria_set.categories}
    for name, file in request.files.items(multi=True):
        _evidence, _dot, rest = name.partition("evidence.")
        owner, _dot, kind = rest.rpartition(".")
        if not file.filename or kind not in set(EvidenceKind):
            continue
        try:
            add_evidence(survey, evidence_id=str(uuid.uuid4()), kind=EvidenceKind(kind), content=file.read(),
                         criterion_code=None if owner in codes else owner,
                         category_code=owner if owner in codes else None, by=current_user, at=clock.now())
        except AppError as error:
            errors[name] = f"{file.filename}: {error}"
    return errors


def manifest_from(survey: Survey) -> Manifest:
    """The files with their captions as typed, without the one a button takes away."""
    return [{**item, "caption": clean(request.form.get(f"captions.{item['id']}", item["caption"]))[:200]}
            for item in survey.manifest if item["id"] != request.form.get("remove")]


def without_dropped(values: dict[str, str]) -> dict[str, str]:
    """The typed values but those of a line or a bag sample that a button takes away."""
    gone = tuple(prefix for prefix in (
        f"lines.{values['drop']}." if values.get("drop") else "",
        f"bags.{values['drop-bag']}." if values.get("drop-bag") else "") if prefix)
    return {name: text for name, text in values.items() if not (gone and name.startswith(gone))}


def next_place() -> dict[str, Any]:
    """Where the page opens again, without JavaScript: at the new line or sample, or at the one taken away."""
    if line := request.form.get("add"):
        return {"_anchor": line.partition(".")[0], "add": line}
    if line := request.form.get("drop"):
        return {"_anchor": line.partition(".")[0]}
    if "add-bag" in request.form:
        return {"_anchor": "bags", "bags": request.form.get("add-bag", 0, int) + 1}
    return {"_anchor": "bags" if "drop-bag" in request.form else None}
