"""One survey before its reviewer: seen whole, approved or returned."""

import uuid

import pytest
from sqlalchemy import select

from accounts.permissions import Role
from foundation.audit import AuditEntry
from surveys.models import Review
from surveys.rules.words import SurveyState


@pytest.fixture
def survey(establishment, surveyed, people):
    return surveyed(establishment("Siêu thị Minh Hoạ 11"), people[Role.LEAD])


def send(client, survey, **form):
    return client.post(f"/reviews/{survey.id}", data=form)


def test_it_shows_score_people_and_impartiality(client, survey, people):
    page = client.sign_in(people[Role.REVIEWER]).get(f"/reviews/{survey.id}").get_data(as_text=True)
    for words in ("Siêu thị Minh Hoạ 11", "81,26", "7/7", people[Role.LEAD].name, "Bạn không khảo sát",
                  "Đồng ý, mức 2"):
        assert words in page


def test_approving_needs_no_reasons(client, survey, people, session):
    answer = send(client.sign_in(people[Role.REVIEWER]), survey, outcome="approved", reasons="")
    assert answer.status_code == 302
    session.expire_all()
    assert survey.state == SurveyState.APPROVED
    assert session.scalar(select(AuditEntry).where(AuditEntry.verb == "review_survey"))


def test_returning_needs_reasons_and_keeps_what_was_chosen(client, survey, people, session):
    client.sign_in(people[Role.REVIEWER])
    answer = send(client, survey, outcome="returned", reasons=" ")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.get_data(as_text=True)
    assert send(client, survey, outcome="returned", reasons="Thiếu ảnh quầy tươi sống").status_code == 302
    session.expire_all()
    assert survey.reviews[-1].reasons == "Thiếu ảnh quầy tươi sống"


def test_without_an_outcome_nothing_happens_and_nothing_typed_is_lost(client, survey, people):
    answer = send(client.sign_in(people[Role.REVIEWER]), survey, reasons="Đã xem <kỹ>")
    assert answer.status_code == 422
    assert "Đã xem &lt;kỹ&gt;" in answer.get_data(as_text=True)


def test_too_much_not_applicable_has_to_be_confirmed(client, establishment, surveyed, people):
    survey = surveyed(establishment(), people[Role.LEAD], na=True)
    client.sign_in(people[Role.REVIEWER])
    assert "Tôi xác nhận" in client.get(f"/reviews/{survey.id}").get_data(as_text=True)
    answer = send(client, survey, outcome="approved", reasons="Giữ lời này")
    assert answer.status_code == 422 and "Giữ lời này" in answer.get_data(as_text=True)
    assert send(client, survey, outcome="approved", reasons="", na_confirmed="y").status_code == 302


def test_who_took_part_sees_why_and_cannot(client, person, establishment, surveyed, session):
    both = person(Role.LEAD, Role.REVIEWER)
    survey = surveyed(establishment(), both)
    page = client.sign_in(both).get(f"/reviews/{survey.id}").get_data(as_text=True)
    assert "Bạn đã tham gia khảo sát cơ sở này." in page and "<textarea" not in page
    assert send(client, survey, outcome="approved").status_code == 409
    assert session.scalar(select(Review)) is None


def test_a_reviewed_survey_is_not_reviewed_again(client, establishment, surveyed, people):
    survey = surveyed(establishment(), people[Role.LEAD], approved_by=people[Role.REVIEWER])
    client.sign_in(people[Role.REVIEWER])
    assert "<textarea" not in client.get(f"/reviews/{survey.id}").get_data(as_text=True)
    assert send(client, survey, outcome="approved").status_code == 409


def test_unknown_or_elsewhere_or_no_id(client, person, people, survey, unit):
    client.sign_in(people[Role.REVIEWER])
    assert client.get(f"/reviews/{uuid.uuid4()}").status_code == 404
    assert client.get("/reviews/not-an-id").status_code == 404
    client.sign_in(person(Role.REVIEWER, territory=unit("Xã Khác", code="07999")))
    assert client.get(f"/reviews/{survey.id}").status_code == 404
    assert send(client, survey, outcome="approved").status_code == 404


@pytest.mark.parametrize("role", [Role.LEAD, Role.DECIDER, Role.CLERK, Role.ADMIN])
def test_reviewers_only(client, people, survey, role):
    assert send(client.sign_in(people[role]), survey, outcome="approved").status_code == 403
