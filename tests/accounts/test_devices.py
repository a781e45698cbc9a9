"""A device signs in by its token, for its owner and nobody else, until it is revoked or its owner's sessions end."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from accounts import actions, queries, rules
from accounts.models import Device
from accounts.permissions import Permission, Role
from accounts.rules import Report
from foundation.audit import AuditEntry
from foundation.errors import RuleBroken
from foundation.signing import jwks
from tests.accounts.conftest import PASSWORD
from tests.conftest import AT

REPORT = {"app": "0.2.0", "queue": {"count": 2, "files": 37, "bytes": 14_600_000,
                                    "oldest_at": "2026-11-22T03:00:00.000Z"},
          "drafts": 1, "storage": {"persisted": True, "free": 9_300_000_000}}


def report(client, token, body=REPORT, **headers):
    return client.put("/api/device", json=body, headers={"Authorization": f"Bearer {token}", **headers})


def enrol(client, name="Máy của Ánh"):
    return client.post("/account/devices", json={"name": name})


@pytest.fixture
def inspector(account):
    return account(Role.INSPECTOR)


@pytest.fixture
def stranger(app):
    """A browser without any session: what a tablet's sender is."""
    return app.test_client()


@pytest.fixture
def token(client, inspector):
    return enrol(client.sign_in(inspector)).json["token"]


@pytest.fixture
def frozen(monkeypatch):
    monkeypatch.setattr("foundation.clock.now", lambda: AT)


def test_enrolling_tells_token_and_secret(client, inspector, session, trail):
    answer = enrol(client.sign_in(inspector), "  Máy\u0000 của   Ánh ")
    assert answer.status_code == 201
    device = session.scalar(select(Device))
    said = {name: value for name, value in answer.json.items() if name != "received_at"}
    assert said == {"id": device.id, "token": said["token"], "secret": device.secret, "person": inspector.id,
                    "keys": jwks()}
    assert said["token"].startswith(f"ppx_{device.id}_") and len(said["secret"]) == 43
    assert (device.name, device.user_id, device.queue_count, device.revoked_at) == (
        "Máy của Ánh", inspector.id, 0, None)
    half = said["token"].split("_", 2)[2]
    assert device.token_sha256 == rules.digest(half)
    assert trail()[-1] == "issue_device"
    entries = str([entry.detail for entry in session.scalars(select(AuditEntry))])
    assert half not in entries and device.secret not in entries and device.token_sha256 not in entries


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": None}, [], {"name": {"a": 1}}, {"name": "x" * 500}])
def test_any_name_will_do(client, inspector, session, body):
    assert client.sign_in(inspector).post("/account/devices", json=body).status_code == 201
    assert 0 < len(session.scalar(select(Device.name))) <= 80


def test_a_report_is_kept_without_an_audit_entry(stranger, token, inspector, session, trail, frozen):
    before = trail()
    answer = report(stranger, token, **{"X-Sent-At": "2026-11-24T03:12:00.500Z"})
    assert answer.status_code == 200
    assert answer.json["person"] == inspector.id and answer.json["skew_ms"] == 720_500
    assert answer.json["keys"] == jwks()
    assert answer.json["received_at"] == "2026-11-24T03:00:00.000Z"
    device = session.scalar(select(Device))
    assert (device.queue_count, device.queue_files, device.queue_bytes, device.drafts) == (2, 37, 14_600_000, 1)
    assert (device.app_version, device.storage_persisted, device.storage_free) == ("0.2.0", True, 9_300_000_000)
    assert (device.last_seen_at, device.skew_ms, device.is_askew) == (AT, 720_500, True)
    assert device.queue_oldest_at == datetime(2026, 11, 22, 2, 47, 59, 500_000, tzinfo=UTC)  # by our clock
    assert trail() == before


@pytest.mark.parametrize(("queue", "oldest"), [
    ({}, None), ({"count": 0, "oldest_at": "2026-11-01T00:00:00Z"}, None), (None, None),
    ({"count": 1}, AT), ({"count": 1, "oldest_at": "2027-01-01T00:00:00Z"}, AT),  # never later than now
    ({"files": 3, "oldest_at": "2026-11-23T03:00:00+00:00"}, AT - timedelta(days=1))])
