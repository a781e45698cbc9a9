"""One certificate: papers, history, and what happens to it."""

import pytest

from accounts.permissions import Role
from certification.actions import decide, take_application
from certification.rules import CertificateState, Outcome
from foundation import clock
from foundation.i18n import day
from tests.certification.conftest import HOST


@pytest.fixture
def issued(granted, establishment):
    return granted(establishment("Siêu thị Minh Hoạ 11"), at=clock.now())


def send(client, certificate, **form):
    return client.post(f"/certificates/{certificate.id}/events", data={
        "kind": "suspended", "effective_on": day(clock.today()), "reasons": "Theo phản ánh", **form})


def test_facts_history_and_thread(client, people, issued):
    page = client.sign_in(people[Role.DECIDER]).get(f"/certificates/{issued.id}").get_data(as_text=True)
    for words in ("Siêu thị Minh Hoạ 11", issued.number, issued.code, "Đang có hiệu lực", f"/v/{issued.code}",
                  f"/applications/{issued.decision.application_id}", issued.decision.number):
        assert words in page


@pytest.mark.parametrize(("ending", "media_type", "start"), [
    ("pdf", "application/pdf", b"%PDF"), ("png", "image/png", b"\x89PNG")])
def test_papers(printed, client, people, issued, ending, media_type, start):
    client.sign_in(people[Role.CLERK])
    answer = client.get(f"/certificates/{issued.id}.{ending}")
    assert answer.mimetype == media_type and answer.data.startswith(start)
    assert answer.headers["Content-Disposition"].startswith("inline")
    saved = client.get(f"/certificates/{issued.id}.{ending}?save=1").headers["Content-Disposition"]
    assert saved.startswith("attachment") and issued.number.replace("/", "-") in saved


def test_suspending_and_reinstating(client, people, issued, session):
    client.sign_in(people[Role.DECIDER])
    assert send(client, issued).status_code == 302
    session.expire_all()
    assert issued.state_on(clock.today()) == CertificateState.SUSPENDED
    page = client.get(f"/certificates/{issued.id}").get_data(as_text=True)
    assert "Theo phản ánh" in page and 'value="reinstated"' in page and 'value="suspended"' not in page
    assert "Tạm đình chỉ" in client.get(f"/v/{issued.code}").get_data(as_text=True)
    assert send(client, issued, kind="reinstated").status_code == 302


@pytest.mark.parametrize("wrong", [{"kind": ""}, {"kind": "superseded"}, {"reasons": " "}, {"effective_on": "mai"},
                                   {"effective_on": "01/01/2020"}, {"reasons": "x" * 4001}])
def test_what_is_wrong_is_said_beside_it(client, people, issued, session, wrong):
    answer = send(client.sign_in(people[Role.DECIDER]), issued, **wrong)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'role="alert"' in page and "<details class=\"near\" open" in page
    session.expire_all()
    assert issued.events == []


def test_what_cannot_follow_is_said_and_what_was_typed_kept(client, people, issued):
    answer = send(client.sign_in(people[Role.DECIDER]), issued, kind="reinstated", reasons="Đã khắc phục")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "Không thể ghi" in page and "Đã khắc phục" in page


def test_what_ended_offers_nothing(client, people, issued):
    client.sign_in(people[Role.DECIDER])
    send(client, issued, kind="withdrawn")
    assert "<textarea" not in client.get(f"/certificates/{issued.id}").get_data(as_text=True)


def test_who_surveyed_sees_why_and_cannot(client, person, establishment, surveyed, people, session):
    both, store, now = person(Role.LEAD, Role.DECIDER), establishment(), clock.now()
    application = take_application(store, received_on=clock.today(), by=None, at=now)
    surveyed(store, both, approved_by=people[Role.REVIEWER], at=now)
    certificate = decide(application, outcome=Outcome.GRANTED, level_rank=2, reasons="", by=people[Role.DECIDER],
                         at=now, host=HOST).certificate
    session.commit()
    page = client.sign_in(both).get(f"/certificates/{certificate.id}").get_data(as_text=True)
    assert "Bạn đã tham gia khảo sát cơ sở này." in page and "<textarea" not in page
    assert send(client, certificate).status_code == 409


def test_deciders_only_and_within_their_territory(client, people, person, issued, unit):
    for role in (Role.LEAD, Role.REVIEWER, Role.CLERK, Role.ADMIN):
        assert send(client.sign_in(people[role]), issued).status_code == 403
    client.sign_in(person(Role.DECIDER, territory=unit("Xã Khác", code="07999")))
    for url in (f"/certificates/{issued.id}", f"/certificates/{issued.id}.pdf", f"/certificates/{issued.id}.png",
                "/certificates/999", "/certificates/99999999999999999999"):
        assert client.get(url).status_code == 404
    assert send(client, issued).status_code == 404
