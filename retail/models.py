"""Enterprises, their establishments, and what changes about these with time."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from foundation.clock import find_on
from foundation.db import Base, Choice
from retail.rules import Kind, Status
from territory.models import AdminUnit


class Enterprise(Base):
    """The legal person that runs one or many establishments."""

    __tablename__ = "enterprises"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(240))
    search_text: Mapped[str] = mapped_column(String(260), index=True)
    tax_code: Mapped[str | None] = mapped_column(String(14), unique=True)  # 10 digits, or 10-3 for a branch
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    establishments: Mapped[list["Establishment"]] = relationship(back_populates="enterprise")


class Establishment(Base):
    """One place of trade. Its number is given once and never used again; where and whether it trades is dated."""

    __tablename__ = "establishments"
    __table_args__ = (
        # the list's order; with the words in it, a search reads this index and never the rows it does not show
        Index("ix_establishments_sort_key_id_search_text", "sort_key", "id", "search_text"),
        CheckConstraint("recorded_class IS NULL OR recorded_class BETWEEN 1 AND 3", name="class"),
        CheckConstraint("area_m2 IS NULL OR area_m2 > 0", name="area"),
        CheckConstraint("items IS NULL OR items >= 0", name="items"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="parent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(12), unique=True)  # "CS-000123"
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprises.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("establishments.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    search_text: Mapped[str] = mapped_column(String(1000))  # folded: name, number, enterprise, tax code, place
    sort_key: Mapped[str] = mapped_column(String(640))
    kind: Mapped[Kind] = mapped_column(Choice(Kind, 24), index=True)
    recorded_class: Mapped[int | None]  # 1 to 3, as on its papers; the suggested one is derived (retail.rules)
    area_m2: Mapped[int | None]
    items: Mapped[int | None]  # names of goods on sale
    branch_code: Mapped[str | None] = mapped_column(String(14))
    opened_on: Mapped[date | None]
    contact_post: Mapped[str] = mapped_column(String(80), default="")  # a post, not a person (DOMAIN 1.6)
    contact_phone: Mapped[str] = mapped_column(String(20), default="")
    contact_email: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    enterprise: Mapped[Enterprise] = relationship(back_populates="establishments")
    parent: Mapped["Establishment | None"] = relationship(remote_side=[id])
    statuses: Mapped[list["StatusSpan"]] = relationship(
        back_populates="establishment", order_by="StatusSpan.valid_from")
    locations: Mapped[list["Location"]] = relationship(
        back_populates="establishment", order_by="Location.valid_from")

    def status_on(self, day: date) -> Status | None:
        """Operating, paused or closed on a day; None before it was known."""
        span = find_on(self.statuses, day)
        return span.status if span else None

    def location_on(self, day: date) -> "Location | None":
        """Where it was on a day; its first place for a day before it was known."""
        return find_on(self.locations, day) or (self.locations[0] if self.locations else None)


class StatusSpan(Base):
    """Operating, paused or closed between two dates; exactly one open span (valid_to NULL) an establishment."""

    __tablename__ = "status_spans"
    __table_args__ = (
        UniqueConstraint("establishment_id", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="dates"),
        CheckConstraint("status IN ('operating','paused','closed')", name="status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishments.id"))
    status: Mapped[Status] = mapped_column(Choice(Status, 10))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]  # first day on which it no longer holds
    reason: Mapped[str] = mapped_column(String(300), default="")

    establishment: Mapped[Establishment] = relationship(back_populates="statuses")


class Location(Base):
    """Where it is between two dates, in a commune of those days."""

    __tablename__ = "locations"
    __table_args__ = (
        UniqueConstraint("establishment_id", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishments.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("admin_units.id"), index=True)
    address: Mapped[str] = mapped_column(String(200))  # house number, street; without the commune
    lat: Mapped[Decimal | None]
    lon: Mapped[Decimal | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    establishment: Mapped[Establishment] = relationship(back_populates="locations")
    unit: Mapped[AdminUnit] = relationship()

    @property
    def text(self) -> str:
        """The whole address by the units of its day: "Số 1, đường Thử, Phường Việt Trì"."""
        return ", ".join(part for part in (self.address, self.unit.name) if part)


class StoreUser(Base):
    """A store's own account sees the establishments of its enterprise."""

    __tablename__ = "store_users"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprises.id"), primary_key=True, index=True)

    user: Mapped[User] = relationship()
    enterprise: Mapped[Enterprise] = relationship()


class RegisterImport(Base):
    """A list somebody uploaded into the register: what was understood of it, and when it was confirmed, if it was."""

    __tablename__ = "register_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))  # the file (foundation.storage)
    file_name: Mapped[str] = mapped_column(String(200))
    sheet: Mapped[str] = mapped_column(String(120), default="")  # of a workbook; empty for a text file
    mapping: Mapped[dict] = mapped_column(JSON)  # heading rows, column → field, choices: importing.uploads
    plan_sha256: Mapped[str] = mapped_column(String(64), default="")  # the preview shown last; empty: columns missing
    plan_stamp: Mapped[str] = mapped_column(String(200), default="")  # what it held for: importing.lookups
    counts: Mapped[dict] = mapped_column(JSON)  # outcome → lines
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None] = mapped_column(index=True)

    created_by: Mapped[User] = relationship()
