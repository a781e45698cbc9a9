"""Planning a visit: who goes where and when; advisers are pointed out."""

from datetime import date

import pytest

from accounts.permissions import Role
from foundation.errors import Invalid, RuleBroken
from plan.actions import add_activity
from plan.rules import ActivityKind
from retail.actions import set_status
from retail.rules import Status
from surveys.actions import plan_visit
from surveys.models import Visit
from surveys.rules.words import Nature
from tests.conftest import AT

pytestmark = pytest.mark.usefixtures("frozen", "criteria_set")


@pytest.fixture
def store(establishment):
    return establishment("Siêu thị Tổng hợp và Bách hoá Minh Hoạ 07")


def typed(store, head, *team, **more):
    return {"establishment": f"{store.number} · {store.name}", "nature": "planned", "planned_on": "30/11/2026",
            "team": [one.id for one in (head, *team)], "lead": head.id, "plan_number": "12/KH-SCT", **more}


def test_it_is_planned(client, store, lead, inspector, session):
    answer = client.sign_in(lead).post("/visits/new", data=typed(store, lead, inspector))
    visit = session.query(Visit).one()
    assert answer.status_code == 302 and answer.location == f"/visits/{visit.id}"
    assert (visit.planned_on, visit.nature, visit.plan_number) == (date(2026, 11, 30), Nature.PLANNED, "12/KH-SCT")
    assert {(member.user_id, member.is_lead) for member in visit.members} == {(lead.id, True), (inspector.id, False)}


def test_the_establishment_is_filled_in(client, store, lead):
    page = client.sign_in(lead).get(f"/visits/new?establishment={store.id}").text
    assert f"{store.number} · {store.name}" in page and 'value="24/11/2026"' in page


@pytest.mark.parametrize(("more", "words"), [
    ({"establishment": "không có"}, "Không tìm thấy cơ sở nào"),
    ({"establishment": ""}, "Hãy ghi cơ sở."),
    ({"planned_on": "23/11/2026"}, "Hãy chọn hôm nay"),
    ({"planned_on": "31/02/2027"}, "không phải là ngày"),
    ({"team": []}, "Hãy chọn ít nhất một người."),
    ({"lead": "0"}, "Hãy chọn trưởng đoàn."),
    ({"nature": "inspection"}, "Hãy chọn"),
    ({"plan_number": "x" * 41}, "40 ký tự."),
])
def test_bad_input_is_shown_beside_the_field(client, store, lead, inspector, session, more, words):
    answer = client.sign_in(lead).post("/visits/new", data=typed(store, lead, inspector, **more))
    assert answer.status_code == 422 and words in answer.text and session.query(Visit).count() == 0


def test_the_head_is_one_of_the_team(client, store, lead, inspector):
    answer = client.sign_in(lead).post("/visits/new", data=typed(store, lead, lead=inspector.id))
    assert answer.status_code == 422 and "Trưởng đoàn phải là người trong đoàn." in answer.text


def test_several_establishments_are_named(client, store, establishment, lead):
    other = establishment("Siêu thị Minh Hoạ 08")
    answer = client.sign_in(lead).post("/visits/new", data=typed(store, lead, establishment="minh hoa"))
    assert answer.status_code == 422 and store.number in answer.text and other.number in answer.text


def test_an_adviser_is_pointed_out_then_confirmed(client, store, lead, inspector, session):
    add_activity(kind=ActivityKind.GUIDANCE, establishment=store, held_on=AT.date(), people=[inspector], by=None, at=AT)
    session.commit()
    client.sign_in(lead)
    assert "đã hướng dẫn cơ sở này" in client.get(f"/visits/new?establishment={store.id}").text
    first = client.post("/visits/new", data=typed(store, lead, inspector))
    assert first.status_code == 422 and f"{inspector.name} đã hướng dẫn cơ sở này" in first.text
    assert client.post("/visits/new", data=typed(store, lead, inspector, is_sure="y")).status_code == 302


def test_not_to_a_closed_establishment(client, store, lead, session):
    set_status(store, Status.CLOSED, on=date(2026, 11, 1), reason="Ngừng kinh doanh", by=None, at=AT)
    session.commit()
    answer = client.sign_in(lead).post("/visits/new", data=typed(store, lead))
    assert answer.status_code == 422 and "đã đóng cửa vào ngày đó" in answer.text


def test_not_outside_the_territory(client, store, person, unit, session):
    local = person(Role.LEAD, territory=unit("Xã Ở Kia", code="08002"))
    answer = client.sign_in(local).post("/visits/new", data=typed(store, local))
    assert answer.status_code == 422 and session.query(Visit).count() == 0
    assert client.get(f"/visits/new?establishment={store.id}").status_code == 404


def test_who_may(client, person):
    assert client.sign_in(person(Role.INSPECTOR)).get("/visits/new").status_code == 403


def test_without_a_published_set(client, store, lead, criteria_set, session):
    criteria_set.retired_at = AT
    session.commit()
    answer = client.sign_in(lead).post("/visits/new", data=typed(store, lead))
    assert answer.status_code == 422 and "Chưa có bộ tiêu chí nào được công bố" in answer.text


def plan(store, team, lead, **more):
    return plan_visit(establishment=store, nature=Nature.PLANNED, planned_on=AT.date(), team=team, lead=lead, by=lead,
                      at=AT, **more)


def test_the_action_checks_the_team(store, lead, person, session):
    with pytest.raises(Invalid):
        plan(store, [], lead)
    with pytest.raises(Invalid):
        plan(store, [person(Role.REVIEWER)], lead)
    with pytest.raises(Invalid):
        plan(store, [person(Role.INSPECTOR)], lead)


def test_the_newest_published_set_is_pinned(store, lead, criteria_set, session):
    assert plan(store, [lead], lead).criteria_set is criteria_set
    criteria_set.retired_at = AT
    with pytest.raises(RuleBroken):
        plan(store, [lead], lead)
