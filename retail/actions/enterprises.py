"""Enterprises and the store accounts that may see their establishments."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from accounts.models import User
from accounts.permissions import Role
from foundation import audit
from foundation.db import db, refusing
from foundation.errors import Invalid
from foundation.text import clean
from retail.actions.establishments import describe
from retail.models import Enterprise, Establishment, StoreUser
from retail.rules import ENTERPRISE_NAME, read_tax_code, search_text


def add_enterprise(*, name: str, tax_code: str | None = None, is_demo: bool = False, by: User | None,
                   at: datetime) -> Enterprise:
    """Add a legal person. Raises Invalid for an unusable or a taken tax code."""
    name, code = check(name, tax_code)
    enterprise = Enterprise(name=name, tax_code=code, search_text=words_of(name, code), is_demo=is_demo, created_at=at)
    with refusing({"enterprises.tax_code": ("tax_code", taken())}):
        db.session.add(enterprise)
    audit.record("add_enterprise", enterprise, by=by, at=at, after={"name": name, "tax_code": code})
    return enterprise


def change_enterprise(enterprise: Enterprise, *, name: str, tax_code: str | None, by: User | None,
                      at: datetime) -> None:
    """Correct a name or tax code; its establishments are found by the new words from now on."""
    name, code = check(name, tax_code)
    before = {"name": enterprise.name, "tax_code": enterprise.tax_code}
    after = {"name": name, "tax_code": code}
    if before == after:
        return
    with refusing({"enterprises.tax_code": ("tax_code", taken())}):
        enterprise.name, enterprise.tax_code = name, code
        enterprise.search_text = words_of(name, code)
    for establishment in db.session.scalars(select(Establishment).where(
            Establishment.enterprise_id == enterprise.id)):
        describe(establishment)
    audit.record("change_enterprise", enterprise, by=by, at=at, before=before, after=after)


def add_store_user(enterprise: Enterprise, user: User, *, by: User | None, at: datetime) -> None:
    """Let a store account see the establishments of this enterprise. Raises Invalid for other accounts."""
    if Role.STORE not in user.roles:
        raise Invalid(_("Choose an account with the role of a store."),
                      {"email": _("%(name)s does not have the role of a store.", name=user.name)})
    if db.session.get(StoreUser, (user.id, enterprise.id)):
        return
    db.session.add(StoreUser(user=user, enterprise=enterprise))
    audit.record("add_store_user", enterprise, by=by, at=at, user=user.id)


def remove_store_user(enterprise: Enterprise, user: User, *, by: User | None, at: datetime) -> None:
    """Take that sight away again."""
    held = db.session.get(StoreUser, (user.id, enterprise.id))
    if held is not None:
        db.session.delete(held)
        audit.record("remove_store_user", enterprise, by=by, at=at, user=user.id)


def check(name: str, tax_code: str | None) -> tuple[str, str | None]:
    """Name and tax code in their one spelling. Raises Invalid."""
    name, code = clean(name), read_tax_code(tax_code)
    found = {}
    if not name:
        found["name"] = _("Write the name.")
    elif len(name) > ENTERPRISE_NAME:
        found["name"] = _("At most %(length)s characters, please.", length=ENTERPRISE_NAME)
    if clean(tax_code) and code is None:
        found["tax_code"] = _("A tax code has 10 digits, 10-3 digits for a branch, or 12 for a household.")
    if found:
        raise Invalid(" ".join(found.values()), found)
    return name, code


def words_of(name: str, tax_code: str | None) -> str:
    """What an enterprise is found by."""
    return search_text(name, tax_code)


def taken() -> str:
    """The answer to a tax code that another enterprise has."""
    return _("Another enterprise has this tax code. Look for it in the list.")
