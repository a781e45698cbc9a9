"""How people, their devices, their attempts to sign in and the audit trail are read."""

import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import Select, and_, bindparam, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from accounts import rules
from accounts.models import Device, RoleGrant, SignInAttempt, User
from accounts.permissions import GRANTS, Holder, Permission, Role
from foundation.audit import AuditEntry
from foundation.db import db, table_of
from foundation.errors import NotFound
from foundation.prepared import Prepared
from foundation.text import clean, fold

PAGE = 50


def spell_email(email: str) -> str:
    """The one spelling an e-mail address is stored in."""
    return clean(email).lower()


def find_user(email: str, *, lock: bool = False) -> User | None:
    """The account of an e-mail address. `lock` makes others who ask for it wait for this transaction (PostgreSQL)."""
    wanted = select(User).where(User.email == spell_email(email)).options(selectinload(User.grants))
    return db.session.scalar(wanted.with_for_update() if lock else wanted)


def get_user(user_id: int) -> User:
    """One person with their grants. Raises NotFound."""
    grants = selectinload(User.grants).joinedload(RoleGrant.territory)
    user = db.session.scalar(select(User).where(User.id == user_id).options(grants))
    if user is None:
        raise NotFound(_("There is no such person. Look for them in the list of people."))
    return user


def count_users() -> int:
    """How many accounts there are, closed ones too."""
    return db.session.scalar(select(func.count(User.id))) or 0


def has_demo_people() -> bool:
    """Whether demo data are loaded."""
    return bool(db.session.scalar(select(exists().where(User.is_demo))))


def holding(roles: set[Role]) -> Select:
    """Ids of the people who hold one of these roles now."""
    return select(RoleGrant.user_id).where(RoleGrant.revoked_at.is_(None), RoleGrant.role.in_(roles))


def list_people_with(permission: Permission) -> Sequence[User]:
    """Active people who may do something somewhere, in Vietnamese order."""
    roles = {role for role, permissions in GRANTS.items() if permission in permissions}
    wanted = select(User).where(User.is_active, User.id.in_(holding(roles))).order_by(User.sort_key, User.id)
    return db.session.scalars(wanted.options(selectinload(User.grants))).all()


def count_admins(*, besides: User) -> int:
    """Active administrators other than this person."""
    wanted = select(func.count(User.id)).where(User.is_active, User.id != besides.id,
                                               User.id.in_(holding({Role.ADMIN})))
    return db.session.scalar(wanted) or 0


def list_people(*, search: str = "", role: Role | None = None, closed: bool = False,
                page: int = 1) -> tuple[Sequence[User], int]:
    """One page of people in Vietnamese order with their grants, and how many match in all."""
    wanted = select(User).where(User.is_active.is_(not closed))
    for part in fold(search).split():
        wanted = wanted.where(User.search_text.contains(part, autoescape=True))
    if role is not None:
        wanted = wanted.where(User.id.in_(holding({role})))
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    grants = selectinload(User.grants).joinedload(RoleGrant.territory)
    rows = wanted.options(grants).order_by(User.sort_key, User.id).limit(PAGE).offset((page - 1) * PAGE)
    return db.session.scalars(rows).all(), total


def list_everybody() -> Sequence[tuple[int, str]]:
    """Id and name of every account ever made, in Vietnamese order: those who may stand in the audit trail."""
    return [(user_id, name) for user_id, name in
            db.session.execute(select(User.id, User.name).order_by(User.sort_key, User.id))]


def is_locked(email: str, *, at: datetime) -> bool:
    """Whether too many wrong passwords were given for this address. Holds for unknown addresses too."""
    since = at - rules.LOCK_WINDOW
    attempts = db.session.scalars(
        select(SignInAttempt).where(SignInAttempt.email == spell_email(email), SignInAttempt.at > since)
        .order_by(SignInAttempt.at.desc(), SignInAttempt.id.desc()).limit(rules.LOCK_AFTER)).all()
    failures = []
    for attempt in attempts:
        if attempt.succeeded:
            break
        failures.append(attempt.at)
    return rules.is_locked(failures, at)


def list_attempts(user: User, limit: int = 10) -> Sequence[SignInAttempt]:
    """The latest attempts to sign in as this person, newest first."""
    return db.session.scalars(
        select(SignInAttempt).where(SignInAttempt.email == user.email)
        .order_by(SignInAttempt.at.desc(), SignInAttempt.id.desc()).limit(limit)).all()


class Grant(NamedTuple):
    """A role held now."""

    role: Role
    territory_id: int | None
    revoked_at: None = None


@dataclass(frozen=True)
class Bearer(Holder):
    """The owner of a device as its token signs them in: who they are and what they may do, in one statement."""

    id: int
    name: str
    language: str
    must_change_password: bool
    grants: tuple[Grant, ...]
    device_id: int
    is_revoked: bool
    is_signed_out: bool  # the token ended with its owner's sessions; signing in on the device makes a new one


