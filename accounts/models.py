"""People who sign in, the roles they hold, the doors they knocked on."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from accounts.permissions import Holder, Role
from accounts.rules import is_askew, tone_of_wait
from foundation.db import Base, Choice
from foundation.text import fold, sort_key
from territory.models import AdminUnit


class User(Holder, Base):
    """A person with an account. Never deleted: what they did keeps pointing at them."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # lower case
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="vi")
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    session_epoch: Mapped[int] = mapped_column(default=0)  # raised by "sign out everywhere"
    must_change_password: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    search_text: Mapped[str] = mapped_column(String(400))  # name and e-mail, folded
    sort_key: Mapped[str] = mapped_column(String(500), index=True)

    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="user", order_by="RoleGrant.id")

    def get_id(self) -> str:
        """For the session cookie: a raised epoch makes every older cookie worthless."""
        return f"{self.id}.{self.session_epoch}"

    @validates("name", "email")
    def renew_search(self, field: str, value: str) -> str:
        """Keep the folded text for search and the order (given name first, as Vietnamese lists have it) in step."""
        other = self.email if field == "name" else self.name
        self.search_text = fold(f"{value} {other or ''}")
        if field == "name":
            self.sort_key = sort_key(" ".join([*value.split()[-1:], value]))[:500]
        return value

    @property
    def open_grants(self) -> list["RoleGrant"]:
        """The grants that hold now, in the order of the roles."""
        order = list(Role)
        return sorted((g for g in self.grants if g.revoked_at is None), key=lambda g: order.index(g.role))


class RoleGrant(Base):
    """A role given to a person, everywhere or within one territory; taken back by a date, never deleted."""

    __tablename__ = "role_grants"
    __table_args__ = (CheckConstraint(
        "role IN ('inspector','lead','reviewer','decider','clerk','admin','viewer','store')", name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    role: Mapped[Role] = mapped_column(Choice(Role, 12))
    territory_id: Mapped[int | None] = mapped_column(ForeignKey("admin_units.id"))
    granted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(back_populates="grants")
    territory: Mapped[AdminUnit | None] = relationship()


class SignInAttempt(Base):
    """One try to sign in: for the lock-out and for the person to see. Deleted after 90 days."""

    __tablename__ = "sign_in_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    succeeded: Mapped[bool]


class Device(Base):
    """A browser in which a person surveys: what it signs in with, what opens its store, what it last said of its queue.

    Never deleted. The token ends when the device is revoked, and with every session of its owner
    (`User.session_epoch`); the secret is given out to the signed-in owner until the device is revoked.
    """

    __tablename__ = "devices"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    token_sha256: Mapped[str] = mapped_column(String(64))  # of the token's secret half; the token itself is not kept
    session_epoch: Mapped[int]  # its owner's when the token was made
    secret: Mapped[str] = mapped_column(String(43))  # 32 bytes, base64url: half of what opens the store on the device
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]  # when it last reported
    revoked_at: Mapped[datetime | None]
    app_version: Mapped[str] = mapped_column(String(40), default="")
    skew_ms: Mapped[int | None] = mapped_column(BigInteger)  # its clock less ours
    queue_count: Mapped[int] = mapped_column(default=0)  # records not received here yet …
    queue_files: Mapped[int] = mapped_column(default=0)
    queue_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    queue_oldest_at: Mapped[datetime | None]  # … and since when the oldest waits, by our clock; None: nothing waits
    drafts: Mapped[int] = mapped_column(default=0)
    storage_persisted: Mapped[bool | None]  # whether the browser promised not to clear it
    storage_free: Mapped[int | None] = mapped_column(BigInteger)  # bytes

    user: Mapped[User] = relationship()

    @property
    def is_signed_out(self) -> bool:
        """Its token ended with its owner's sessions; signing in on it makes a new one."""
        return self.session_epoch != self.user.session_epoch or not self.user.is_active

    @property
    def is_askew(self) -> bool:
        return is_askew(self.skew_ms)

    def tone_at(self, at: datetime) -> str:
        """How its unsent things are shown: "", "warn" or "no"."""
        return tone_of_wait(self.queue_oldest_at, at)
