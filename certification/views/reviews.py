"""The technical review: what waits, and one survey with all its evidence (DOMAIN 4, row 13)."""

from datetime import datetime
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from accounts.permissions import Permission, requires
from certification import queries
from certification.forms import ReviewForm
from certification.views.blueprint import bp
from foundation import clock
from foundation.db import db
from foundation.errors import Invalid, RuleBroken
from foundation.web import asked_number
from surveys.actions import review_survey
from surveys.models import Survey
from surveys.queries import find_rivalry, list_rivals
from surveys.record import lay_out
from surveys.rules.words import ReviewOutcome, SurveyState

DONE = {
    ReviewOutcome.APPROVED: _l("Approved. It can be decided on now."),
    ReviewOutcome.RETURNED: _l("Returned. The team can correct it."),
    ReviewOutcome.SET_ASIDE: _l("Set aside. The other survey of the visit stands."),
}


@bp.get("/reviews")
@requires(Permission.REVIEW)
def list_reviews():
    """Submitted surveys that wait, the longest waiting first; those one may not review say why."""
    page = queries.list_waiting_reviews(current_user, asked_number("page") or 1)
    return render_template("certification/list_reviews.html", page=page, conflicts=queries.conflicts_of(current_user),
                           days_since=days_since, turn=lambda number: url_for(".list_reviews", page=number))


def days_since(instant: datetime) -> int:
    """Whole calendar days from an instant to today."""
    return (clock.today() - clock.local(instant).date()).days


@bp.get("/reviews/<uuid:survey_id>")
@requires(Permission.REVIEW)
def show_review(survey_id: UUID):
    """Everything a reviewer needs to see of one survey."""
    return review_page(queries.get_survey_to_review(str(survey_id), to=current_user), ReviewForm())


def review_page(survey: Survey, form: ReviewForm, status: int = 200):
    """The survey's page with this form."""
    rivals = list_rivals(survey)
    return render_template(
        "certification/show_review.html", form=form, waits=survey.state == SurveyState.SUBMITTED,
        rivalry=find_rivalry(survey.visit), rivals=rivals,
        taken=any(one.state == SurveyState.APPROVED for one in rivals),
        conflict=queries.find_conflict(current_user, survey.establishment_id),
        application=queries.find_open_application(survey.establishment_id), **lay_out(survey)), status


@bp.post("/reviews/<uuid:survey_id>")
@requires(Permission.REVIEW)
def add_review(survey_id: UUID):
    """Approve it or return it."""
    survey = queries.get_survey_to_review(str(survey_id), to=current_user)
    form = ReviewForm()
    if not form.validate_on_submit():
        return review_page(survey, form, 422)
    try:
        review = review_survey(survey, outcome=ReviewOutcome(form.outcome.data), reasons=form.reasons.data or "",
                               na_confirmed=form.na_confirmed.data, by=current_user, at=clock.now())
    except (Invalid, RuleBroken) as error:
        form.refuse(error)
        return review_page(queries.get_survey_to_review(str(survey_id), to=current_user), form, error.status)
    db.session.commit()
    flash(str(DONE[review.outcome]))
    return redirect(url_for(".list_reviews"))
