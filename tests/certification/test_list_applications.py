"""The list of applications: states, search, scope, and one number of statements."""

from datetime import timedelta

import pytest

from accounts.permissions import Role
from certification.actions import decide, take_application
from certification.rules import Outcome
from foundation import clock
from tests.certification.conftest import HOST


@pytest.fixture
def four(session, establishment, ready, surveyed, people):
    """One in each state; named by it."""
    now = clock.now()
    waiting = establishment("Chờ khảo sát xong")
    take_application(waiting, received_on=clock.today(), by=people[Role.CLERK], at=now)
    reviewed = establishment("Chờ người xem")
    take_application(reviewed, received_on=clock.today(), by=people[Role.CLERK], at=now)
    surveyed(reviewed, at=now - timedelta(days=1))
    ready(establishment("Chờ lãnh đạo"), at=now)
    decided = ready(establishment("Xong cả rồi"), at=now)
    decide(decided, outcome=Outcome.REFUSED, level_rank=None, reasons="Chưa đủ", by=people[Role.DECIDER], at=now,
           host=HOST)
    session.commit()


NAMES = {"survey": "Chờ khảo sát xong", "review": "Chờ người xem", "decision": "Chờ lãnh đạo",
         "decided": "Xong cả rồi"}


@pytest.mark.parametrize("state", NAMES)
def test_by_state(client, people, four, state):
    page = client.sign_in(people[Role.DECIDER]).get(f"/applications?state={state}").get_data(as_text=True)
    assert {name for name in NAMES.values() if name in page} == {NAMES[state]}
    assert "Tất cả <b>4</b>" in page


def test_search_folds_and_finds_numbers(client, people, four):
    client.sign_in(people[Role.DECIDER])
    assert "Chờ lãnh đạo" in client.get("/applications?q=cho lanh dao").get_data(as_text=True)
    page = client.get(f"/applications?q=2/{clock.today().year}").get_data(as_text=True)
    assert "Chờ người xem" in page and "Chờ lãnh đạo" not in page


def test_nothing_found_says_what_to_do(client, people, four):
    page = client.sign_in(people[Role.DECIDER]).get("/applications?q=khong+co").get_data(as_text=True)
    assert "Không có hồ sơ phù hợp" in page


def test_what_is_not_understood_is_left_out(client, people, four):
    query = "state=xx&page=-7&establishment=99999999999999999999"
    assert client.sign_in(people[Role.DECIDER]).get(f"/applications?{query}").status_code == 200


def test_empty(client, people):
    assert "Chưa có hồ sơ nào" in client.sign_in(people[Role.CLERK]).get("/applications").get_data(as_text=True)


def test_only_within_the_territory(client, person, four, unit):
    stranger = person(Role.DECIDER, territory=unit("Xã Khác", code="07999"))
    assert "Chờ lãnh đạo" not in client.sign_in(stranger).get("/applications").get_data(as_text=True)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.STORE])
def test_staff_only(client, person, role):
    assert client.sign_in(person(role)).get("/applications").status_code == 403


def test_the_same_statements_however_many(client, people, four, ready, session, count_statements):
    client.sign_in(people[Role.DECIDER])
    session.expire_all()
    with count_statements() as few:
        client.get("/applications")
    for _number in range(4):
        ready(at=clock.now())
    session.expire_all()
    with count_statements() as many:
        client.get("/applications")
    assert len(many) == len(few) <= 8


def test_pages(client, people, establishment, session, monkeypatch):
    monkeypatch.setattr("certification.queries.paging.PAGE", 2)
    for number in range(5):
        take_application(establishment(f"Cửa hàng số {number}"), received_on=clock.today(), by=None, at=clock.now())
    session.commit()
    client.sign_in(people[Role.CLERK])
    last = client.get("/applications?page=3&q=cua").get_data(as_text=True)
    assert "Cửa hàng số 0" in last and "Cửa hàng số 1" not in last and 'rel="prev"' in last
    assert "Cửa hàng số 0" in client.get("/applications?page=99").get_data(as_text=True)
