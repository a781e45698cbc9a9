"""A device signs in by its token, for its owner and nobody else, until it is revoked or its owner's sessions end."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import actions, queries, rules
from accounts.models import Device
from accounts.permissions import Permission, Role
from foundation.audit import AuditEntry
from foundation.errors import RuleBroken
from foundation.signing import jwks
from tests.accounts.conftest import PASSWORD
from tests.accounts.sending import REPORT, enrol, report
from tests.conftest import AT


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
