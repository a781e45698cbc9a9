"""How the administrative map is read, on any day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import joinedload

from foundation.db import db
from foundation.errors import NotFound
from foundation.text import fold
from territory.models import AdminUnit, AdminUnitChange, Membership
from territory.rules import KINDS, Level


def valid_on(day: date) -> ColumnElement[bool]:
    """A condition on AdminUnit: it exists on a day."""
    return (AdminUnit.valid_from <= day) & (AdminUnit.valid_to.is_(None) | (AdminUnit.valid_to > day))


def get_unit(unit_id: int) -> AdminUnit:
    """One unit of any time. Raises NotFound."""
    if unit := db.session.get(AdminUnit, unit_id):
        return unit
    raise NotFound(_("There is no such administrative unit."))


def find_unit(code: str, on: date, level: Level = Level.COMMUNE) -> AdminUnit | None:
    """The unit a code means on a day; codes are reused, so the day matters."""
    return db.session.scalar(select(AdminUnit).where(
        AdminUnit.level == level, AdminUnit.code == code, valid_on(on)))


def list_communes(on: date, within: int | None = None) -> list[AdminUnit]:
    """The communes of a day in Vietnamese order; `within` is the id of a unit of any time."""
    wanted = select(AdminUnit).where(AdminUnit.level == Level.COMMUNE, valid_on(on))
    if within is not None:
        wanted = wanted.where(AdminUnit.id.in_(commune_ids(within)))
    return list(db.session.scalars(wanted.order_by(AdminUnit.sort_key, AdminUnit.code)))


def find_communes_named(text: str) -> list[AdminUnit]:
    """Communes of any time with this name, marks and case aside, with or without "Phường", "Xã", "Thị trấn"."""
    name = fold(text)
    spellings = [name, *(f"{fold(kind)} {name}" for kind in KINDS)]
    return list(db.session.scalars(
        select(AdminUnit).where(AdminUnit.level == Level.COMMUNE, AdminUnit.search_text.in_(spellings))
        .order_by(AdminUnit.sort_key, AdminUnit.code, AdminUnit.valid_from)))


def current_unit(unit: AdminUnit, on: date) -> AdminUnit:
    """The unit that a unit has become by a day: changes followed forward, by default where it was divided.

    Where no change is known (a district; eight communes of Vĩnh Phúc) it is the last one known.
    """
    return current_units([unit], on)[unit.id]


def current_units(units: Iterable[AdminUnit], on: date) -> dict[int, AdminUnit]:
    """`current_unit` of many, by their ids: one statement for each reorganisation between them and the day."""
    found = {unit.id: unit for unit in units}
    open_ids = {unit.id for unit in found.values() if unit.valid_to and unit.valid_to <= on}
    while open_ids:
        step = {change.from_unit_id: change.to_unit for change in db.session.scalars(
            select(AdminUnitChange).options(joinedload(AdminUnitChange.to_unit)).where(
                AdminUnitChange.from_unit_id.in_(open_ids), AdminUnitChange.is_default,
                AdminUnitChange.effective <= on))}
        found = {start: step.get(unit.id, unit) for start, unit in found.items()}
        open_ids = {unit.id for unit in step.values() if unit.valid_to and unit.valid_to <= on}
    return found


def list_territories(on: date) -> list[AdminUnit]:
    """Provinces and districts of any time, to choose from: the province of the day, other provinces, districts.

    The old province that gave the present one its name comes before the other old ones.
    """
    return in_order(db.session.scalars(select(AdminUnit).where(AdminUnit.level != Level.COMMUNE)).all(), on)


def list_choices(on: date) -> list[Row]:
    """`list_territories` and then the communes of the day, as plain rows: id, level, name, valid_to and others."""
    columns = (AdminUnit.id, AdminUnit.level, AdminUnit.code, AdminUnit.name, AdminUnit.parent_id,
               AdminUnit.valid_from, AdminUnit.valid_to, AdminUnit.sort_key)
    return in_order(db.session.execute(
        select(*columns).where((AdminUnit.level != Level.COMMUNE) | valid_on(on))).all(), on)


def in_order(units: Sequence[Any], on: date) -> list[Any]:
    """Provinces, the day's first; districts by their province; communes by name."""
    codes = {unit.id: unit.code for unit in units}
    today = {unit.code for unit in units if unit.level == Level.PROVINCE and unit.valid_to is None}

    def place(unit: Any) -> tuple:
        if unit.level == Level.COMMUNE:
            return 3, False, "", unit.sort_key
        province = codes[unit.parent_id] if unit.parent_id else unit.code
        holds = unit.valid_from <= on and (unit.valid_to is None or on < unit.valid_to)
        rank = 2 if unit.level == Level.DISTRICT else 0 if holds else 1
        return rank, province not in today, province, unit.sort_key

    return sorted(units, key=place)


def commune_ids(territory_id: int) -> Select:
    """Ids of every commune of any time inside a unit of any time, as a subquery."""
    return select(Membership.commune_id).where(Membership.territory_id == territory_id)