def test_since_when_the_oldest_waits(stranger, token, session, frozen, queue, oldest):
    assert report(stranger, token, {"queue": queue}).status_code == 200
    assert session.scalar(select(Device.queue_oldest_at)) == oldest


def test_a_wait_whose_beginning_is_not_told_goes_on(stranger, token, session, frozen):
    report(stranger, token)
    since = session.scalar(select(Device.queue_oldest_at))
    report(stranger, token, {"queue": {"count": 1}})
    assert session.scalar(select(Device.queue_oldest_at)) == since


@pytest.mark.parametrize(("body", "field"), [
    ({"queue": {"count": -1}}, "queue.count"), ({"queue": {"count": 2**31}}, "queue.count"),
    ({"queue": {"files": True}}, "queue.files"), ({"queue": {"bytes": "7"}}, "queue.bytes"),
    ({"queue": {"oldest_at": "yesterday"}}, "queue.oldest_at"),
    ({"queue": {"oldest_at": "2026-11-22T03:00:00"}}, "queue.oldest_at"), ({"drafts": 1.5}, "drafts"),
    ({"storage": {"free": 2**60}}, "storage.free"), ({"storage": {"persisted": "yes"}}, "storage.persisted"),
    ({"app": 7}, "app")])
def test_a_report_that_cannot_be_read_is_refused_by_path(stranger, token, session, body, field):
    answer = report(stranger, token, body)
    assert answer.status_code == 422
    assert list(answer.json["fields"]) == [field]
    assert session.scalar(select(Device.queue_count)) == 0


def test_odd_reports_break_nothing(stranger, token):
    bearer = {"Authorization": f"Bearer {token}"}
    for data in (b"", b"[]", b"{", b'"x"', b"\xff"):
        assert stranger.put("/api/device", data=data, headers=bearer).status_code == 422
    assert stranger.put("/api/device", data=b" " * 20_000, content_type="application/json",
                        headers=bearer).status_code in (413, 422)
    for sent in ("", "never", "2026-11-24"):
        assert report(stranger, token, {"app": "a\u0000b"}, **{"X-Sent-At": sent}).json["skew_ms"] is None
    for sent in ("0001-01-01T00:00:00Z", "1970-01-01T00:00:00+07:00", "9999-12-31T23:59:59Z"):
        for oldest in ("1970-01-01T00:00:00Z", "2200-12-31T00:00:00Z"):
            body = {"queue": {"count": 1, "oldest_at": oldest}}
            assert report(stranger, token, body, **{"X-Sent-At": sent}).status_code == 200


def test_whose_request_it_is_costs_one_statement(stranger, token, session, count_statements):
    session.expunge_all()
    with count_statements() as seen:
        assert queries.find_bearer(token).may(Permission.SURVEY)
    assert len(seen) == 1, seen
    session.expunge_all()
    with count_statements() as seen:
        assert report(stranger, token).status_code == 200
    assert len(seen) == 3, seen  # and the device's row, and the report itself


@pytest.mark.parametrize("change", [
    lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"), lambda token: token.replace("ppx_", "ppx_9"),
    lambda token: "", lambda token: token + "x", lambda token: "ppx_0_" + "A" * 43, lambda token: "ppx_1_é",
    lambda token: f"ppx_{2**31}_" + "A" * 43])
def test_a_wrong_token_signs_nobody_in(client, stranger, inspector, token, change):
    for someone in (stranger, client):  # not even in a browser with a session
        answer = report(someone, change(token))
        assert answer.status_code == 401
        assert answer.json["reason"] == "signed-out"
        assert answer.json["error"]


