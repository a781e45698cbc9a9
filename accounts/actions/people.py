"""What is done to people's accounts. Passwords and hashes never reach the audit trail."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from accounts import passwords, queries, rules
from accounts.models import RoleGrant, SignInAttempt, User
from accounts.permissions import Role
from foundation.audit import record
from foundation.db import db
from foundation.errors import AppError, Invalid, RuleBroken
from foundation.i18n import LANGUAGES, label
from foundation.text import clean
from territory.models import AdminUnit

Grants = Sequence[tuple[Role, int | None]]  # role, id of the territory it is held in; None: everywhere


class LockedOut(AppError):
    """Too many wrong passwords: nobody gets in under this address for a while, not even with the right one."""

    status = 429


def add_user(*, email: str, name: str, password: str, roles: Grants, language: str = "vi", is_demo: bool = False,
             must_change_password: bool = False, by: User | None, at: datetime) -> User:
    """Open an account. Raises Invalid when the address is taken or the password will not do."""
    user = User(created_at=at, is_demo=is_demo, must_change_password=must_change_password, session_epoch=0)
    user.password_hash = passwords.hash_password(check_password(password, queries.spell_email(email)))
    grants = check_grants(roles)
    set_details(user, email=email, name=name, language=language)
    user.grants = [RoleGrant(role=role, territory_id=territory_id, granted_at=at) for role, territory_id in grants]
    record("add_user", user, by=by, at=at, after={**describe(user), "roles": describe_grants(user)})
    return user


def edit_user(user: User, *, email: str, name: str, language: str, by: User | None, at: datetime) -> None:
    """Correct somebody's details. Raises Invalid when the address is taken."""
    before = describe(user)
    set_details(user, email=email, name=name, language=language)
    if describe(user) != before:
        record("edit_user", user, by=by, at=at, before=before, after=describe(user))


def set_details(user: User, *, email: str, name: str, language: str) -> None:
    """Check, clean and save what an account says about a person; a taken address becomes a field's error."""
    email, name = queries.spell_email(email), clean(name)
    wrong = {}
    if "@" not in email or len(email) > 254:
        wrong["email"] = _("Write an e-mail address, such as ten@phutho.gov.vn.")
    if not 0 < len(name) <= 120:
        wrong["name"] = _("Write the name, at most 120 letters.")
    if language not in LANGUAGES:
        wrong["language"] = _("Choose Vietnamese or English.")
    if wrong:
        raise Invalid(_("The account cannot be saved like this."), wrong)
    try:
        with db.session.begin_nested():
            user.email, user.name, user.language = email, name, language
            db.session.add(user)
    except IntegrityError:
        message = _("Somebody already has an account with this e-mail address.")
        raise Invalid(message, {"email": message}) from None


def describe(user: User) -> dict[str, str]:
    """An account's details, for the audit trail."""
    return {"email": user.email, "name": user.name, "language": user.language}


def describe_grants(user: User) -> list[str]:
    """The roles held now, for the audit trail: `inspector`, or `inspector: Huyện Lâm Thao (…01/07/2025)`."""
    db.session.flush()
    return [grant.role.value + (f": {name_dated(grant.territory)}" if grant.territory else "")
            for grant in user.open_grants]


def name_dated(unit: AdminUnit) -> str:
    """A unit's name with the day it ended, in figures: the same in every language."""
    return unit.name + (f" (…{unit.valid_to:%d/%m/%Y})" if unit.valid_to else "")


def check_password(password: str, email: str) -> str:
    """The password itself. Raises Invalid when it will not do."""
    if fault := rules.find_password_fault(password, email):
        raise Invalid(label(fault), {"password": label(fault)})
    return password


def check_grants(roles: Grants) -> Grants:
    """The roles without repetition. Raises Invalid for an administrator of a part of the province only."""
    if any(role is Role.ADMIN and territory_id is not None for role, territory_id in roles):
        raise Invalid(_("An administrator is one everywhere. Take the territory away."), {})
    everywhere = {role for role, territory_id in roles if territory_id is None}
    wanted = {(role, territory_id) for role, territory_id in roles if territory_id is None or role not in everywhere}
    return sorted(wanted, key=lambda pair: (list(Role).index(pair[0]), pair[1] or 0))


