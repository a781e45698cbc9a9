"""Applications: the list, taking one in, its way from application to certificate, the decision."""

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission, requires
from certification import actions, queries
from certification.forms import ApplicationForm, DecisionForm, member_of, number_of
from certification.labels import MARKS
from certification.models import Application
from certification.queries import ApplicationFilter
from certification.rules import ApplicationState, Outcome
from certification.views.blueprint import bp
from certification.views.timeline import steps
from foundation import clock
from foundation.db import db
from foundation.errors import Invalid, RuleBroken
from foundation.i18n import pick
from foundation.text import clean
from foundation.web import asked_number
from retail.models import Establishment
from retail.queries import get_establishment
from retail.queries.register import Filter, list_page
from surveys.queries import find_current_set

FEW = 20  # establishments offered to choose from


@bp.get("/applications")
@requires(Permission.SEE_CERTIFICATION)
def list_applications():
    """What stores asked for, and what each application waits for."""
    now = clock.now()
    wanted = read_filter()
    page = queries.list_applications(current_user, wanted, now, asked_number("page") or 1)
    asked: dict[str, Any] = {key: value for key, value in request.args.items() if value and key != "page"}
    return render_template(
        "certification/list_applications.html", page=page, wanted=wanted, asked=asked, marks=MARKS,
        counts=queries.count_applications(current_user, wanted, now), State=ApplicationState,
        address=lambda **changes: url_for(".list_applications", **{**asked, **changes}),
        turn=lambda number: url_for(".list_applications", **asked, page=number))


def read_filter() -> ApplicationFilter:
    """The filters of the address; what is not understood is left out."""
    return ApplicationFilter(
        text=clean(request.args.get("q"))[:200], state=member_of(ApplicationState, request.args.get("state")),
        establishment_id=number_of(request.args.get("establishment")))


@bp.get("/applications/new")
@requires(Permission.TAKE_APPLICATIONS)
def add_application():
    """The form for the establishment named in the address; without one, a search for it."""
    establishment_id = number_of(request.args.get("establishment"))
    if establishment_id is None:
        return choose_establishment()
    return application_page(establishment_of(establishment_id), ApplicationForm(received_on=clock.today()))


@bp.post("/applications/new")
@requires(Permission.TAKE_APPLICATIONS)
def take_application():
    """Take the application in."""
    establishment = establishment_of(number_of(request.args.get("establishment")) or 0)
    form = ApplicationForm()
    form.offer(levels_to_ask())
    if not form.validate_on_submit():
        return application_page(establishment, form, 422)
    facts = {name: form[name].data for name in ("received_on", "requested_level", "scope_vi", "scope_en", "note")}
    try:
        made = actions.take_application(establishment, **facts, is_demo=establishment.is_demo, by=current_user,
                                        at=clock.now())
    except (Invalid, RuleBroken) as error:
        form.refuse(error)
        return application_page(establishment_of(number_of(request.args.get("establishment")) or 0), form, error.status)
    db.session.commit()
    flash(_("Application %(number)s is taken in.", number=made.number))
    return redirect(url_for(".show_application", application_id=made.id))


def choose_establishment():
    """Establishments that match what is typed, each leading to the form."""
    text = clean(request.args.get("q"))[:200]
    found = list_page(current_user, Filter(text=text), clock.today(), 1).rows[:FEW] if text else []
    return render_template("certification/choose_establishment.html", text=text, found=found)


def establishment_of(establishment_id: int) -> Establishment:
    """The establishment that applies."""
    return get_establishment(establishment_id, to=current_user, permission=Permission.TAKE_APPLICATIONS)


def application_page(establishment: Establishment, form: ApplicationForm, status: int = 200):
    """The form for one establishment; what its open application is, if it has one."""
    form.offer(levels_to_ask())
    return render_template("certification/add_application.html", form=form, one=establishment, today=clock.today(),
                           waiting=queries.find_open_application(establishment.id)), status


def levels_to_ask() -> list[tuple[int, str]]:
    """The levels of the criteria set now in use."""
    criteria = find_current_set()
    return [(level.rank, level_name(level)) for level in criteria.levels] if criteria else []


def level_name(level) -> str:
    """Level 2: Good."""
    return _("Level %(rank)s: %(name)s", rank=level.rank, name=pick(level, "name"))


@bp.get("/applications/<int:application_id>")
@requires(Permission.SEE_CERTIFICATION)
def show_application(application_id: int):
    """The way of one application, what it rests on, and the decision to be made."""
    return decision_page(queries.get_application(application_id, to=current_user), DecisionForm())


def decision_page(application: Application, form: DecisionForm, status: int = 200):
    """The application's page with this form for the decision."""
    stage = queries.find_evaluation(application, clock.now())
    form.offer(reached(stage.survey))
    if not form.is_submitted() and stage.survey:
        form.level_rank.data = stage.survey.level_rank
    deciding = current_user.may(Permission.DECIDE) and stage.state == ApplicationState.DECISION
    choosing = current_user.may(Permission.TAKE_APPLICATIONS) and stage.state != ApplicationState.DECIDED
    conflict = queries.find_conflict(current_user, application.establishment_id,
                                     stage.survey.id if stage.survey else None) if deciding else None
    return render_template(
        "certification/show_application.html", one=application, stage=stage, form=form, today=clock.today(),
        steps=steps(application, stage, queries.list_visits_for(application)), marks=MARKS, State=ApplicationState,
        deciding=deciding, conflict=conflict,
        to_choose=queries.list_evaluations(application, clock.now()) if choosing else []), status


def reached(survey) -> list[tuple[int, str]]:
    """The levels a survey allows, the highest first; none when a must is not met."""
    musts = (survey.score or {}).get("musts", {}) if survey else {}
    if not survey or survey.level_rank is None or musts.get("met") != musts.get("total"):
        return []
    return [(level.rank, level_name(level)) for level in reversed(survey.criteria_set.levels)
            if level.rank <= survey.level_rank]


@bp.post("/applications/<int:application_id>/decision")
@requires(Permission.DECIDE)
def decide_application(application_id: int):
    """Grant or refuse."""
    application = queries.get_application(application_id, to=current_user, permission=Permission.DECIDE)
    form = DecisionForm()
    form.offer(reached(queries.find_evaluation(application, clock.now()).survey))
    if not form.validate_on_submit():
        return decision_page(application, form, 422)
    try:
        decision = actions.decide(application, outcome=Outcome(form.outcome.data), level_rank=form.level_rank.data,
                                  reasons=form.reasons.data or "", by=current_user, at=clock.now(),
                                  valid_from=form.valid_from.data, host=current_app.config["PPX_HOST"])
    except (Invalid, RuleBroken) as error:
        form.refuse(error)
        return decision_page(queries.get_application(application_id, to=current_user), form, error.status)
    db.session.commit()
    flash(_("Decision %(number)s is made.", number=decision.number))
    return redirect(url_for(".show_application", application_id=application_id))


@bp.post("/applications/<int:application_id>/survey")
@requires(Permission.TAKE_APPLICATIONS)
def choose_survey(application_id: int):
    """Name the survey the decision will rest on."""
    application = queries.get_application(application_id, to=current_user, permission=Permission.TAKE_APPLICATIONS)
    offered = queries.list_evaluations(application, clock.now())
    survey = next((one for one in offered if one.id == request.form.get("survey")), None)
    if survey is None:
        abort(404)
    actions.attach_survey(application, survey, by=current_user, at=clock.now())
    db.session.commit()
    flash(_("The decision will rest on this survey."))
    return redirect(url_for(".show_application", application_id=application_id))
