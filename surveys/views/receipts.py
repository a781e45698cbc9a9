"""Receipts: what was handed in, for the team on its tablet and for the store that scanned the code."""

from flask import g, redirect, render_template, url_for
from flask_login import current_user

from accounts.permissions import Permission, public, requires
from foundation.limits import limited
from foundation.text import clean
from foundation.web import VERIFY_LIMIT
from surveys.forms.receipt import public_receipt_of, receipt_of
from surveys.queries import find_receipt, get_survey
from surveys.views.blueprint import bp


@bp.get("/surveys/<survey_id>/receipt")
@requires(Permission.SEE_SURVEYS)
def show_receipt(survey_id: str):
    """What was handed in, what it scored, what happens next."""
    survey = get_survey(survey_id, to=current_user)
    if survey.delivered_at is None:
        return redirect(url_for("surveys.edit_survey", survey_id=survey.id), 303)
    return render_template("surveys/show_receipt.html", **receipt_of(survey))


@bp.get("/R/<number>")
@bp.get("/r/<number>")
@public
@limited(VERIFY_LIMIT)
def check_receipt(number: str):
    """What the store keeps: that a survey of it was received, when and how much; nothing of what it says."""
    g.stateless = True
    survey = find_receipt(number)
    facts = public_receipt_of(survey) if survey else {"survey": None, "number": clean(number)[:40]}
    return render_template("surveys/check_receipt.html", **facts), 200 if survey else 404
