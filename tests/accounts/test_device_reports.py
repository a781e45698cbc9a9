"""What a device says of itself: what waits on it and since when, how full it is, how far its clock is off."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from accounts import actions, queries
from accounts.models import Device
from accounts.permissions import Role
from accounts.rules import Report
from foundation.signing import jwks
from tests.accounts.sending import report
from tests.conftest import AT


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
