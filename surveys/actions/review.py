"""The technical review of a submitted survey, by somebody who took no part in it (DOMAIN 4, row 13).

Of several surveys of one visit at most one is approved: approving it sets the others aside in the same step.
"""

from datetime import datetime

from flask_babel import gettext as _

from accounts.models import User
from foundation.audit import record
from foundation.db import db
from foundation.errors import Invalid, RuleBroken
from foundation.forms import tidy
from surveys.models import Review, Survey
from surveys.queries.comparing import list_rivals
from surveys.queries.surveys import involved_ids
from surveys.rules.words import ReviewOutcome, SurveyState


def review_survey(survey: Survey, *, outcome: ReviewOutcome, reasons: str, na_confirmed: bool = False,
                  by: User, at: datetime) -> Review:
    """Approve or return a survey that waits for it, or set it aside for another of its visit that is approved.

    Approving sets aside every other survey of the visit that waits. Raises RuleBroken when it does not wait, `by`
    surveyed or advised the store, or another of the visit is approved (only then it is set aside); Invalid (reasons,
    na_confirmed) when reasons are needed (a return, anything set aside), or an approval leaves a group over 30 % not
    applicable unconfirmed.
    """
    wait_for_turn(survey)
    if survey.state != SurveyState.SUBMITTED:
        raise RuleBroken(_("This survey does not wait for a review."))
    if by.id in involved_ids(survey.establishment_id):
        raise RuleBroken(_("You surveyed or advised this store, so somebody else must review it."))
    rivals = list_rivals(survey)
    check_rivals(outcome, rivals)
    words = tidy(reasons) or ""
    gives_way = rivals if outcome == ReviewOutcome.APPROVED else []
    check_review(survey, outcome, words, na_confirmed, bool(gives_way))
    for other in gives_way:
        write_review(other, ReviewOutcome.SET_ASIDE, words, by=by, at=at, chosen=survey.id)
    return write_review(survey, outcome, words, na_confirmed=na_confirmed, by=by, at=at)


def wait_for_turn(survey: Survey) -> None:
    """Two reviewers of one visit come one after the other."""
    db.session.refresh(survey.visit, ["planned_on"], with_for_update=True)
    db.session.refresh(survey, ["submitted_at"], with_for_update=True)
    db.session.expire(survey.visit, ["surveys"])
    for one in survey.visit.surveys:
        db.session.expire(one, ["reviews"])


def check_rivals(outcome: ReviewOutcome, rivals: list[Survey]) -> None:
    """One survey of a visit is approved; only then another is set aside by itself."""
    is_taken = any(one.state == SurveyState.APPROVED for one in rivals)
    if is_taken and outcome == ReviewOutcome.APPROVED:
        raise RuleBroken(_("Another survey of this visit is approved already. Set this one aside or return it."))
    if not is_taken and outcome == ReviewOutcome.SET_ASIDE:
        raise RuleBroken(_("Approve the survey that stands: it sets the others of the visit aside."))


def write_review(survey: Survey, outcome: ReviewOutcome, reasons: str, *, na_confirmed: bool = False, by: User,
                 at: datetime, **detail: str) -> Review:
    """The review as a row, and in the audit trail."""
    review = Review(survey=survey, outcome=outcome, reasons=reasons, na_confirmed=na_confirmed, reviewer=by,
                    reviewed_at=at)
    db.session.add(review)
    record("review_survey", review, by=by, at=at, survey=survey.id, outcome=outcome.value, **detail)
    return review


def check_review(survey: Survey, outcome: ReviewOutcome, reasons: str, na_confirmed: bool, sets_aside: bool) -> None:
    """What each outcome needs."""
    wrong = {}
    if outcome == ReviewOutcome.RETURNED and not reasons:
        wrong["reasons"] = _("Say what the team has to correct.")
    elif (outcome == ReviewOutcome.SET_ASIDE or sets_aside) and not reasons:
        wrong["reasons"] = _("Say why this survey stands and the other is set aside.")
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
