"""The technical review: by somebody who took no part, once, with reasons where it returns."""

import pytest
from sqlalchemy.exc import IntegrityError

from accounts.permissions import Role
from foundation.errors import Invalid, RuleBroken
from plan.actions import add_activity
from plan.rules import ActivityKind
from surveys.actions import cancel_visit, plan_visit, review_survey, save_survey, submit_survey
from surveys.models import Review
from surveys.rules.words import Nature, ReviewOutcome, SurveyState
from tests.conftest import AT


@pytest.fixture
def reviewer(person):
    return person(Role.REVIEWER, name="Lê Thị Thẩm Xét")


@pytest.fixture
def submitted(session, ready, inspector):
    submit_survey(ready, by=inspector, at=AT)
    session.commit()
    return ready


def review(survey, by, outcome=ReviewOutcome.APPROVED, reasons="", **more):
    return review_survey(survey, outcome=outcome, reasons=reasons, by=by, at=AT, **more)


def test_approved(submitted, reviewer):
    assert review(submitted, reviewer).reviewer is reviewer
    assert submitted.state == SurveyState.APPROVED


def test_a_return_needs_reasons(submitted, reviewer):
    with pytest.raises(Invalid) as refused:
        review(submitted, reviewer, ReviewOutcome.RETURNED, "  ")
    assert list(refused.value.fields) == ["reasons"]
    review(submitted, reviewer, ReviewOutcome.RETURNED, "Thiếu ảnh.")
    assert submitted.state == SurveyState.RETURNED


def test_once(submitted, reviewer, person):
    review(submitted, reviewer)
    with pytest.raises(RuleBroken):
        review(submitted, person(Role.REVIEWER))


def test_a_draft_does_not_wait(survey, reviewer):
    with pytest.raises(RuleBroken):
        review(survey, reviewer)


def test_not_by_the_team(submitted, inspector, lead):
    for one in (inspector, lead):
        with pytest.raises(RuleBroken):
            review(submitted, one)


def test_not_by_who_advised(submitted, reviewer, session):
    add_activity(kind=ActivityKind.GUIDANCE, establishment=submitted.establishment, held_on=AT.date(),
                 people=[reviewer], by=None, at=AT)
    with pytest.raises(RuleBroken):
        review(submitted, reviewer)


def test_not_by_who_is_sent_on_another_visit_unless_it_was_called_off(submitted, person, lead, session):
    both = person(Role.REVIEWER, Role.INSPECTOR)
    other = plan_visit(establishment=submitted.establishment, nature=Nature.SURVEILLANCE, planned_on=AT.date(),
                       team=[both], lead=both, by=lead, at=AT)
    with pytest.raises(RuleBroken):
        review(submitted, both)
    cancel_visit(other, by=lead, at=AT)
    assert review(submitted, both)


def test_the_database_says_the_same(submitted, inspector, session):
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(Review(survey_id=submitted.id, outcome=ReviewOutcome.APPROVED, reasons="", reviewer_id=inspector.id,
                           reviewed_at=AT))


def test_much_that_does_not_apply_is_confirmed(ready, inspector, reviewer):
    save_survey(ready, {"answers": {"A6": {"na": True, "na_reason": "Hộ kinh doanh, không có nhân viên"}}},
                by=inspector, at=AT)
    submit_survey(ready, by=inspector, at=AT)
    with pytest.raises(Invalid) as refused:
        review(ready, reviewer)
    assert list(refused.value.fields) == ["na_confirmed"] and "30 %" in refused.value.fields["na_confirmed"]
    assert review(ready, reviewer, na_confirmed=True).na_confirmed
