"""The administrative map as the coverage page needs it: what to choose from, what lies where today."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from sqlalchemy import select

from foundation.db import db
from territory.models import AdminUnit, Membership
from territory.queries import list_communes, list_territories
from territory.rules import Level


def current_province() -> AdminUnit | None:
    """The province of today; None before the units were loaded."""
    return db.session.scalar(select(AdminUnit).where(AdminUnit.level == Level.PROVINCE, AdminUnit.valid_to.is_(None))
                             .order_by(AdminUnit.valid_from.desc()).limit(1))


def names_of(unit_ids: Iterable[int]) -> dict[int, str]:
    """Unit's id → its name."""
    wanted = select(AdminUnit.id, AdminUnit.name).where(AdminUnit.id.in_(set(unit_ids)))
    return dict(db.session.execute(wanted).all())


class Places:
    """Provinces and districts of any time, today's communes, and in which of them each commune of any time lies."""

    def __init__(self, today: date):
        units = list_territories(today)
        self.provinces = [unit for unit in units if unit.level == Level.PROVINCE]
        self.districts = [unit for unit in units if unit.level == Level.DISTRICT]
        self.communes = list_communes(today)
        self.new = next((unit for unit in self.provinces if unit.valid_to is None), None)
        self.former = [unit for unit in self.provinces if unit.valid_to is not None]
        self.old = next((unit for unit in self.former if self.new and unit.code == self.new.code), None)

    @property
    def all(self) -> dict[int, AdminUnit]:
        """Id → unit of everything that can be chosen."""
        return {unit.id: unit for unit in (*self.provinces, *self.districts, *self.communes)}

    def districts_of(self, province: AdminUnit) -> list[AdminUnit]:
        """The districts a former province had."""
        return [unit for unit in self.districts if unit.parent_id == province.id]

    @cached_property
    def around(self) -> dict[int, set[int]]:
        """Commune of any time → ids of the former provinces, districts and today's communes it lies in."""
        chosen = [unit.id for unit in (*self.former, *self.districts, *self.communes)]
        found: dict[int, set[int]] = defaultdict(set)
        for territory, commune in db.session.execute(select(Membership.territory_id, Membership.commune_id).where(
                Membership.territory_id.in_(chosen))):
            found[commune].add(territory)
        return found
