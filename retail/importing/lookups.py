"""What an import reads from the database: the map and the register, each in one pass. No query a row."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Row as Record
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from accounts.models import User
from accounts.permissions import Permission
from foundation.audit import AuditEntry
from foundation.db import db
from foundation.text import fold
from retail.importing.entries import enterprise_key
from retail.importing.matching import Held, Owner, Register
from retail.importing.places import Places, Unit
from retail.importing.planning import Keys
from retail.models import Enterprise, Establishment, Location, StatusSpan
from territory.models import AdminUnit, AdminUnitChange, Membership
from territory.rules import Level

CHUNK = 1_000


def load_places(today: date) -> Places:
    """The administrative map of all times."""
    units = [Unit(unit_id, level, kind, name, valid_from <= today and (valid_to is None or valid_to > today))
             for unit_id, level, kind, name, valid_from, valid_to in db.session.execute(
                 select(AdminUnit.id, AdminUnit.level, AdminUnit.kind, AdminUnit.name, AdminUnit.valid_from,
                        AdminUnit.valid_to).order_by(AdminUnit.valid_from, AdminUnit.id))]
    changes = db.session.execute(select(
        AdminUnitChange.from_unit_id, AdminUnitChange.to_unit_id, AdminUnitChange.is_default)
        .where(AdminUnitChange.effective <= today))
    wide = select(AdminUnit.id).where(AdminUnit.level != Level.COMMUNE)
    memberships = db.session.execute(
        select(Membership.territory_id, Membership.commune_id).where(Membership.territory_id.in_(wide)))
    return Places(units, [(old, new, is_default) for old, new, is_default in changes],
                  [(territory, commune) for territory, commune in memberships])


def allowed_communes(user: User) -> set[int] | None:
    """Ids of the communes, of any time, into which this person may import; None means everywhere."""
    territories = user.territories_for(Permission.IMPORT_REGISTER)
    if territories is None:
        return None
    return set(db.session.scalars(select(Membership.commune_id).where(Membership.territory_id.in_(territories))))


def load_register(keys: Keys, places: Places, allowed: set[int] | None) -> Register:
    """Enterprises and establishments that any line of a list may be about; the rest is read past, not kept."""
    wanted = {enterprise_key(name) for name in keys.owners}
    owners = [Owner(name, code or "", owner_id) for owner_id, name, code in db.session.execute(
        select(Enterprise.id, Enterprise.name, Enterprise.tax_code).execution_options(yield_per=CHUNK))
        if code in keys.codes or enterprise_key(name) in wanted]
    concerned = {owner.id for owner in owners}
    held = [held_of(record, places, allowed) for record in read_held()
            if record.number in keys.numbers or record.enterprise_id in concerned or record.branch_code in keys.branches
            or fold(record.name) in keys.names]
    missing = {one.enterprise_id for one in held} - concerned
    owners += [Owner(name, code or "", owner_id) for owner_id, name, code in db.session.execute(
        select(Enterprise.id, Enterprise.name, Enterprise.tax_code)) if owner_id in missing] if missing else []
    return Register(held, owners)


def read_held() -> Iterator[Record]:
    """Every establishment with its latest status and place, and when its first ones ended."""
    first_status, first_place = aliased(StatusSpan), aliased(Location)
    ended = [select(func.min(first.valid_to)).where(first.establishment_id == Establishment.id).scalar_subquery()
             for first in (first_status, first_place)]
    return iter(db.session.execute(
        select(Establishment.id, Establishment.number, Establishment.enterprise_id, Establishment.name,
               Establishment.kind, Establishment.recorded_class, Establishment.area_m2, Establishment.items,
               Establishment.branch_code, Establishment.opened_on, Establishment.contact_post,
               Establishment.contact_phone, Establishment.contact_email, Establishment.note, Location.unit_id,
               Location.address, Location.lat, Location.lon, StatusSpan.status,
               StatusSpan.valid_from.label("status_since"), ended[0].label("status_until"),
               ended[1].label("place_until"))
        .join(Location, (Location.establishment_id == Establishment.id) & Location.valid_to.is_(None))
        .join(StatusSpan, (StatusSpan.establishment_id == Establishment.id) & StatusSpan.valid_to.is_(None))
        .order_by(Establishment.id).execution_options(yield_per=CHUNK)))


def held_of(record: Record, places: Places, allowed: set[int] | None) -> Held:
    """A record of the register as the matching needs it."""
    today, _parts = places.today(record.unit_id)
    until = [day for day in (record.status_until, record.place_until) if day]
    facts = record._asdict()
    for name in ("status_until", "place_until"):
        del facts[name]
    return Held(**facts, commune=today or record.unit_id, first_until=min(until) if until else None,
                in_scope=allowed is None or record.unit_id in allowed)


def register_stamp(user: User, today: date) -> str:
    """Changes when a plan made before may no longer hold: the register, the map, the person's territory, the day."""
    last = db.session.scalar(select(func.max(AuditEntry.id)).where(
        AuditEntry.subject_kind.in_(("Establishment", "Enterprise", "AdminUnit"))
        | (AuditEntry.verb == "import_register")))
    territories = user.territories_for(Permission.IMPORT_REGISTER)
    return f"{last or 0}/{today.isoformat()}/{'all' if territories is None else sorted(territories)}"
