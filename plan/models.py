"""Targets, thresholds and activities: what the plan promises and who advised whom."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from foundation.db import Base, Choice
from plan.rules import ActivityKind, Indicator
from retail.models import Establishment


class Target(Base):
    """A promised value on a day, e.g. 85 % coverage on 31/12/2025 in old Phú Thọ."""

    __tablename__ = "targets"
    __table_args__ = (UniqueConstraint("indicator", "due"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator: Mapped[Indicator] = mapped_column(Choice(Indicator, 20))
    due: Mapped[date]
    value: Mapped[Decimal]  # percent
    is_promise: Mapped[bool]  # from the plan itself; False: a straight line between promises
    legal_basis: Mapped[str] = mapped_column(String(200), default="")


class Threshold(Base):
    """The replaced share from which an establishment counts as covered, in one year (DOMAIN 5.4)."""

    __tablename__ = "thresholds"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    share: Mapped[Decimal]  # percent
    legal_basis: Mapped[str] = mapped_column(String(200), default="")

    @property
    def id(self) -> int:
        """A year has one threshold: the audit trail names it by its year."""
        return self.year


class Activity(Base):
    """Something done under the plan at one establishment."""

    __tablename__ = "activities"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ActivityKind] = mapped_column(Choice(ActivityKind, 20))
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishments.id"), index=True)
    held_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(500), default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    establishment: Mapped[Establishment] = relationship()
    people: Mapped[list["ActivityPerson"]] = relationship(back_populates="activity")


class ActivityPerson(Base):
    """Who gave the guidance."""

    __tablename__ = "activity_people"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)

    activity: Mapped[Activity] = relationship(back_populates="people")
    user: Mapped[User] = relationship()
