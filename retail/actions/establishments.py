"""Add and correct establishments; keep what they are found and sorted by."""

from datetime import date, datetime

from flask_babel import gettext as _

from accounts.models import User
from foundation import audit, clock
from foundation.db import db
from foundation.errors import Invalid
from foundation.i18n import day as show_day
from foundation.numbers import FOREVER, next_number
from foundation.text import sort_key
from retail.actions.facts import EstablishmentFacts, insist
from retail.models import Establishment, Location, StatusSpan
from retail.rules import Status, read_tax_code, search_text, show_number
from territory.models import AdminUnit
from territory.rules import Level

SERIES = "CS"
OWN = ("name", "kind", "recorded_class", "area_m2", "items", "opened_on", "contact_post", "contact_phone",
       "contact_email", "note")
PLACE = ("address", "lat", "lon")


def add_establishment(facts: EstablishmentFacts, *, by: User | None, at: datetime) -> Establishment:
    """Add an establishment with the next number; it operates from its opening day, else from today."""
    today = clock.local(at).date()
    insist(facts, today)
    since = facts.opened_on or today
    establishment = Establishment(
        number=show_number(next_number(SERIES, FOREVER)), is_demo=facts.is_demo, created_at=at,
        statuses=[StatusSpan(status=Status.OPERATING, valid_from=since)],
        locations=[Location(unit=facts.unit, address=facts.address, lat=facts.lat, lon=facts.lon, valid_from=since)])
    with db.session.no_autoflush:  # half an establishment must not be written when a lazy load looks up its unit
        write(establishment, facts, at)
    db.session.add(establishment)
    db.session.flush()
    audit.record("add_establishment", establishment, by=by, at=at, after=snapshot(establishment))
    return establishment


def change_establishment(establishment: Establishment, facts: EstablishmentFacts, *, by: User | None,
                         at: datetime) -> None:
    """Correct what is written about an establishment, its latest place included. Where it went is `move`.

    Raises Invalid when the facts are wrong or the opening day would pass a later change of status or place.
    """
    insist(facts, clock.local(at).date())
    check_parent(establishment, facts.parent)
    before = snapshot(establishment)
    if facts.opened_on != establishment.opened_on:
        start_on(establishment, facts.opened_on or establishment.statuses[0].valid_from)
    here = establishment.locations[-1]
    here.unit, here.address, here.lat, here.lon = facts.unit, facts.address, facts.lat, facts.lon
    write(establishment, facts, at)
    db.session.flush()
    after = snapshot(establishment)
    changed = {key for key in after if after[key] != before[key]}
    if changed:
        audit.record("change_establishment", establishment, by=by, at=at, before={k: before[k] for k in changed},
                     after={k: after[k] for k in changed})


def write(establishment: Establishment, facts: EstablishmentFacts, at: datetime) -> None:
    """Copy the facts that have no date of their own."""
    for field in OWN:
        setattr(establishment, field, getattr(facts, field))
    establishment.enterprise, establishment.parent = facts.enterprise, facts.parent
    establishment.branch_code = read_tax_code(facts.branch_code)
    establishment.updated_at = at
    describe(establishment)


def describe(establishment: Establishment) -> None:
    """Rebuild what it is found and sorted by: after every change of its names, codes, enterprise or place."""
    here, owner = establishment.locations[-1], establishment.enterprise
    establishment.search_text = search_text(
        establishment.name, establishment.number, owner.name, owner.tax_code, establishment.branch_code, here.address,
        *place_names(here.unit))
    establishment.sort_key = sort_key(establishment.name)


def place_names(unit: AdminUnit) -> list[str]:
    """The commune's name and its old district's."""
    parent = unit.parent
    return [unit.name, parent.name] if parent and parent.level == Level.DISTRICT else [unit.name]


def start_on(establishment: Establishment, day: date) -> None:
    """Let its first status and place begin on another day. Raises Invalid when a later one begins before it."""
    for spans in (establishment.statuses, establishment.locations):
        until = spans[0].valid_to
        if until and until <= day:
            raise Invalid(_("Its status or place changed on %(day)s: it cannot have opened later.",
                            day=show_day(until)),
                          {"opened_on": _("Choose a day before %(day)s.", day=show_day(until))})
        spans[0].valid_from = day


def check_parent(establishment: Establishment, parent: Establishment | None) -> None:
    """A trade centre cannot stand inside itself, nor inside what stands in it."""
    above = parent
    while above is not None:
        if above.id == establishment.id:
            raise Invalid(_("It cannot stand inside itself."), {"parent": _("Choose another trade centre.")})
        above = above.parent


def snapshot(establishment: Establishment) -> dict[str, object]:
    """What the audit trail keeps of an establishment."""
    here = establishment.locations[-1]
    return {"number": establishment.number, **{field: getattr(establishment, field) for field in OWN},
            "branch_code": establishment.branch_code, "enterprise": establishment.enterprise.name,
            "parent": establishment.parent.number if establishment.parent else None,
            "unit": here.unit.name, **{field: getattr(here, field) for field in PLACE}}
