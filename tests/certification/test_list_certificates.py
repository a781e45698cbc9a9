"""Certificates and their states on a day."""

from datetime import timedelta

import pytest

from accounts.permissions import Role
from certification.actions import add_event
from certification.rules import EventKind
from foundation import clock
from foundation.i18n import day
from surveys.queries.store_codes import codes_of


@pytest.fixture
def three(granted, establishment, people, session):
    """Valid, suspended today, and one granted ten days ago that ends today."""
    now = clock.now()
    kept, paused = granted(establishment("Còn hiệu lực"), at=now), granted(establishment("Đình chỉ rồi"), at=now)
    gone = granted(establishment("Chấm dứt rồi"), level=1, at=now - timedelta(days=10))
    for certificate, kind in ((paused, EventKind.SUSPENDED), (gone, EventKind.TERMINATED)):
        add_event(certificate, kind=kind, effective_on=clock.today(), reasons="Lý do", by=people[Role.DECIDER], at=now)
    session.commit()
    return kept, paused, gone


def test_counts_and_states(client, people, three):
    page = client.sign_in(people[Role.DECIDER]).get("/certificates").get_data(as_text=True)
    assert "Tất cả <b>3</b>" in page and "Tạm đình chỉ <b>1</b>" in page
    for certificate in three:
        assert certificate.number in page


def test_by_state_level_number_name_and_code(client, people, three):
    kept, paused, gone = three
    client.sign_in(people[Role.DECIDER])
    for query, found in (("state=suspended", paused), ("level=1", gone), (f"q={kept.code.lower()}", kept),
                         ("q=dinh chi", paused), (f"q={gone.sequence}/{gone.year}", gone), (f"q={gone.number}", gone)):
        page = client.get(f"/certificates?{query}").get_data(as_text=True)
        assert [c.number for c in three if f">{c.number}<" in page] == [found.number], query


def test_as_of_a_past_day(client, people, three):
    yesterday = day(clock.today() - timedelta(days=1))
    page = client.sign_in(people[Role.DECIDER]).get(f"/certificates?on={yesterday}").get_data(as_text=True)
    assert "Chấm dứt rồi" in page and "Còn hiệu lực" not in page
    assert "Đang có hiệu lực <b>1</b>" in page


def test_a_day_that_is_none_is_said(client, people, three):
    answer = client.sign_in(people[Role.DECIDER]).get("/certificates?on=31/02/2026")
    assert answer.status_code == 422 and "không phải là ngày" in answer.get_data(as_text=True)


def test_of_one_establishment(client, people, three):
    page = client.sign_in(people[Role.DECIDER]).get(
        f"/certificates?establishment={three[0].establishment_id}").get_data(as_text=True)
    assert three[0].number in page and three[1].number not in page


def test_what_is_not_understood_is_left_out(client, people, three):
    page = client.sign_in(people[Role.DECIDER]).get("/certificates?level=99999999999999999999&establishment=x&state=y")
    assert three[0].number in page.get_data(as_text=True)


def test_empty(client, people):
    client.sign_in(people[Role.CLERK])
    assert "Chưa có giấy chứng nhận nào" in client.get("/certificates").get_data(as_text=True)
    assert "Không có giấy chứng nhận phù hợp" in client.get("/certificates?q=zz").get_data(as_text=True)


def test_the_same_statements_however_many(client, people, three, granted, session, count_statements):
    client.sign_in(people[Role.DECIDER])
    session.expire_all()
    with count_statements() as few:
        client.get("/certificates")
    granted(at=clock.now())
    session.expire_all()
    with count_statements() as many:
        client.get("/certificates")
    assert len(many) == len(few) <= 8


def test_only_within_the_territory(client, person, three, unit):
    stranger = person(Role.DECIDER, territory=unit("Xã Khác", code="07999"))
    assert three[0].number not in client.sign_in(stranger).get("/certificates").get_data(as_text=True)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.STORE])
def test_staff_only(client, person, role):
    assert client.sign_in(person(role)).get("/certificates").status_code == 403


def test_each_belongs_to_its_store_by_its_printed_code(three):
    for certificate in three:
        codes = codes_of(certificate.establishment)
        assert codes[certificate.facts["url"]] == certificate.code and len(codes) == 3