PERSON, TABLET, GRANT = (table_of(model).c for model in (User, Device, RoleGrant))
HOLDERS = (
    select(PERSON.id, PERSON.name, PERSON.language, PERSON.must_change_password, PERSON.is_active, PERSON.session_epoch,
           TABLET.id.label("device_id"), TABLET.token_sha256, TABLET.session_epoch.label("token_epoch"),
           TABLET.revoked_at, GRANT.role, GRANT.territory_id)
    .join_from(table_of(Device), table_of(User), TABLET.user_id == PERSON.id)
    .outerjoin(table_of(RoleGrant), and_(GRANT.user_id == PERSON.id, GRANT.revoked_at.is_(None)))
    .where(TABLET.id == bindparam("device")))
BEARER = Prepared(HOLDERS)
TOKEN = HOLDERS.selected_columns.keys().index("token_sha256")


def find_bearer(token: str) -> Bearer | None:
    """Whom a device's token signs in, revoked or not, in one statement.

    None when there is no such token; how long that takes tells nothing about the right one.
    """
    if (parts := rules.read_token(token)) is None:
        return None
    device_id, secret = parts
    rows = BEARER.rows(device=device_id)
    if not hmac.compare_digest(rows[0][TOKEN] if rows else "", rules.digest(secret)):
        return None
    return read_bearer(tuple(rows))


@lru_cache(maxsize=500)
def read_bearer(rows: tuple[tuple, ...]) -> Bearer:
    """What the rows of one device say, one a grant: the same as long as nothing of it changed."""
    found = [BEARER.read(row) for row in rows]
    one = found[0]
    return Bearer(
        one.id, one.name, one.language, one.must_change_password,
        tuple(Grant(row.role, row.territory_id) for row in found if row.role is not None), one.device_id,
        is_revoked=one.revoked_at is not None,
        is_signed_out=one.session_epoch != one.token_epoch or not one.is_active)


def get_device(device_id: int, *, of: int | None = None) -> Device:
    """A device with its owner; `of`: only when it is this person's. Raises NotFound."""
    wanted = select(Device).where(Device.id == device_id).options(joinedload(Device.user))
    device = db.session.scalar(wanted if of is None else wanted.where(Device.user_id == of))
    if device is None:
        raise NotFound(_("There is no such tablet. Look for it in the list of tablets."))
    return device


def list_devices(user_id: int) -> Sequence[Device]:
    """A person's devices: those lately heard of first, revoked ones last."""
    wanted = select(Device).where(Device.user_id == user_id).options(joinedload(Device.user))
    return db.session.scalars(wanted.order_by(
        Device.revoked_at.is_not(None), Device.last_seen_at.desc(), Device.id.desc())).all()


def list_all_devices(*, search: str = "", revoked: bool = False, page: int = 1) -> tuple[Sequence[Device], int]:
    """One page of everybody's devices and how many there are in all: what waits longest first, then by last contact."""
    wanted = select(Device).join(Device.user).where(
        Device.revoked_at.is_not(None) if revoked else Device.revoked_at.is_(None))
    for part in fold(search).split():
        wanted = wanted.where(User.search_text.contains(part, autoescape=True))
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = wanted.options(contains_eager(Device.user)).order_by(
        Device.queue_oldest_at.is_(None), Device.queue_oldest_at, Device.last_seen_at.desc(), Device.id.desc())
    return db.session.scalars(rows.limit(PAGE).offset((page - 1) * PAGE)).all(), total


def list_waiting(user_ids: Collection[int], at: datetime) -> Sequence[Device]:
    """The devices of these people with things unsent at an instant, the oldest first. Revoked ones send nothing."""
    return db.session.scalars(
        select(Device).options(joinedload(Device.user, innerjoin=True))
        .where(Device.user_id.in_(user_ids), Device.queue_oldest_at <= at, Device.revoked_at.is_(None))
        .order_by(Device.queue_oldest_at, Device.id)).all()


@dataclass(frozen=True)
class Trail:
    """What to show of the audit trail; empty fields do not narrow it. `before` is the id the page ends above."""

    actor_id: int | None = None
    verb: str = ""
    kind: str = ""
    subject_id: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


def list_audit(trail: Trail) -> tuple[Sequence[AuditEntry], bool]:
    """One page of the audit trail, newest first, and whether older entries follow."""
    wanted = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(PAGE + 1)
    equal = {AuditEntry.actor_id: trail.actor_id, AuditEntry.verb: trail.verb, AuditEntry.subject_kind: trail.kind,
             AuditEntry.subject_id: trail.subject_id}
    for column, value in equal.items():
        if value:
            wanted = wanted.where(column == value)
    if trail.since:
        wanted = wanted.where(AuditEntry.at >= trail.since)
    if trail.until:
        wanted = wanted.where(AuditEntry.at <= trail.until)
    if trail.before:
        wanted = wanted.where(AuditEntry.id < trail.before)
    rows = db.session.scalars(wanted).all()
    return rows[:PAGE], len(rows) > PAGE


def list_audit_words() -> tuple[Sequence[str], Sequence[str]]:
    """The verbs and the kinds of subject that occur in the audit trail."""
    verbs = db.session.scalars(select(AuditEntry.verb).distinct().order_by(AuditEntry.verb)).all()
    kinds = db.session.scalars(select(AuditEntry.subject_kind).distinct().order_by(AuditEntry.subject_kind)).all()
    return verbs, kinds