def set_roles(user: User, roles: Grants, *, by: User | None, at: datetime) -> None:
    """Make these the roles somebody holds: what is missing is revoked, what is new is granted, the rest stays.

    Raises RuleBroken when no administrator would be left, or when people would take away their own administration.
    """
    wanted = set(check_grants(roles))
    if Role.ADMIN in user.roles and (Role.ADMIN, None) not in wanted:
        keep_an_admin(user, by)
    before = describe_grants(user)
    for grant in user.open_grants:
        if (grant.role, grant.territory_id) in wanted:
            wanted.remove((grant.role, grant.territory_id))
        else:
            grant.revoked_at = at
    user.grants += [RoleGrant(role=role, territory_id=place, granted_at=at) for role, place in check_grants([*wanted])]
    if describe_grants(user) != before:
        record("set_roles", user, by=by, at=at, before={"roles": before}, after={"roles": describe_grants(user)})


def keep_an_admin(user: User, by: User | None) -> None:
    """Raises RuleBroken when an installation would lose its last administrator, or people lock themselves out."""
    if by is not None and by.id == user.id:
        raise RuleBroken(_("You cannot take administration away from yourself. Ask another administrator."))
    if user.is_active and not queries.count_admins(besides=user):
        raise RuleBroken(_("This is the last administrator. Make somebody else an administrator first."))


def set_active(user: User, active: bool, *, by: User | None, at: datetime) -> None:
    """Close an account, which signs it out everywhere, or reopen it. Raises RuleBroken for the last administrator."""
    if user.is_active == active:
        return
    if not active:
        if by is not None and by.id == user.id:
            raise RuleBroken(_("You cannot close your own account. Ask another administrator."))
        if Role.ADMIN in user.roles:
            keep_an_admin(user, by)
        user.session_epoch += 1
    user.is_active = active
    record("reopen_account" if active else "close_account", user, by=by, at=at)


def change_password(user: User, password: str, *, by: User | None, at: datetime) -> None:
    """Set the password somebody chose; other browsers and all tablets are signed out, as by `sign_out_everywhere`.

    Raises Invalid when it will not do.
    """
    if passwords.matches(user.password_hash, password):
        message = _("Choose another password than the one you have now.")
        raise Invalid(message, {"password": message})
    user.password_hash = passwords.hash_password(check_password(password, user.email))
    user.must_change_password = False
    user.session_epoch += 1
    record("change_password", user, by=by, at=at)


def reset_password(user: User, *, by: User | None, at: datetime) -> str:
    """A one-time password to hand over; every device is signed out, and the person chooses an own one at sign-in."""
    password = passwords.invent()
    user.password_hash = passwords.hash_password(password)
    user.must_change_password = True
    user.session_epoch += 1
    record("reset_password", user, by=by, at=at)
    return password


def sign_out_everywhere(user: User, *, by: User | None, at: datetime) -> None:
    """Make every session cookie and every device's token of this account worthless.

    A tablet keeps what it holds and asks to sign in; a lost one must be revoked besides (`revoke_device`).
    """
    user.session_epoch += 1
    record("sign_out_everywhere", user, by=by, at=at)


def set_language(user: User, language: str, *, by: User | None, at: datetime) -> None:
    """Keep the language somebody reads in."""
    edit_user(user, email=user.email, name=user.name, language=language, by=by, at=at)


def authenticate(*, email: str, password: str, at: datetime) -> User | None:
    """Who signs in with these; None when they are wrong or the account is closed, without telling which.

    Records the attempt. Raises LockedOut, and records nothing, after too many failures for the address.
    """
    user = queries.find_user(email, lock=True)
    if queries.is_locked(email, at=at):
        raise LockedOut(_("Too many wrong passwords for this e-mail address. Wait 15 minutes and try again."))
    right = passwords.matches(user.password_hash if user else None, password)
    if user is None or not right or not user.is_active:
        record_attempt(email, succeeded=False, at=at)
        if user and queries.is_locked(email, at=at):
            record("lock_sign_in", user, by=None, at=at)
        return None
    record_attempt(email, succeeded=True, at=at)
    if passwords.is_outdated(user.password_hash):
        user.password_hash = passwords.hash_password(password)
    return user


def record_attempt(email: str, *, succeeded: bool, at: datetime) -> SignInAttempt:
    """Remember one try to sign in. The row is its own record: it gets no audit entry."""
    attempt = SignInAttempt(email=queries.spell_email(email)[:254], at=at, succeeded=succeeded)
    db.session.add(attempt)
    db.session.flush()
    return attempt


def purge_attempts(*, by: User | None, at: datetime) -> int:
    """Delete attempts to sign in older than 90 days; how many they were."""
    old = SignInAttempt.at < at - rules.KEEP_ATTEMPTS
    last = db.session.scalar(select(SignInAttempt).where(old).order_by(SignInAttempt.id.desc()).limit(1))
    if last is None:
        return 0
    count = db.session.scalar(select(func.count(SignInAttempt.id)).where(old)) or 0
    record("purge_attempts", last, by=by, at=at, count=count)
    db.session.execute(delete(SignInAttempt).where(old))
    return count
