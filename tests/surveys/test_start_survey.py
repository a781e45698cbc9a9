"""Starting a survey: named by the tablet, once; correcting a returned one."""

import uuid

import pytest

from accounts.permissions import Role
from foundation.errors import Forbidden, Invalid, RuleBroken
from surveys.actions import cancel_visit, plan_visit, review_survey, start_survey, submit_survey
from surveys.queries import document_of
from surveys.rules.words import Nature, ReviewOutcome, SurveyState
from tests.conftest import AT


def test_start_again_is_the_same_survey(survey, visit, inspector, lead):
    assert start_survey(visit, survey.id, by=inspector, at=AT) is survey
    with pytest.raises(RuleBroken):
        start_survey(visit, survey.id, by=lead, at=AT)


@pytest.mark.parametrize("name", ["", "1", "A" * 36, "ED1CB0DF-B5FC-4731-BBC5-E9B55666574C",
                                  "e6fbe5d72beb476eb31a4e37ba03844c", None])
def test_a_survey_is_named_by_a_lower_case_uuid(visit, inspector, name):
    with pytest.raises(Invalid):
        start_survey(visit, name, by=inspector, at=AT)


def test_only_the_team_starts(visit, person):
    with pytest.raises(Forbidden):
        start_survey(visit, str(uuid.uuid4()), by=person(Role.INSPECTOR), at=AT)


def test_the_establishment_is_kept_as_it_was(survey, visit, session):
    visit.establishment.name = "Tên mới"
    session.commit()
    assert survey.establishment_name == "Siêu thị Minh Hoạ 03"
    assert survey.address == "Số 1, đường Thử, Phường Việt Trì"


@pytest.fixture
def returned(session, ready, inspector, person):
    """A survey that a reviewer sent back."""
    submit_survey(ready, by=inspector, at=AT)
    review_survey(ready, outcome=ReviewOutcome.RETURNED, reasons="Chụp lại ảnh quầy thu ngân.",
                  by=person(Role.REVIEWER), at=AT)
    session.commit()
    return ready


def test_a_returned_survey_is_corrected_by_a_new_one(returned, inspector, session):
    new_id = str(uuid.uuid4())
    new = start_survey(returned.visit, new_id, replaces=returned, by=inspector, at=AT)
    session.commit()
    old, copy = document_of(returned), document_of(new)
    assert copy == {**old, "signatures": {}} and new.replaces_id == returned.id
    assert new.state == SurveyState.DRAFT and returned.state == SurveyState.RETURNED
    assert {(p.sha256, p.category_id) for p in new.evidence} == {(p.sha256, p.category_id) for p in returned.evidence}
    assert not {p.id for p in new.evidence} & {p.id for p in returned.evidence}
    assert start_survey(returned.visit, new_id, replaces=returned, by=inspector, at=AT) is new
    with pytest.raises(RuleBroken):
        start_survey(returned.visit, str(uuid.uuid4()), replaces=returned, by=inspector, at=AT)


def test_only_a_returned_one_of_the_same_visit_is_corrected(returned, ready, survey, inspector, lead, session):
    other = plan_visit(establishment=returned.establishment, nature=Nature.PLANNED, planned_on=AT.date(),
                       team=[inspector], lead=inspector, by=lead, at=AT)
    with pytest.raises(RuleBroken):
        start_survey(other, str(uuid.uuid4()), replaces=returned, by=inspector, at=AT)
    draft = start_survey(other, str(uuid.uuid4()), by=inspector, at=AT)
    with pytest.raises(RuleBroken):
        start_survey(other, str(uuid.uuid4()), replaces=draft, by=inspector, at=AT)


def test_a_visit_called_off_takes_no_survey(visit, inspector, lead):
    cancel_visit(visit, by=lead, at=AT)
    with pytest.raises(RuleBroken):
        start_survey(visit, str(uuid.uuid4()), by=inspector, at=AT)
