"""How enterprises are found."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload

from accounts.models import User
from accounts.permissions import Permission
from foundation.db import db
from foundation.errors import NotFound
from foundation.text import fold
from retail.models import Enterprise, Establishment, StoreUser
from retail.queries.register import Row, in_order, list_rows
from retail.queries.scope import in_scope
from retail.rules import read_tax_code

PAGE = 50


def visible_enterprises(user: User, permission: Permission = Permission.SEE_REGISTER) -> Select:
    """A select of the enterprises that have an establishment where this person may use `permission`."""
    if user.territories_for(permission) is None:
        return select(Enterprise)
    return select(Enterprise).where(exists().where(
        Establishment.enterprise_id == Enterprise.id, in_scope(user, permission)))


def get_enterprise(enterprise_id: int, *, to: User, permission: Permission = Permission.SEE_REGISTER) -> Enterprise:
    """One enterprise. Raises NotFound when there is none or it has nothing in the person's territory."""
    found = db.session.scalar(visible_enterprises(to, permission).where(Enterprise.id == enterprise_id))
    if found is None:
        raise NotFound(_("There is no such enterprise, or it has no establishment in your territory."))
    return found


def list_enterprises(user: User, text: str, page: int) -> tuple[list[tuple[Enterprise, int]], int, int]:
    """A page of (enterprise, number of its establishments), the page's number, and how many there are in all."""
    wanted = containing(visible_enterprises(user), text)
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    page = min(max(page, 1), max(1, -(-total // PAGE)))
    having = (select(func.count(Establishment.id)).where(
        Establishment.enterprise_id == Enterprise.id, in_scope(user, Permission.SEE_REGISTER)).scalar_subquery())
    rows = db.session.execute(wanted.add_columns(having).order_by(Enterprise.search_text, Enterprise.id)
                              .limit(PAGE).offset((page - 1) * PAGE)).all()
    return [(row[0], row[1]) for row in rows], page, total


def find_enterprises(text: str, limit: int = 10) -> list[Enterprise]:
    """Enterprises by tax code (also in brackets after the name), else by their whole name, else by every word."""
    _name, _bracket, last = text.rpartition("(")
    if code := read_tax_code(last.rstrip(")")):
        return list(db.session.scalars(select(Enterprise).where(Enterprise.tax_code == code)))
    if not fold(text):
        return []
    wanted = containing(select(Enterprise), text).order_by(Enterprise.search_text, Enterprise.id).limit(limit)
    matches = list(db.session.scalars(wanted))
    return [each for each in matches if fold(each.name) == fold(text)] or matches


def containing(wanted: Select, text: str) -> Select:
    """Narrow a select of enterprises to those found by every word."""
    for word in fold(text).split()[:10]:
        wanted = wanted.where(Enterprise.search_text.contains(word, autoescape=True))
    return wanted


def list_store_users(enterprise: Enterprise) -> list[StoreUser]:
    """The store accounts that see this enterprise's establishments."""
    return list(db.session.scalars(select(StoreUser).options(joinedload(StoreUser.user)).where(
        StoreUser.enterprise_id == enterprise.id).order_by(StoreUser.user_id)))


def list_of_enterprise(enterprise: Enterprise, user: User, on: date) -> list[Row]:
    """Its establishments as far as this person may see them, in Vietnamese order."""
    ids = in_order(select(Establishment.id).where(
        Establishment.enterprise_id == enterprise.id, in_scope(user, Permission.SEE_REGISTER)))
    return list_rows(list(db.session.scalars(ids)), on)
