"""How the register is read. Every list starts from what this person may see."""

from sqlalchemy import ColumnElement, Select, exists, select, true

from accounts.models import User
from accounts.permissions import Permission
from foundation.db import db
from foundation.errors import NotFound
from retail.models import Establishment, Location
from territory.models import Membership


def in_scope(user: User, permission: Permission) -> ColumnElement[bool]:
    """A condition on Establishment: it lies today where this person may use `permission`."""
    territories = user.territories_for(permission)
    if territories is None:
        return true()
    return exists().where(
        Location.establishment_id == Establishment.id, Location.valid_to.is_(None),
        Membership.commune_id == Location.unit_id, Membership.territory_id.in_(territories))


def visible_establishments(user: User, permission: Permission = Permission.SEE_REGISTER) -> Select:
    """A select of the establishments this person may see, to be narrowed and ordered by the caller."""
    return select(Establishment).where(in_scope(user, permission))


def get_establishment(establishment_id: int, *, to: User,
                      permission: Permission = Permission.SEE_REGISTER) -> Establishment:
    """One establishment. Raises NotFound when there is none or it lies outside the person's territory."""
    wanted = visible_establishments(to, permission).where(Establishment.id == establishment_id)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound("There is no such establishment, or it lies outside your territory.")
    return found
