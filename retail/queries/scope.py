"""What a person may see and edit of the register."""

import re
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, exists, or_, select, true
from sqlalchemy.orm import selectinload

from accounts.models import User
from accounts.permissions import Permission
from foundation.db import db
from foundation.errors import NotFound
from foundation.text import fold
from retail.models import Establishment, Location
from retail.rules import NUMBER, Kind
from territory.models import AdminUnit, Membership
from territory.rules import Level


def in_scope(user: User, permission: Permission) -> ColumnElement[bool]:
    """A condition on Establishment: it lies today where this person may use `permission`."""
    territories = user.territories_for(permission)
    return true() if territories is None else lies_within(territories)


def lies_within(territories: set[int]) -> ColumnElement[bool]:
    """A condition on Establishment: its latest place lies inside one of these units, of whatever time."""
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
        raise NotFound(_("There is no such establishment, or it lies outside your territory."))
    return found


def may_edit(user: User, establishment: Establishment) -> bool:
    """Whether the register's editing reaches this establishment."""
    return user.may(Permission.EDIT_REGISTER) and db.session.scalar(
        select(Establishment.id).where(Establishment.id == establishment.id,
                                       in_scope(user, Permission.EDIT_REGISTER))) is not None


def list_beside(establishment: Establishment, user: User, limit: int = 30) -> list[Establishment]:
    """Its enterprise's other establishments, as far as this person may see them, sorted."""
    return list(db.session.scalars(visible_establishments(user).where(
        Establishment.enterprise_id == establishment.enterprise_id, Establishment.id != establishment.id)
        .options(selectinload(Establishment.statuses)).order_by(Establishment.sort_key, Establishment.id).limit(limit)))


def list_inside(establishment: Establishment, user: User) -> list[Establishment]:
    """What stands inside a trade centre, as far as this person may see it, sorted."""
    return list(db.session.scalars(visible_establishments(user).where(Establishment.parent_id == establishment.id)
                                   .options(selectinload(Establishment.statuses))
                                   .order_by(Establishment.sort_key, Establishment.id)))


def list_open_communes(user: User, permission: Permission, on: date) -> list[AdminUnit]:
    """The communes of a day in which this person may use `permission`, sorted the Vietnamese way."""
    territories = user.territories_for(permission)
    wanted = select(AdminUnit).where(AdminUnit.level == Level.COMMUNE, AdminUnit.valid_from <= on,
                                     or_(AdminUnit.valid_to.is_(None), AdminUnit.valid_to > on))
    if territories is not None:
        wanted = wanted.where(AdminUnit.id.in_(
            select(Membership.commune_id).where(Membership.territory_id.in_(territories))))
    return list(db.session.scalars(wanted.order_by(AdminUnit.sort_key, AdminUnit.id)))


def find_establishments(text: str, user: User, *, permission: Permission = Permission.SEE_REGISTER,
                        kind: Kind | None = None, limit: int = 10) -> list[Establishment]:
    """The establishment whose number `text` begins with ("CS-000123 · …"), else those its words find."""
    wanted = visible_establishments(user, permission)
    if kind:
        wanted = wanted.where(Establishment.kind == kind)
    if number := re.match(NUMBER, text.upper()):
        return list(db.session.scalars(wanted.where(Establishment.number == number[0])))
    for word in fold(text).split():
        wanted = wanted.where(Establishment.search_text.contains(word, autoescape=True))
    return list(db.session.scalars(wanted.order_by(Establishment.sort_key, Establishment.id).limit(limit)))
