"""What changes about an establishment with time: whether it trades, and where. Both are dated rows."""

from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import select

from accounts.models import User
from foundation import audit, clock
from foundation.db import db
from foundation.errors import Invalid, RuleBroken
from foundation.i18n import day as show_day
from foundation.i18n import label
from retail.actions.establishments import describe
from retail.actions.facts import EstablishmentFacts, insist
from retail.models import Establishment, Location, StatusSpan
from retail.rules import REASON, Status
from territory.models import AdminUnit


def set_status(establishment: Establishment, status: Status, *, on: date, reason: str, by: User | None,
               at: datetime) -> None:
    """Operating, paused or closed from a day on. The same day as the last change corrects that change.

    Raises RuleBroken when it is so already, Invalid for a day before the last change or a missing reason.
    """
    lock(establishment)
    last = establishment.statuses[-1]
    if last.status == status:
        raise RuleBroken(_("It has been “%(status)s” since %(day)s already.", status=label(status),
                           day=show_day(last.valid_from)))
    check_day(on, last.valid_from)
    check_reason(reason)
    before = {"status": last.status, "since": last.valid_from}
    turn(establishment, status, on, reason)
    establishment.updated_at = at
    audit.record("set_status", establishment, by=by, at=at, before=before,
                 after={"status": status, "since": on, "reason": reason})


def turn(establishment: Establishment, status: Status, on: date, reason: str) -> None:
    """Let another status begin on a day; the day the last one began on corrects that one."""
    last = establishment.statuses[-1]
    if on == last.valid_from:
        last.status, last.reason = status, reason
    else:
        last.valid_to = on
        establishment.statuses.append(StatusSpan(status=status, valid_from=on, reason=reason))


def move(establishment: Establishment, unit: AdminUnit, address: str, *, on: date, lat: Decimal | None = None,
         lon: Decimal | None = None, by: User | None, at: datetime) -> None:
    """It trades at another place from a day on. The same day as the last move corrects that move.

    Raises Invalid for a day before the last move or a place that cannot be.
    """
    lock(establishment)
    last = establishment.locations[-1]
    check_day(on, last.valid_from)
    insist(EstablishmentFacts(name=establishment.name, kind=establishment.kind, enterprise=establishment.enterprise,
                              unit=unit, address=address, opened_on=None, lat=lat, lon=lon), clock.local(at).date())
    if unit.valid_to and unit.valid_to <= on:
        ended = _("%(name)s ended on %(day)s. Choose the unit that took its place.", name=unit.name,
                  day=show_day(unit.valid_to))
        raise Invalid(ended, {"unit": ended})
    before = {"place": last.text, "since": last.valid_from}
    if on == last.valid_from:
        last.unit, last.address, last.lat, last.lon = unit, address, lat, lon
    else:
        last.valid_to = on
        establishment.locations.append(Location(unit=unit, address=address, lat=lat, lon=lon, valid_from=on))
    describe(establishment)
    establishment.updated_at = at
    audit.record("move", establishment, by=by, at=at, before=before,
                 after={"place": establishment.locations[-1].text, "since": on})


def lock(establishment: Establishment) -> None:
    """Let nobody else add a span meanwhile, and read the spans as they are now."""
    db.session.flush()
    db.session.execute(select(Establishment.id).where(Establishment.id == establishment.id).with_for_update())
    db.session.expire(establishment, ["statuses", "locations"])


def check_day(on: date, since: date) -> None:
    """A change comes after the last one."""
    if on < since:
        words = _("The last change is of %(day)s. Choose that day or a later one.", day=show_day(since))
        raise Invalid(words, {"on": words})


def check_reason(reason: str) -> None:
    """A change of status says why."""
    if not reason or len(reason) > REASON:
        words = _("Say why, in at most %(length)s characters.", length=REASON)
        raise Invalid(words, {"reason": words})
