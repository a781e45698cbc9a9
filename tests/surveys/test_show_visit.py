"""One visit: start, continue, correct, call off."""

import re
import uuid

import pytest

from accounts.permissions import Role
from surveys.actions import review_survey, submit_survey
from surveys.models import Survey
from surveys.rules.words import ReviewOutcome
from tests.conftest import AT

pytestmark = pytest.mark.usefixtures("frozen")


def test_starting_opens_the_form(client, visit, inspector, session):
    page = client.sign_in(inspector).get(f"/visits/{visit.id}").text
    name = re.search(r'name="id" value="([0-9a-f-]{36})"', page)[1]
    answer = client.post(f"/visits/{visit.id}/surveys", data={"id": name})
    assert answer.status_code == 302 and answer.location == f"/surveys/{name}/edit"
    again = client.post(f"/visits/{visit.id}/surveys", data={"id": name})
    assert again.location == answer.location and session.query(Survey).count() == 1


def test_a_draft_is_continued(client, survey, inspector):
    page = client.sign_in(inspector).get(f"/visits/{survey.visit_id}").text
    assert f"/surveys/{survey.id}/edit" in page and "Làm tiếp" in page and "Bắt đầu khảo sát" not in page


def test_others_read_and_do_not_start(client, visit, person):
    page = client.sign_in(person(Role.REVIEWER)).get(f"/visits/{visit.id}").text
    assert "Bắt đầu khảo sát" not in page and "Chỉ người trong đoàn" in page


def test_outside_the_team_starting_is_refused(client, visit, person):
    client.sign_in(person(Role.INSPECTOR))
    assert client.post(f"/visits/{visit.id}/surveys", data={"id": str(uuid.uuid4())}).status_code == 403


def test_a_bad_name_is_422(client, visit, inspector):
    assert client.sign_in(inspector).post(f"/visits/{visit.id}/surveys", data={"id": "1"}).status_code == 422


def test_a_returned_survey_is_corrected(client, ready, inspector, person, session):
    submit_survey(ready, by=inspector, at=AT)
    review_survey(ready, outcome=ReviewOutcome.RETURNED, reasons="Chụp lại ảnh.", by=person(Role.REVIEWER), at=AT)
    session.commit()
    page = client.sign_in(inspector).get(f"/visits/{ready.visit_id}").text
    assert "Chụp lại ảnh." in page and f'name="replaces" value="{ready.id}"' in page
    name = str(uuid.uuid4())
    client.post(f"/visits/{ready.visit_id}/surveys", data={"id": name, "replaces": ready.id})
    assert session.get(Survey, name).replaces_id == ready.id
    assert 'name="replaces"' not in client.get(f"/visits/{ready.visit_id}").text


def test_calling_off(client, visit, lead, session):
    client.sign_in(lead)
    assert "Huỷ chuyến khảo sát" in client.get(f"/visits/{visit.id}").text
    assert client.post(f"/visits/{visit.id}/cancellation").status_code == 302
    page = client.get(f"/visits/{visit.id}").text
    assert "Chuyến này đã huỷ" in page and "Bắt đầu khảo sát" not in page


def test_a_visit_with_a_survey_is_not_called_off(client, survey, lead):
    answer = client.sign_in(lead).post(f"/visits/{survey.visit_id}/cancellation")
    assert answer.status_code == 409 and "không huỷ được" in answer.text


def test_who_may_call_off(client, visit, inspector):
    assert client.sign_in(inspector).post(f"/visits/{visit.id}/cancellation").status_code == 403


def test_unknown_or_elsewhere_is_404(client, visit, person, unit):
    client.sign_in(person(Role.INSPECTOR, territory=unit("Xã Ở Kia", code="08002")))
    assert client.get(f"/visits/{visit.id}").status_code == 404
    assert client.get("/visits/999999").status_code == 404
