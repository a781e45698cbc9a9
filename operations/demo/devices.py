"""The tablets of the demonstration: one whose queue has been waiting too long, one in order, one revoked."""

from datetime import datetime, timedelta

from accounts.actions import issue_device, report_device, revoke_device
from accounts.models import Device, User
from accounts.rules import Report
from foundation.release import app_version


def add_devices(people: dict[str, User], now: datetime) -> None:
    """Three tablets, as they are at `now`. Nobody has their tokens."""
    waiting = add_device(people["inspector"], "Máy tính bảng số 1 (minh hoạ)", now - timedelta(days=40))
    report_device(waiting, Report(
        count=2, files=37, bytes=14_600_000, oldest_at=now - timedelta(hours=53), drafts=1, app_version=app_version(),
        persisted=False, free=9_300_000_000), skew_ms=12 * 60_000, at=now - timedelta(hours=5))
    sent = add_device(people["lead"], "Máy của trưởng đoàn (minh hoạ)", now - timedelta(days=38))
    report_device(sent, Report(app_version=app_version(), persisted=True, free=41_000_000_000), skew_ms=800,
                  at=now - timedelta(minutes=25))
    lost = add_device(people["inspector"], "Máy cũ, thất lạc (minh hoạ)", now - timedelta(days=200))
    revoke_device(lost, by=people["admin"], at=now - timedelta(days=41))


def add_device(owner: User, name: str, at: datetime) -> Device:
    """One, enrolled by its owner."""
    device, _token = issue_device(owner, name=name, by=owner, at=at)
    return device
