"""The technical review of a submitted survey, by somebody who took no part in it (DOMAIN 4, row 13)."""

from datetime import datetime

from flask_babel import gettext as _

from accounts.models import User
from foundation.audit import record
from foundation.db import db
from foundation.errors import Invalid, RuleBroken
from foundation.forms import tidy
from surveys.models import Review, Survey
from surveys.queries.surveys import involved_ids
from surveys.rules.words import ReviewOutcome, SurveyState


def review_survey(survey: Survey, *, outcome: ReviewOutcome, reasons: str, na_confirmed: bool = False,
                  by: User, at: datetime) -> Review:
    """Approve or return a survey that waits for it.

    Raises RuleBroken when it does not wait, or `by` surveyed or advised the store; Invalid (reasons, na_confirmed)
    when a return has no reasons, or an approval leaves a group over 30 % not applicable unconfirmed.
    """
    db.session.refresh(survey, ["submitted_at"], with_for_update=True)  # two reviewers come one after the other
    db.session.expire(survey, ["reviews"])
    if survey.state != SurveyState.SUBMITTED:
        raise RuleBroken(_("This survey does not wait for a review."))
    if by.id in involved_ids(survey.establishment_id):
        raise RuleBroken(_("You surveyed or advised this store, so somebody else must review it."))
    words = tidy(reasons) or ""
    check_review(survey, outcome, words, na_confirmed)
    review = Review(survey=survey, outcome=outcome, reasons=words, na_confirmed=na_confirmed, reviewer=by,
                    reviewed_at=at)
    db.session.add(review)
    record("review_survey", review, by=by, at=at, survey=survey.id, outcome=outcome.value)
    return review


def check_review(survey: Survey, outcome: ReviewOutcome, reasons: str, na_confirmed: bool) -> None:
    """What each outcome needs."""
    wrong = {}
    if outcome == ReviewOutcome.RETURNED and not reasons:
        wrong["reasons"] = _("Say what the team has to correct.")
    if len(reasons) > 4000:
        wrong["reasons"] = _("At most %(most)s characters, please; these are %(count)s.", most=4000,
                             count=len(reasons))
    if outcome == ReviewOutcome.APPROVED and groups_to_confirm(survey) and not na_confirmed:
        wrong["na_confirmed"] = _("In %(groups)s more than 30 %% of the points do not apply: confirm that this is "
                                  "right, or return the survey.", groups=", ".join(groups_to_confirm(survey)))
    if wrong:
        raise Invalid(_("The review needs more."), wrong)


def groups_to_confirm(survey: Survey) -> list[str]:
    """Codes of the groups of which more than 30 %% of the points do not apply."""
    return [group["code"] for group in (survey.score or {}).get("groups", []) if group["na_needs_confirmation"]]
