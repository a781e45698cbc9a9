"""The way of an application, and deciding on it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.permissions import Role
from certification.actions import take_application
from certification.models import Certificate, Decision
from foundation import clock
from plan.actions import add_activity
from plan.rules import ActivityKind


@pytest.fixture
def application(ready, establishment):
    return ready(establishment("Siêu thị Minh Hoạ 11"), at=clock.now())


def send(client, application, **form):
    return client.post(f"/applications/{application.id}/decision", data=form)


def test_its_way_and_the_proposed_level(client, people, application):
    page = client.sign_in(people[Role.DECIDER]).get(f"/applications/{application.id}").get_data(as_text=True)
    for words in ("Siêu thị Minh Hoạ 11", application.number, "Tiếp nhận hồ sơ", "khảo sát", "thẩm xét: đồng ý",
                  "Đề xuất: mức 2", "81,26", "7/7", "Đủ minh chứng."):
        assert words in page
    assert re.search(r'<input checked [^>]*name="level_rank"[^>]* value="2">', page)


def test_granting_leads_to_the_certificate(client, people, application, session, app):
    answer = send(client.sign_in(people[Role.DECIDER]), application, outcome="granted", level_rank="2", reasons="")
    assert answer.status_code == 302
    made = session.scalar(select(Certificate))
    assert made.facts["url"] == f"HTTPS://{app.config['PPX_HOST'].upper()}/V/{made.code}"
    page = client.get(answer.location).get_data(as_text=True)
    assert made.number in page and f"/certificates/{made.id}" in page and made.decision.number in page
    assert "<textarea" not in page


def test_refusing_needs_reasons(client, people, application, session):
    client.sign_in(people[Role.DECIDER])
    answer = send(client, application, outcome="refused", reasons="")
    assert answer.status_code == 422 and "Hãy ghi lý do." in answer.get_data(as_text=True)
    assert send(client, application, outcome="refused", reasons="Chưa đủ điều kiện").status_code == 302
    assert "Chưa đủ điều kiện" in client.get(f"/applications/{application.id}").get_data(as_text=True)
    assert session.scalar(select(Certificate)) is None


@pytest.mark.parametrize("form", [
    {}, {"outcome": "maybe"}, {"outcome": "granted", "level_rank": "3"}, {"outcome": "granted"},
    {"outcome": "granted", "level_rank": "x"}, {"outcome": "granted", "level_rank": "1"},
    {"outcome": "refused", "reasons": "x" * 4001}])
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(client, people, application, session, form):
    answer = send(client.sign_in(people[Role.DECIDER]), application, **{"reasons": "", **form})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'role="alert"' in page
    assert form.get("reasons", "") in page
    assert session.scalar(select(Decision)) is None


def test_a_second_decision_is_refused_and_what_was_typed_kept(client, people, application):
    client.sign_in(people[Role.DECIDER])
    send(client, application, outcome="refused", reasons="Lần một")
    answer = send(client, application, outcome="refused", reasons="Lần hai")
    assert answer.status_code == 409 and "Hồ sơ này đã có quyết định." in answer.get_data(as_text=True)


def test_who_advised_sees_why_and_cannot(client, people, application, session):
    add_activity(kind=ActivityKind.GUIDANCE, establishment=application.establishment, held_on=clock.today(),
                 people=[people[Role.DECIDER]], by=None, at=clock.now())
    session.commit()
    client.sign_in(people[Role.DECIDER])
    page = client.get(f"/applications/{application.id}").get_data(as_text=True)
    assert "Bạn đã hướng dẫn cơ sở này." in page and "<textarea" not in page
    answer = send(client, application, outcome="refused", reasons="Lý do đã gõ")
    assert answer.status_code == 409
    assert session.scalar(select(Decision)) is None


def test_others_see_that_it_waits(client, people, application):
    page = client.sign_in(people[Role.CLERK]).get(f"/applications/{application.id}").get_data(as_text=True)
    assert "Hồ sơ đang chờ người quyết định." in page and "<textarea" not in page


def test_a_clerk_chooses_another_survey(client, people, application, surveyed, session):
    other = surveyed(application.establishment, at=clock.now() - timedelta(days=30))
    client.sign_in(people[Role.CLERK])
    assert "Dùng phiếu khảo sát khác" in client.get(f"/applications/{application.id}").get_data(as_text=True)
    url = f"/applications/{application.id}/survey"
    assert client.post(url, data={"survey": other.id}).status_code == 302
    session.expire_all()
    assert application.survey_id == other.id
    assert client.post(url, data={"survey": "nonsense"}).status_code == 404


def test_a_new_one_offers_to_plan_the_visit(client, people, establishment, session):
    application = take_application(establishment(), received_on=clock.today(), by=None, at=clock.now())
    session.commit()
    page = client.sign_in(people[Role.CLERK]).get(f"/applications/{application.id}").get_data(as_text=True)
    assert "Lập kế hoạch khảo sát" in page


def test_deciders_only_and_within_their_territory(client, people, person, application, unit):
    for role in (Role.LEAD, Role.REVIEWER, Role.CLERK, Role.ADMIN):
        assert send(client.sign_in(people[role]), application, outcome="refused", reasons="x").status_code == 403
    client.sign_in(person(Role.DECIDER, territory=unit("Xã Khác", code="07999")))
    assert client.get(f"/applications/{application.id}").status_code == 404
    assert send(client, application, outcome="refused", reasons="x").status_code == 404
    assert client.get("/applications/999").status_code == 404