def test_a_token_is_good_under_api_only(stranger, token):
    bearer = {"Authorization": f"Bearer {token}"}
    for path in ("/account", "/visits", "/account/devices/1/secret"):
        assert stranger.get(path, headers={**bearer, "Accept": "application/json"}).status_code in (302, 401)
    assert stranger.post("/account/devices", json={}, headers=bearer).status_code == 401
    basic = stranger.put("/api/device", json=REPORT, headers={"Authorization": f"Basic {token}"})
    assert (basic.status_code, basic.json["reason"]) == (401, "signed-out")


def test_a_session_is_no_device(client, inspector):
    answer = client.sign_in(inspector).put("/api/device", json=REPORT)
    assert (answer.status_code, answer.json["reason"]) == (401, "signed-out")


def test_a_request_is_its_tokens_whoever_has_the_session(client, account, token, inspector, session):
    client.sign_in(account(Role.LEAD, name="Phạm Người Khác"))
    assert report(client, token).json["person"] == inspector.id


def test_revoking_works_at_once(client, stranger, token, session, trail):
    device = session.scalar(select(Device))
    assert report(stranger, token).status_code == 200
    for _ in range(2):
        answer = client.post(f"/account/devices/{device.id}/revocation")
        assert answer.location == "/account#devices"
    assert trail().count("revoke_device") == 1
    answer = report(stranger, token)
    assert (answer.status_code, answer.json["reason"]) == (401, "revoked")
    assert client.get(f"/account/devices/{device.id}/secret").status_code == 409
    assert client.post(f"/account/devices/{device.id}/token").status_code == 409
    wrong = report(stranger, token[:-1] + "_")
    assert wrong.json["reason"] == "signed-out"  # who does not have the token learns nothing


@pytest.mark.parametrize("end", [
    lambda user: actions.sign_out_everywhere(user, by=user, at=AT),
    lambda user: actions.change_password(user, "bảy con chim sẻ", by=user, at=AT),
    lambda user: actions.reset_password(user, by=None, at=AT),
    lambda user: actions.set_active(user, False, by=None, at=AT)])
def test_tokens_end_with_the_sessions_of_their_owner(client, stranger, token, inspector, session, end):
    end(inspector)
    session.commit()
    answer = report(stranger, token)
    assert (answer.status_code, answer.json["reason"]) == (401, "signed-out")
    assert session.scalar(select(Device)).is_signed_out


def test_signing_in_again_renews_the_token_and_keeps_the_secret(client, stranger, token, inspector, session, trail):
    device = session.scalar(select(Device))
    secret = device.secret
    actions.sign_out_everywhere(inspector, by=inspector, at=AT)
    session.commit()
    assert client.post(f"/account/devices/{device.id}/token").status_code == 401
    client.sign_in(inspector)
    assert client.get(f"/account/devices/{device.id}/secret").json["secret"] == secret
    answer = client.post(f"/account/devices/{device.id}/token")
    assert answer.status_code == 201
    assert (answer.json["id"], answer.json["secret"], answer.json["person"]) == (device.id, secret, inspector.id)
    assert report(stranger, answer.json["token"]).status_code == 200
    assert report(stranger, token).json["reason"] == "signed-out"
    assert trail()[-1] == "renew_token"


def test_a_one_time_password_comes_first(client, session, inspector, token):
    inspector.must_change_password = True
    session.commit()
    assert enrol(client).status_code == 403


def test_the_secret_is_its_owners(client, app, account, inspector, token, session):
    device = session.scalar(select(Device))
    path = f"/account/devices/{device.id}"
    other = app.test_client().sign_in(account(Role.INSPECTOR, Role.ADMIN))
    for answer in (other.get(path + "/secret"), other.post(path + "/token"), other.get(path),
                   other.post(path + "/revocation"), other.get("/account/devices/9999/secret")):
        assert answer.status_code == 404
    nobody = app.test_client().get(path + "/secret")
    assert (nobody.status_code, nobody.json["reason"]) == (401, "signed-out")
    assert session.get(Device, device.id).revoked_at is None
    assert device.secret not in client.get(path).text
    assert device.secret not in other.get(f"/people/devices/{device.id}").text


