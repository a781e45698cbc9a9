"""What waits for review, and for whom."""

from datetime import timedelta

import pytest

from accounts.permissions import Role
from certification.actions import take_application
from certification.queries import find_evaluation, list_evaluations
from certification.rules import ApplicationState
from foundation import clock
from surveys.models import Review
from surveys.rules.words import ReviewOutcome
from tests.conftest import AT


def test_the_longest_waiting_comes_first(client, people, establishment, surveyed):
    now = clock.now()
    surveyed(establishment("Siêu thị Mới"), at=now - timedelta(days=2))
    surveyed(establishment("Siêu thị Cũ"), at=now - timedelta(days=20))
    surveyed(establishment("Siêu thị Đã xong"), approved_by=people[Role.REVIEWER])
    page = client.sign_in(people[Role.REVIEWER]).get("/reviews").get_data(as_text=True)
    assert page.index("Siêu thị Cũ") < page.index("Siêu thị Mới")
    assert "Siêu thị Đã xong" not in page
    assert "20 ngày" in page and "2 phiếu đang chờ" in page


def test_own_ones_say_why_somebody_else_must(client, person, establishment, surveyed):
    both = person(Role.LEAD, Role.REVIEWER)
    surveyed(establishment(), both)
    page = client.sign_in(both).get("/reviews").get_data(as_text=True)
    assert "Bạn đã tham gia khảo sát cơ sở này." in page


def test_nothing_waits(client, people):
    assert "Không có phiếu nào chờ" in client.sign_in(people[Role.REVIEWER]).get("/reviews").get_data(as_text=True)


def test_only_within_the_territory(client, person, establishment, surveyed, unit):
    here, there = unit("Phường Việt Trì"), unit("Xã Khác", code="07999")
    surveyed(establishment("Trong", at=here))
    surveyed(establishment("Ngoài", at=there))
    page = client.sign_in(person(Role.REVIEWER, territory=here)).get("/reviews").get_data(as_text=True)
    assert "Trong" in page and "Ngoài" not in page


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEAD, Role.DECIDER, Role.CLERK, Role.VIEWER])
def test_reviewers_only(client, people, role):
    assert client.sign_in(people[role]).get("/reviews").status_code == 403


def test_the_page_asks_the_same_number_of_questions_however_many_wait(client, people, establishment, surveyed,
                                                                    session, count_statements):
    client.sign_in(people[Role.REVIEWER])
    surveyed(establishment(), at=AT)
    session.expire_all()
    with count_statements() as one:
        client.get("/reviews")
    for _number in range(5):
        surveyed(establishment(), at=AT)
    session.expire_all()
    with count_statements() as many:
        client.get("/reviews")
    assert len(many) == len(one) <= 8


def test_what_is_set_aside_waits_for_nobody_and_carries_no_decision(client, session, establishment, surveyed, people):
    store = establishment()
    survey = surveyed(store, people[Role.LEAD])
    application = take_application(store, received_on=AT.date(), by=people[Role.CLERK], at=AT, scope_vi="Bán lẻ",
                                   scope_en="Retail")
    assert find_evaluation(application, AT).survey is survey
    session.add(Review(survey_id=survey.id, outcome=ReviewOutcome.SET_ASIDE, reasons="Phiếu kia đúng",
                       reviewer_id=people[Role.REVIEWER].id, reviewed_at=AT))
    session.commit()
    stage = find_evaluation(application, AT)
    assert (stage.state, stage.survey) == (ApplicationState.SURVEY, None)
    assert list_evaluations(application, AT) == []
    page = client.sign_in(people[Role.REVIEWER]).get("/reviews").get_data(as_text=True)
    assert f"/reviews/{survey.id}" not in page
