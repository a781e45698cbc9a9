"""Visits: the agenda, planning one, going on one."""

import uuid
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission, requires
from accounts.queries import list_waiting
from foundation import clock
from foundation.db import db
from foundation.errors import AppError
from foundation.release import app_version
from foundation.web import asked_number
from plan.queries import adviser_ids
from retail.queries import get_establishment
from surveys import actions
from surveys.forms.visit import VisitForm, names_of
from surveys.queries import (
    arrived_of,
    asked_on,
    find_newer_set,
    find_open_points,
    find_rivalry,
    get_survey,
    get_visit,
    list_agenda,
    progress_of,
    team_of,
    titles_of,
    titles_of_points,
)
from surveys.queries.visits import count_asked
from surveys.rules.words import Nature, SurveyState
from surveys.views.blueprint import bp

SOON = timedelta(days=2)  # visits that a tablet can be prepared for beside those of today


@bp.get("/visits")
@requires(Permission.SEE_SURVEYS)
def list_visits():
    """What a surveyor has to do; for others, and on demand, what everybody has to do."""
    today = clock.today()
    own = current_user.may(Permission.SURVEY) and request.args.get("whose") != "all"
    agenda = list_agenda(current_user, today, own=own)
    surveys = [survey for visit in (*agenda.today, *agenda.late) for survey in visit.surveys]
    now = clock.now()
    waiting = list_waiting(team_of(current_user, today), now) if current_user.may(Permission.PLAN_VISITS) else ()
    later = [visit for visit in agenda.coming if visit.planned_on <= today + SOON]
    return render_template(
        "surveys/list_visits.html", agenda=agenda, own=own, at_work=own and current_user.may(Permission.SURVEY),
        today=today, waiting=waiting, now=now, progress=progress_of(surveys) | arrived_of(surveys), later=later,
        app=app_version(),
        asked=count_asked([*agenda.today, *agenda.late, *agenda.coming]) if own else {},
        heading=format_date(today, "EEEE, dd/MM/yyyy"))


@bp.route("/visits/new", methods=["GET", "POST"])
@requires(Permission.PLAN_VISITS)
def plan_visit():
    """Send a team to an establishment; people who advised it are pointed out first."""
    asked = asked_number("establishment")
    one = get_establishment(asked, to=current_user, permission=Permission.PLAN_VISITS) if asked else None
    asks_again = request.args.get("nature") == Nature.FOLLOW_UP
    form = VisitForm.of(one, Nature.FOLLOW_UP if asks_again else Nature.PLANNED, user=current_user, today=clock.today())
    advised = set()
    if form.validate_on_submit():
        with form.refusing(AppError):
            one = form.find_establishment()
            advised = adviser_ids(one.id) & set(form.team.data)
            if not advised or form.is_sure.data:
                return planned(form, one)
            form.is_sure.errors = [_("%(names)s advised this establishment: choose others, or confirm below.",
                                     names=names_of(form.staff, advised))]
    advisers = adviser_ids(one.id) if one else set()
    page = render_template("surveys/plan_visit.html", form=form, one=one, advised=advised, advisers=advisers,
                           points=find_open_points(one.id, clock.today()) if one else None)
    return page, 422 if form.errors else 200


def planned(form: VisitForm, establishment):
    """The visit is planned; on to its page."""
    visit = actions.plan_visit(
        establishment=establishment, nature=form.nature.data, planned_on=form.day, team=form.members,
        lead=form.head, plan_number=form.plan_number.data or "", by=current_user, at=clock.now())
    db.session.commit()
    flash(_("The visit is planned."), "ok")
    return redirect(url_for("surveys.show_visit", visit_id=visit.id))


@bp.get("/visits/<int:visit_id>")
@requires(Permission.SEE_SURVEYS)
def show_visit(visit_id: int):
    """One visit: its team, its surveys, and what to do next."""
    visit, today = get_visit(visit_id, to=current_user), clock.today()
    points = find_open_points(visit.establishment_id, today)
    mine = current_user.id in {member.user_id for member in visit.members} and current_user.may(Permission.SURVEY)
    corrected = {survey.replaces_id for survey in visit.surveys}
    return render_template(
        "surveys/show_visit.html", visit=visit, is_member=mine,
        progress=progress_of(visit.surveys) | arrived_of(visit.surveys),
        rivalry=find_rivalry(visit), asked=asked_on(visit), titles=titles_of(visit), points=points,
        newer=None if visit.follows_id else find_newer_set(visit.criteria_set),
        point_titles=titles_of_points(points) if points else {},
        to_correct=[survey for survey in visit.surveys
                    if survey.state == SurveyState.RETURNED and survey.id not in corrected],
        has_open=any(survey.state == SurveyState.DRAFT for survey in visit.surveys),
        advisers=adviser_ids(visit.establishment_id), new_id=str(uuid.uuid4()),
        address=visit.establishment.location_on(visit.planned_on))


@bp.post("/visits/<int:visit_id>/surveys")
@requires(Permission.SURVEY)
def start_survey(visit_id: int):
    """Open a new survey under the name the page gave it, or the correction of a returned one."""
    visit = get_visit(visit_id, to=current_user)
    replaces = request.form.get("replaces")
    survey = actions.start_survey(visit, request.form.get("id", ""), by=current_user, at=clock.now(),
                                  replaces=get_survey(replaces, to=current_user) if replaces else None)
    db.session.commit()
    return redirect(url_for("surveys.edit_survey", survey_id=survey.id))


@bp.post("/visits/<int:visit_id>/cancellation")
@requires(Permission.PLAN_VISITS)
def cancel_visit(visit_id: int):
    """Call a visit off."""
    visit = get_visit(visit_id, to=current_user)
    actions.cancel_visit(visit, by=current_user, at=clock.now())
    db.session.commit()
    flash(_("The visit is called off."), "ok")
    return redirect(url_for("surveys.show_visit", visit_id=visit.id))
