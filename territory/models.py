"""Administrative units and their changes. Identity is (level, code, valid_from): codes are reused (DOMAIN 2.3)."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.db import Base, Choice
from territory.rules import ChangeKind, Level


class AdminUnit(Base):
    """A province, district or commune between two dates; a re-organisation adds rows, it never edits them."""

    __tablename__ = "admin_units"
    __table_args__ = (
        UniqueConstraint("level", "code", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="dates"),
        Index("ix_admin_units_search_text", "search_text"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[Level] = mapped_column(Choice(Level, 10))
    code: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))  # with its kind: "Phường Việt Trì"
    kind: Mapped[str] = mapped_column(String(20))  # Tỉnh, Thành phố, Thị xã, Huyện, Phường, Thị trấn, Xã
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("admin_units.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]  # first day on which it is no longer valid
    legal_basis: Mapped[str] = mapped_column(String(200), default="")
    area_km2: Mapped[Decimal | None]
    lat: Mapped[Decimal | None]
    lon: Mapped[Decimal | None]
    hex_column: Mapped[int | None]
    hex_row: Mapped[int | None]
    search_text: Mapped[str] = mapped_column(String(80))
    sort_key: Mapped[str] = mapped_column(String(300))

    parent: Mapped["AdminUnit | None"] = relationship(remote_side=[id])


class AdminUnitChange(Base):
    """`from_unit` became (part of) `to_unit` on a day."""

    __tablename__ = "admin_unit_changes"
    __table_args__ = (UniqueConstraint("from_unit_id", "to_unit_id", "effective"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    from_unit_id: Mapped[int] = mapped_column(ForeignKey("admin_units.id"), index=True)
    to_unit_id: Mapped[int] = mapped_column(ForeignKey("admin_units.id"), index=True)
    effective: Mapped[date]
    kind: Mapped[ChangeKind] = mapped_column(Choice(ChangeKind, 10))
    is_default: Mapped[bool]  # of a divided unit: where a record goes when nobody says otherwise
    legal_basis: Mapped[str] = mapped_column(String(200), default="")

    from_unit: Mapped[AdminUnit] = relationship(foreign_keys=[from_unit_id])
    to_unit: Mapped[AdminUnit] = relationship(foreign_keys=[to_unit_id])


class Membership(Base):
    """Every commune, of any time, that lies inside a unit of any time. Rebuilt by each load; makes scope a join."""

    __tablename__ = "admin_unit_memberships"

    territory_id: Mapped[int] = mapped_column(ForeignKey("admin_units.id"), primary_key=True)
    commune_id: Mapped[int] = mapped_column(ForeignKey("admin_units.id"), primary_key=True, index=True)
