"""What happens to a certificate after it was issued (DOMAIN 4, row 21)."""

from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from accounts.models import User
from certification.labels import REFUSALS
from certification.models import Certificate, CertificateEvent
from certification.queries import find_conflict
from certification.rules import EventKind, is_allowed
from foundation import audit
from foundation.clock import local
from foundation.db import db
from foundation.errors import Invalid, RuleBroken
from foundation.i18n import day as show_day
from foundation.i18n import label


def add_event(certificate: Certificate, *, kind: EventKind, effective_on: date, reasons: str, by: User, at: datetime,
              successor: Certificate | None = None) -> CertificateEvent:
    """Suspend, reinstate, withdraw or end a certificate from a day on, today at the earliest.

    Raises Invalid for a missing reason or a past day, RuleBroken for what its state or the person does not allow.
    """
    if not reasons.strip():
        raise Invalid(REFUSALS["reasons"], {"reasons": str(REFUSALS["reasons"])})
    if effective_on < local(at).date():
        advice = _("This day has passed. Choose today or a later day: what was shown before stays true.")
        raise Invalid(advice, {"effective_on": advice})
    if conflict := find_conflict(by, certificate.establishment_id):
        raise RuleBroken(REFUSALS[conflict])
    hold(certificate)
    if not is_allowed(kind, certificate.valid_from, certificate.valid_until, certificate.events, effective_on):
        raise RuleBroken(_("“%(event)s” cannot follow: on %(day)s the certificate is “%(state)s”, or something is "
                           "recorded for a later day.", event=label(kind), day=show_day(effective_on),
                           state=label(certificate.state_on(effective_on))))
    event = CertificateEvent(
        certificate_id=certificate.id, kind=kind, effective_on=effective_on, reasons=reasons, decider_id=by.id,
        successor_id=successor.id if successor else None, decided_at=at)
    db.session.add(event)
    audit.record(kind.value, certificate, by=by, at=at, number=certificate.number, effective_on=effective_on,
                 reasons=reasons, successor=successor.number if successor else None)
    db.session.expire(certificate, ["events"])
    return event


def hold(certificate: Certificate) -> None:
    """Make everybody else who wants to add to its history wait, then look again."""
    db.session.execute(select(Certificate.id).where(Certificate.id == certificate.id).with_for_update())
    db.session.expire(certificate, ["events"])
