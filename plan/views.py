"""Pages of plan."""

from datetime import date
from decimal import Decimal

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission, requires
from foundation import clock
from foundation.db import db
from foundation.errors import NotFound
from foundation.forms import parse_day
from foundation.web import asked_number
from plan import actions, labels, queries
from plan.forms import ActivityForm, TargetForm, ThresholdForm
from retail.forms.establishment import establishment_text
from retail.queries import get_establishment

bp = Blueprint("plan", __name__)
blueprints = [bp]
__all__ = ["blueprints", "labels"]
EDIT = Permission.EDIT_PLAN


@bp.get("/plan")
@requires(Permission.SEE_PROGRESS)
def show_plan():
    """What the plan promises and from which share an establishment counts."""
    return render_template("plan/show_plan.html", targets=queries.list_targets(), today=clock.today(),
                           thresholds=queries.list_thresholds(), here="plan.show_plan")


@bp.route("/plan/targets/edit", methods=["GET", "POST"])
@requires(EDIT)
def edit_target():
    """Set the coverage of a day; `?due=2026-12-31` opens that day's."""
    due = parse_day(request.args.get("due", ""))
    form = TargetForm(obj=next((target for target in queries.list_targets() if target.due == due), None))
    if form.validate_on_submit():
        actions.set_target(filled(form.due.data), value=number(form.value.data), is_promise=form.is_promise.data,
                           legal_basis=form.legal_basis.data or "", by=current_user, at=clock.now())
        db.session.commit()
        flash(_("The target is saved."), "ok")
        return redirect(url_for("plan.show_plan"))
    return answer("plan/edit_target.html", form, due=due)


@bp.post("/plan/targets/<int:target_id>/remove")
@requires(EDIT)
def remove_target(target_id: int):
    """Take a target away that the plan does not promise."""
    target = next((each for each in queries.list_targets() if each.id == target_id), None)
    if target is None:
        raise NotFound(_("There is no such target."))
    actions.remove_target(target, by=current_user, at=clock.now())
    db.session.commit()
    flash(_("The target is taken away."), "ok")
    return redirect(url_for("plan.show_plan"))


@bp.route("/plan/thresholds/edit", methods=["GET", "POST"])
@requires(EDIT)
def edit_threshold():
    """Set the share of a year; `?year=2026` opens that year's."""
    year = asked_number("year")
    form = ThresholdForm(obj=next((each for each in queries.list_thresholds() if each.year == year), None))
    if form.validate_on_submit():
        with form.refusing():
            actions.set_threshold(int(number(form.year.data)), share=number(form.share.data),
                                  legal_basis=form.legal_basis.data or "", reason=form.reason.data or "",
                                  by=current_user, at=clock.now())
            db.session.commit()
            flash(_("The threshold is saved."), "ok")
            return redirect(url_for("plan.show_plan"))
    return answer("plan/edit_threshold.html", form, year=year, this_year=clock.today().year)


@bp.get("/activities")
@requires(Permission.SEE_REGISTER)
def list_activities():
    """What was done at establishments in sight, of one of them when the address names it."""
    chosen = asked_number("establishment")
    one = get_establishment(chosen, to=current_user) if chosen else None
    page, pages, rows, total = queries.list_activities(current_user, one, asked_number("page") or 1)
    return render_template("plan/list_activities.html", rows=rows, one=one, page=page, pages=pages, total=total,
                           here="plan.show_plan", turn=lambda number: url_for(
                               "plan.list_activities", establishment=chosen, page=number))


@bp.route("/activities/new", methods=["GET", "POST"])
@requires(EDIT)
def add_activity():
    """Record guidance; who gave it does not review or decide there."""
    chosen = asked_number("establishment")
    one = get_establishment(chosen, to=current_user, permission=EDIT) if chosen else None
    form = ActivityForm(data={"establishment": establishment_text(one) if one else "", "held_on": clock.today()},
                        user=current_user, today=clock.today())
    if form.validate_on_submit():
        with form.refusing():
            made = actions.add_activity(kind=form.kind.data, establishment=form.find_establishment(),
                                        held_on=filled(form.held_on.data), people=form.chosen,
                                        note=form.note.data or "", by=current_user, at=clock.now())
            db.session.commit()
            flash(_("The activity is recorded."), "ok")
            return redirect(url_for("plan.list_activities", establishment=made.establishment_id))
    return answer("plan/add_activity.html", form, one=one)


def filled(day: date | None) -> date:
    """A day the form has insisted on."""
    assert day is not None
    return day


def number(value: Decimal | None) -> Decimal:
    """A number the form has insisted on."""
    assert value is not None
    return value


def answer(template: str, form, **more):
    """The page of a form: 422 when something in it needs correcting."""
    return render_template(template, form=form, here="plan.show_plan", **more), 422 if form.errors else 200
