"""What is written about administrative units: the reference data, loaded."""

from datetime import datetime

from sqlalchemy import Insert, insert, select

from foundation import audit
from foundation.db import db
from foundation.text import fold, sort_key
from territory.models import AdminUnit, AdminUnitChange, Membership
from territory.reference import PROVINCE, Change, Key, Reference, Unit
from territory.rules import Level


def load(*, at: datetime) -> dict[str, int]:
    """Add what the reference tables hold and the database does not yet; a second run adds nothing.

    Returns how many units, changes and memberships were added.
    """
    reference = Reference()
    before = len(known_units())
    for level in Level:  # parents first
        add_units([unit for unit in reference.units if unit.level == level])
    ids = known_units()
    added = {
        "units": len(ids) - before,
        "changes": add_changes(reference.changes, ids),
        "memberships": add_memberships(reference.memberships, ids),
    }
    if any(added.values()):
        audit.record("load_units", db.session.get(AdminUnit, ids[PROVINCE]), by=None, at=at, **added)
    return added


def known_units() -> dict[Key, int]:
    """Identity → id of every unit in the database."""
    found = db.session.execute(select(AdminUnit.level, AdminUnit.code, AdminUnit.valid_from, AdminUnit.id))
    return {(level, code, valid_from): unit_id for level, code, valid_from, unit_id in found}


def add_units(units: list[Unit]) -> None:
    """Insert those not there yet; their parents must be."""
    ids = known_units()
    write(insert(AdminUnit), [
        {"level": unit.level, "code": unit.code, "name": unit.name, "kind": unit.kind,
         "parent_id": ids[unit.parent] if unit.parent else None, "valid_from": unit.valid_from,
         "valid_to": unit.valid_to, "legal_basis": unit.legal_basis, "area_km2": unit.area_km2, "lat": unit.lat,
         "lon": unit.lon, "hex_column": unit.hex_column, "hex_row": unit.hex_row, "search_text": fold(unit.name),
         "sort_key": sort_key(unit.name.removeprefix(unit.kind))}
        for unit in units if unit.key not in ids])


def add_changes(changes: list[Change], ids: dict[Key, int]) -> int:
    """Insert those not there yet; how many."""
    known = {tuple(row) for row in db.session.execute(
        select(AdminUnitChange.from_unit_id, AdminUnitChange.to_unit_id, AdminUnitChange.effective))}
    return write(insert(AdminUnitChange), [
        {"from_unit_id": ids[change.old], "to_unit_id": ids[change.new], "effective": change.effective,
         "kind": change.kind, "is_default": change.is_default, "legal_basis": change.legal_basis}
        for change in changes if (ids[change.old], ids[change.new], change.effective) not in known])


def add_memberships(memberships: set[tuple[Key, Key]], ids: dict[Key, int]) -> int:
    """Insert those not there yet; how many."""
    known = {tuple(row) for row in db.session.execute(select(Membership.territory_id, Membership.commune_id))}
    wanted = {(ids[territory], ids[commune]) for territory, commune in memberships}
    return write(insert(Membership), [
        {"territory_id": territory, "commune_id": commune} for territory, commune in sorted(wanted - known)])


def write(statement: Insert, values: list[dict]) -> int:
    """One bulk insert; nothing at all for an empty list."""
    if values:
        db.session.execute(statement, values)
    return len(values)
