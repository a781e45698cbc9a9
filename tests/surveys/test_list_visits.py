"""The agenda: the person's own visits, or all they may see, by what is to be done."""

from datetime import date, timedelta

import pytest

from accounts.permissions import Role
from surveys.actions import plan_visit, submit_survey
from surveys.rules.words import Nature
from tests.conftest import AT

pytestmark = pytest.mark.usefixtures("frozen")
TODAY = date(2026, 11, 24)


@pytest.fixture
def plan(session, criteria_set, establishment, lead):
    """Plan a visit on a day, counted from today, with these people."""

    def make(days, *team, name=None, at=None):
        made = plan_visit(establishment=establishment(name, at=at), nature=Nature.PLANNED,
                          planned_on=TODAY + timedelta(days=days), team=list(team), lead=team[0], by=lead, at=AT)
        session.commit()
        return made

    return make


def test_by_what_is_to_be_done(client, plan, inspector, ready):
    plan(-3, inspector, name="Siêu thị Quá Hạn")
    plan(2, inspector, name="Siêu thị Sắp Tới")
    page = client.sign_in(inspector).get("/visits").text
    places = [page.index(text) for text in (
        "Thứ Ba, 24/11/2026", "Hôm nay", "Siêu thị Minh Hoạ 03", "Chưa xong", "Siêu thị Quá Hạn", "Sắp tới",
        "Siêu thị Sắp Tới")]
    assert places == sorted(places)
    assert "Đang làm 4/4" in page and f"/surveys/{ready.id}/edit" in page and "Làm tiếp" in page


def test_done_comes_last_for_thirty_days(client, plan, inspector, lead, ready, session):
    submit_survey(ready, by=inspector, at=AT)
    ready.visit.planned_on = TODAY - timedelta(days=5)
    session.commit()
    page = client.sign_in(inspector).get("/visits").text
    assert "Đã làm trong 30 ngày qua" in page and "Chờ thẩm xét" in page
    ready.visit.planned_on = TODAY - timedelta(days=31)
    session.commit()
    assert "Siêu thị Minh Hoạ 03" not in client.get("/visits").text


def test_own_and_all(client, plan, inspector, lead):
    plan(0, lead, name="Siêu thị Của Trưởng Đoàn")
    client.sign_in(inspector)
    assert "Siêu thị Của Trưởng Đoàn" not in client.get("/visits").text
    assert "Siêu thị Của Trưởng Đoàn" in client.get("/visits?whose=all").text


def test_only_where_one_may_look_or_is_sent(client, plan, person, unit, lead):
    here, there = unit("Xã Ở Đây", code="08001"), unit("Xã Ở Kia", code="08002")
    local = person(Role.INSPECTOR, territory=here)
    plan(0, lead, name="Siêu thị Ở Đây", at=here)
    plan(0, lead, name="Siêu thị Ở Kia", at=there)
    plan(0, local, name="Siêu thị Được Cử", at=there)
    page = client.sign_in(local).get("/visits?whose=all").text
    assert "Siêu thị Ở Đây" in page and "Siêu thị Được Cử" in page and "Siêu thị Ở Kia" not in page


def test_empty_says_what_to_do(client, person, criteria_set):
    assert "khi trưởng đoàn lập chuyến" in client.sign_in(person(Role.INSPECTOR)).get("/visits").text.lower()


def test_empty_for_who_plans(client, person, criteria_set):
    page = client.sign_in(person(Role.CLERK)).get("/visits").text
    assert "/visits/new" in page and "Của tôi</a>" not in page.split("<main")[1]


def test_called_off_is_gone(client, plan, inspector, session):
    plan(0, inspector, name="Siêu thị Đã Huỷ").cancelled_at = AT
    session.commit()
    assert "Siêu thị Đã Huỷ" not in client.sign_in(inspector).get("/visits").text


def test_statements_do_not_grow(client, plan, inspector, count_statements, session):
    for day in range(3):
        plan(day, inspector)
    client.sign_in(inspector)
    session.expire_all()
    with count_statements() as few:
        client.get("/visits")
    for day in range(9):
        plan(day, inspector)
    session.expire_all()
    with count_statements() as many:
        client.get("/visits")
    assert len(many) == len(few) <= 14


def test_a_store_user_may_not(client, person):
    assert client.sign_in(person(Role.STORE)).get("/visits").status_code == 403


def test_what_a_tablet_prepares(client, plan, inspector, lead, ready):
    """Visits of today and overdue ones; those of the next two days on demand; none that has been handed in."""
    late, soon, far = plan(-1, inspector), plan(2, inspector), plan(3, inspector)
    page = client.sign_in(inspector).get("/visits").text
    for visit, mark in ((ready.visit, "today"), (late, "today"), (soon, "later")):
        assert f'data-form="/visits/{visit.id}/form" data-prepare="{mark}"' in page
    assert f'data-form="/visits/{far.id}/form">' in page
    assert "Chuẩn bị thêm 1 chuyến" in page and "Sẵn sàng ngoại tuyến" in page and "Hàng chờ gửi" in page
    submit_survey(ready, by=inspector, at=AT)
    assert f'data-form="/visits/{ready.visit_id}/form"' not in client.get("/visits").text
    assert "Sẵn sàng ngoại tuyến" not in client.get("/visits?whose=all").text


def test_those_who_do_not_survey_have_no_tablet(client, person, plan, lead):
    plan(0, lead)
    page = client.sign_in(person(Role.CLERK)).get("/visits").text
    assert "Hàng chờ gửi" not in page and "data-prepare" not in page
