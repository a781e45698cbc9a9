"""Taking an application in."""

import pytest
from sqlalchemy import select

from accounts.permissions import Role
from certification.actions import take_application
from certification.models import Application
from foundation import clock
from foundation.i18n import day


@pytest.fixture
def clerk(client, people):
    client.sign_in(people[Role.CLERK])
    return people[Role.CLERK]


def fill(**changes):
    return {"received_on": day(clock.today()), "requested_level": "2", "scope_vi": "Bán lẻ  tại\tcơ sở",
            "scope_en": "Retail", "note": "", **changes}


def test_first_the_establishment_is_looked_for(client, clerk, establishment):
    store = establishment("Siêu thị Việt Trì")
    assert "Cơ sở nào nộp hồ sơ?" in client.get("/applications/new").get_data(as_text=True)
    page = client.get("/applications/new?q=viet tri").get_data(as_text=True)
    assert f'href="/applications/new?establishment={store.id}"' in page
    assert "Không có cơ sở phù hợp" in client.get("/applications/new?q=zzz").get_data(as_text=True)


def test_it_is_taken_in(client, clerk, establishment, criteria_set, session):
    store = establishment()
    assert "Mức 2: Tốt" in client.get(f"/applications/new?establishment={store.id}").get_data(as_text=True)
    answer = client.post(f"/applications/new?establishment={store.id}", data=fill())
    made = session.scalar(select(Application))
    assert answer.status_code == 302 and answer.location == f"/applications/{made.id}"
    assert (made.establishment_id, made.requested_level, made.scope_vi) == (store.id, 2, "Bán lẻ tại cơ sở")
    assert (made.created_by_id, made.received_on, made.sequence) == (clerk.id, clock.today(), 1)


@pytest.mark.parametrize(("typed", "words"), [
    ({"received_on": "hôm qua"}, "không phải là ngày"), ({"received_on": ""}, "Ghi ngày nhận hồ sơ"),
    ({"received_on": "01/01/2099"}, "Ngày này chưa tới"), ({"received_on": "01/01/2010"}, "hơn một năm"),
    ({"requested_level": "9"}, ""), ({"scope_vi": "x" * 301}, ""), ({"note": "x" * 501}, "")])
def test_what_is_wrong_is_said_beside_it_and_the_rest_kept(client, clerk, establishment, criteria_set, session, typed,
                                                           words):
    answer = client.post(f"/applications/new?establishment={establishment().id}", data=fill(**typed))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and words in page
    assert page.count('role="alert"') == 2  # the summary and the field
    assert "Retail" in page
    assert session.scalar(select(Application)) is None


def test_an_open_application_is_named(client, clerk, establishment, criteria_set, session):
    store = establishment()
    take_application(store, received_on=clock.today(), by=None, at=clock.now())
    session.commit()
    page = client.get(f"/applications/new?establishment={store.id}").get_data(as_text=True)
    assert "Mỗi lần một hồ sơ" in page and "<textarea" not in page
    assert client.post(f"/applications/new?establishment={store.id}", data=fill()).status_code == 409


def test_unknown_establishment(client, clerk, criteria_set):
    assert client.get("/applications/new?establishment=999").status_code == 404
    assert client.post("/applications/new?establishment=999", data=fill()).status_code == 404
    assert client.post("/applications/new", data=fill()).status_code == 404


@pytest.mark.parametrize("role", [Role.LEAD, Role.REVIEWER, Role.DECIDER, Role.ADMIN])
def test_clerks_only(client, people, establishment, role):
    client.sign_in(people[role])
    assert client.get("/applications/new").status_code == 403
    assert client.post(f"/applications/new?establishment={establishment().id}", data=fill()).status_code == 403
