"""A draft moves to a newer criteria set: first what is kept, dropped and new, then, if wanted, the move."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission, requires
from foundation import clock
from foundation.db import db
from foundation.errors import RuleBroken
from foundation.i18n import pick
from surveys import actions
from surveys.models import CriteriaSet, Survey
from surveys.queries import content_of, document_of, find_moved, find_newer_set, get_survey, told_of
from surveys.rules.content import CategoryContent
from surveys.rules.moving import Content, Fate, left_behind, plan_move
from surveys.rules.words import SurveyState
from surveys.saying import say_answer, say_whole
from surveys.views.blueprint import bp


@bp.get("/surveys/<uuid:survey_id>/move")
@requires(Permission.SURVEY)
def move_survey(survey_id):
    """What moving would keep, drop and ask anew."""
    survey = movable(str(survey_id))
    if survey.state == SurveyState.MOVED:
        return redirect(url_for("surveys.edit_survey", survey_id=find_moved(survey).id))
    newer = find_newer_set(survey.criteria_set)
    return render_template("surveys/move_survey.html", survey=survey, newer=newer, new_id=str(uuid.uuid4()),
                           title_of=title_of, say_whole=say_whole, **(differences(survey, newer) if newer else {}))


@bp.post("/surveys/<uuid:survey_id>/move")
@requires(Permission.SURVEY)
def add_move(survey_id):
    """Move it, as it was shown."""
    survey = movable(str(survey_id))
    newer = find_newer_set(survey.criteria_set)
    shown = request.form.get("set"), request.form.get("revision")
    if newer is None or shown != (str(newer.id), str(survey.revision)):
        raise RuleBroken(_("The draft or the criteria sets changed since the differences were shown. Look again."))
    moved = actions.move_survey(survey, newer, request.form.get("id", ""), by=current_user, at=clock.now())
    db.session.commit()
    flash(_("The draft goes on with %(code)s %(version)s.", code=newer.code, version=newer.version), "ok")
    return redirect(url_for("surveys.edit_survey", survey_id=moved.id))


def movable(survey_id: str) -> Survey:
    """The draft, or one that has moved already."""
    survey = get_survey(survey_id, to=current_user)
    actions.check_movable(survey, by=current_user)
    return survey


def title_of(one: Content) -> str:
    """Its words in the reader's language."""
    return pick(one, "name" if isinstance(one, CategoryContent) else "title")


def differences(survey: Survey, newer: CriteriaSet) -> dict[str, Any]:
    """Everything the page tells, from the plan of the move."""
    plan = plan_move(content_of(survey.criteria_set), content_of(newer), survey.kind)
    document = document_of(survey)
    criteria = survey.criteria_set.criteria_by_code
    answers = document["answers"]
    by_fate = {fate: [step for step in plan.criteria if step.fate == fate] for fate in Fate}
    return {
        "kept": by_fate[Fate.KEPT] + by_fate[Fate.REWORDED], "reworded": by_fate[Fate.REWORDED],
        "changed": by_fate[Fate.CHANGED], "gone": by_fate[Fate.GONE], "new": by_fate[Fate.NEW],
        "categories": [step for step in plan.categories if step.fate != Fate.KEPT],
        "said": {code: say_answer(answer, criteria[code]) for code, answer in answers.items()},
        "notes": {code: answer["note"] for code, answer in answers.items() if answer.get("note")},
        "lines_left": left_behind(document, plan)[1],
        "files_left": sum(not plan.keeps_file(file) for file in told_of(survey).files)}