def test_the_secret_of_a_revoked_one_is_for_who_gives_the_password_afterwards(client, app, inspector, token, session):
    device = session.scalar(select(Device))
    path, form = f"/account/devices/{device.id}/secret", {"email": inspector.email, "password": PASSWORD}
    before, after = app.test_client(), app.test_client()
    before.post("/sign-in", data=form)
    assert before.get(path).json["secret"] == device.secret
    client.post(f"/account/devices/{device.id}/revocation")
    assert before.get(path).status_code == client.get(path).status_code == 409  # such a session may be the finder's
    after.post("/sign-in", data=form)
    assert after.get(path).json["secret"] == device.secret
    assert before.get("/sign-in?again=1&next=/visits").status_code == 200
    before.post("/sign-in?again=1&next=/visits", data=form)
    assert before.get(path).status_code == 200


def test_only_surveyors_enrol(client, account):
    roles = [role for role in Role if role not in (Role.INSPECTOR, Role.LEAD)]
    assert enrol(client.sign_in(account(*roles))).status_code == 403


def test_a_person_has_so_many(client, inspector, session, monkeypatch):
    monkeypatch.setattr(rules, "MOST_DEVICES", 3)
    made = [actions.issue_device(inspector, name=f"Máy {n}", by=inspector, at=AT + timedelta(days=n))[0]
            for n in range(3)]
    made[0].queue_oldest_at = AT  # keeps something: not the one to propose
    session.commit()
    answer = enrol(client.sign_in(inspector))
    assert answer.status_code == 409
    assert "“Máy 1”, liên lạc lần cuối 25/11/2026 10:00" in answer.json["error"]
    actions.revoke_device(made[1], by=inspector, at=AT)
    session.commit()
    assert enrol(client).status_code == 201
    with pytest.raises(RuleBroken):
        actions.renew_token(made[1], by=inspector, at=AT)


def test_waiting_ones_are_listed_oldest_first(session, account):
    one, two, other = account(Role.INSPECTOR), account(Role.LEAD), account(Role.INSPECTOR)
    for owner, name, hours in ((one, "nửa ngày", 12), (two, "ba ngày", 72), (one, "hết", None), (other, "ngoài", 90),
                               (two, "thu hồi", 99), (one, "một ngày", 24)):
        device, _token = actions.issue_device(owner, name=name, by=owner, at=AT)
        oldest = hours and AT - timedelta(hours=hours)
        actions.report_device(device, Report(count=bool(hours), oldest_at=oldest), skew_ms=None, at=AT)
        if name == "thu hồi":
            actions.revoke_device(device, by=owner, at=AT)
    found = queries.list_waiting({one.id, two.id}, AT)
    assert [(d.name, d.tone_at(AT)) for d in found] == [("ba ngày", "no"), ("một ngày", "warn"), ("nửa ngày", "")]
    assert queries.list_waiting(set(), AT) == []
    assert queries.list_waiting({two.id}, AT - timedelta(days=4)) == []


class TestAcrossSites:
    """With CSRF on, as in use: writes of a session carry its token whatever the door; writes of a device need none."""

    @pytest.fixture(autouse=True)
    def csrf(self, app, monkeypatch):
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    def test_a_device_needs_no_csrf_token(self, stranger, inspector, session):
        device, token = actions.issue_device(inspector, name="Máy", by=inspector, at=AT)
        session.commit()
        assert report(stranger, token).status_code == 200
        assert report(stranger, token[:-1] + "_").status_code == 401

    def test_a_script_with_the_pages_token_enrols(self, client, inspector):
        client.post("/sign-in", data={
            "email": inspector.email, "password": PASSWORD,
            "csrf_token": client.get("/sign-in").text.split('name="csrf_token" value="')[1].split('"')[0]})
        meta = client.get("/account").text.split('name="csrf-token" content="')[1].split('"')[0]
        assert client.post("/account/devices", json={}, headers={"X-CSRFToken": meta}).status_code == 201
        assert client.post("/account/devices", json={}).status_code == 400
