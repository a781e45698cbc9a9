"""The form of a visit: laid out without writing anything, written when it is sent."""

import re

import pytest
from sqlalchemy import func, select

from accounts.permissions import Role
from foundation.db import db
from surveys.actions import start_survey, submit_survey
from surveys.models import Survey
from surveys.queries import document_of
from tests.conftest import AT

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def url(visit):
    return f"/visits/{visit.id}/form"


def count():
    return db.session.scalar(select(func.count(Survey.id)))


def test_an_empty_form_writes_nothing(client, inspector, url, count_statements):
    client.sign_in(inspector)
    with count_statements() as seen:
        page = client.get(url)
    assert page.status_code == 200 and count() == 0
    assert 'data-id=""' in page.text and "Tiêu chí A1" in page.text and "Siêu thị Minh Hoạ 03" in page.text
    assert len(seen) <= 20


def test_sent_it_becomes_a_survey(client, inspector, url):
    page = client.sign_in(inspector).get(url).text
    survey_id = re.search(r'name="id" value="([0-9a-f-]{36})"', page)[1]
    answer = client.post(url, data={"id": survey_id, "revision": "0", "answers.A1.yes": "true", "do": "save"})
    assert answer.location == f"/surveys/{survey_id}/edit"
    assert document_of(db.session.get(Survey, survey_id))["answers"] == {"A1": {"yes": True}}
    again = client.post(url, data={"id": survey_id, "revision": "0", "answers.A1.yes": "true", "do": "save"})
    assert again.location == answer.location and count() == 1


def test_wrong_entries_come_back_and_go_on(client, inspector, url):
    survey_id = "123e4567-e89b-42d3-a456-426614174000"
    page = client.sign_in(inspector).post(url, data={"id": survey_id, "answers.A6.numerator": "bốn", "do": "save"})
    assert page.status_code == 422 and "“bốn” không phải là số" in page.text
    assert f'action="/surveys/{survey_id}/edit"' in page.text


def test_the_open_survey_is_shown(client, inspector, url, survey):
    assert f'data-id="{survey.id}"' in client.sign_in(inspector).get(url).text


def test_a_colleagues_survey_is_not(client, lead, url, survey):
    assert 'data-id=""' in client.sign_in(lead).get(url).text


def test_who_has_handed_in_is_shown_the_visit(client, inspector, url, ready):
    submit_survey(ready, by=inspector, at=AT)
    db.session.commit()
    assert client.sign_in(inspector).get(url).location == f"/visits/{ready.visit_id}"


def test_only_the_team(client, person, url):
    assert client.sign_in(person(Role.INSPECTOR)).get(url).status_code == 403
    assert client.sign_in(person(Role.CLERK)).get(url).status_code == 403


def test_unknown_or_called_off(client, inspector, visit):
    client.sign_in(inspector)
    assert client.get("/visits/999/form").status_code == 404
    visit.cancelled_at = AT
    db.session.commit()
    page = client.get(f"/visits/{visit.id}/form")
    assert page.status_code == 409 and "đã huỷ" in page.text.lower()


def test_blank_and_started_look_the_same(client, inspector, url, visit):
    """The same questions, whether the server has a survey or not."""
    blank = client.sign_in(inspector).get(url).text
    start_survey(visit, "123e4567-e89b-42d3-a456-426614174000", by=inspector, at=AT)
    db.session.commit()
    names = re.compile(r'name="((?:answers|lines|tally|signatures)[^"]+)"')
    assert names.findall(blank) == names.findall(client.get(url).text)
