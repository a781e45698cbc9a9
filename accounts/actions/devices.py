"""What is done to the devices people survey with. Tokens and secrets never reach the audit trail."""

import secrets
from datetime import datetime, timedelta

from flask_babel import gettext as _

from accounts import queries, rules
from accounts.models import Device, User
from accounts.rules import Report
from foundation.audit import record
from foundation.db import db
from foundation.errors import Invalid, RuleBroken
from foundation.i18n import moment
from foundation.text import clean


def issue_device(user: User, *, name: str, by: User | None, at: datetime) -> tuple[Device, str]:
    """Enrol the browser somebody surveys in: the device, and its token, which is not kept and told only now.

    Raises RuleBroken when the person has as many as is sensible, naming one to revoke.
    """
    held = [device for device in queries.list_devices(user.id) if device.revoked_at is None]
    if len(held) >= rules.MOST_DEVICES:
        idle = min(held, key=lambda device: (device.queue_oldest_at is not None, device.last_seen_at))
        raise RuleBroken(_("You already have %(count)s tablets. Revoke one you no longer use on the page of your "
                           "account, such as “%(name)s”, last heard of on %(moment)s.",
                           count=len(held), name=idle.name, moment=moment(idle.last_seen_at)))
    device = Device(user=user, name=spell_name(name) or _("Tablet"), secret=secrets.token_urlsafe(32), created_at=at,
                    last_seen_at=at)
    token = give_token(device)
    record("issue_device", device, by=by, at=at, owner=user.name, device=device.name)
    return device, token


def renew_token(device: Device, *, by: User | None, at: datetime) -> str:
    """A new token for a device whose owner has signed in on it again; the old one is worthless. It is told only now.

    Raises RuleBroken for a revoked device.
    """
    if device.revoked_at:
        raise RuleBroken(_("This tablet was revoked. Sign in and enrol it as a new one."))
    token = give_token(device)
    record("renew_token", device, by=by, at=at, owner=device.user.name, device=device.name)
    return token


def give_token(device: Device) -> str:
    """Make a token, keep its hash, give it back: ppx_<id>_<32 random bytes in base64url>."""
    secret = secrets.token_urlsafe(32)
    device.token_sha256 = rules.digest(secret)
    device.session_epoch = device.user.session_epoch
    db.session.add(device)
    db.session.flush()
    return rules.write_token(device.id, secret)


def spell_name(name: str) -> str:
    """A device's name as it is kept."""
    return clean(name)[:rules.LONGEST_NAME].strip()


def rename_device(device: Device, name: str, *, by: User | None, at: datetime) -> None:
    """Call a device what its owner calls it. Raises Invalid without a name."""
    name, before = spell_name(name), device.name
    if not name:
        message = _("Write a name by which you know the tablet.")
        raise Invalid(message, {"name": message})
    if name != before:
        device.name = name
        record("rename_device", device, by=by, at=at, before={"name": before}, after={"name": name})


def revoke_device(device: Device, *, by: User | None, at: datetime) -> None:
    """End a device: from now on its token signs nobody in and its secret is told to nobody. Twice changes nothing."""
    if device.revoked_at is None:
        device.revoked_at = at
        record("revoke_device", device, by=by, at=at, owner=device.user.name, device=device.name,
               unsent=device.queue_count)


def report_device(device: Device, report: Report, *, skew_ms: int | None, at: datetime) -> None:
    """Keep what a device says of itself at a contact, in place of what it said before.

    The one write without an audit entry: a tablet reports every few minutes, says nothing about anybody's decision,
    and a chained entry each time would bury the trail and make all writers take turns. The row itself is the record.
    The oldest waiting since is told by the device's own clock and kept by ours, so that ages compare between tablets.
    """
    oldest = report.oldest_at and report.oldest_at - timedelta(milliseconds=skew_ms or 0)
    device.queue_oldest_at = min(oldest or device.queue_oldest_at or at, at) if report.is_waiting else None
    device.queue_count, device.queue_files, device.queue_bytes = report.count, report.files, report.bytes
    device.drafts, device.app_version = report.drafts, report.app_version
    device.storage_persisted, device.storage_free = report.persisted, report.free
    device.last_seen_at, device.skew_ms = at, skew_ms
    db.session.flush()
