"""Criteria sets: drafted, published, retired; published ones are immutable (also by trigger)."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from foundation.db import Base, Choice
from surveys.rules.words import AnswerType, Applies, Instrument, Measure, SubShare


class CriteriaSet(Base):
    """One version of the criteria with its packaging categories and levels."""

    __tablename__ = "criteria_sets"
    __table_args__ = (UniqueConstraint("code", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))  # PT-PPBV
    version: Mapped[str] = mapped_column(String(10))  # 1.0
    name_vi: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    standing_vi: Mapped[str] = mapped_column(String(300), default="")  # "mặc định, chờ Sở phê duyệt"
    standing_en: Mapped[str] = mapped_column(String(300), default="")
    legal_basis: Mapped[str] = mapped_column(String(300), default="")
    accepted_classes: Mapped[list[str]] = mapped_column(JSON)  # which of E1…E5 count as eco
    validity_months: Mapped[int] = mapped_column(default=36)  # of a certificate granted under it
    source_id: Mapped[int | None] = mapped_column(ForeignKey("criteria_sets.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    retired_at: Mapped[datetime | None]

    groups: Mapped[list["Group"]] = relationship(back_populates="criteria_set", order_by="Group.position")
    categories: Mapped[list["PackagingCategory"]] = relationship(
        back_populates="criteria_set", order_by="PackagingCategory.position")
    levels: Mapped[list["LevelRule"]] = relationship(back_populates="criteria_set", order_by="LevelRule.rank")
    published_by: Mapped[User | None] = relationship()

    @property
    def criteria_by_code(self) -> dict[str, "Criterion"]:
        """Every criterion, in the order of the form."""
        return {criterion.code: criterion for group in self.groups for criterion in group.criteria}


class Group(Base):
    """A heading with its points, e.g. B, 34 points."""

    __tablename__ = "criteria_groups"
    __table_args__ = (UniqueConstraint("criteria_set_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    criteria_set_id: Mapped[int] = mapped_column(ForeignKey("criteria_sets.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(4))
    title_vi: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200))
    weight: Mapped[Decimal]  # points in all

    criteria_set: Mapped[CriteriaSet] = relationship(back_populates="groups")
    criteria: Mapped[list["Criterion"]] = relationship(back_populates="group", order_by="Criterion.position")


class Criterion(Base):
    """One question. How it scores is data: lo/hi, bands or anchors."""

    __tablename__ = "criteria"
    __table_args__ = (
        UniqueConstraint("group_id", "code"),
        CheckConstraint("type IN ('bool','scale4','percent','count','computed')", name="type"),
        CheckConstraint("applies_to IN ('ALL','ST','TTTM')", name="applies_to"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("criteria_groups.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(6))
    title_vi: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300))
    type: Mapped[AnswerType] = mapped_column(Choice(AnswerType, 10))
    is_must: Mapped[bool]
    weight: Mapped[Decimal]  # 0 for a must
    applies_to: Mapped[Applies] = mapped_column(Choice(Applies, 4))
    lo: Mapped[Decimal | None]  # percent, computed: share that gives 0 points
    hi: Mapped[Decimal | None]  # percent, computed: share that gives full weight
    bands: Mapped[list | None] = mapped_column(JSON)  # count: [[from, "points"], …] ascending
    anchors_vi: Mapped[list | None] = mapped_column(JSON)  # scale4: five texts
    anchors_en: Mapped[list | None] = mapped_column(JSON)
    measure: Mapped[Measure | None] = mapped_column(Choice(Measure, 10))  # computed
    instrument: Mapped[Instrument | None] = mapped_column(Choice(Instrument, 10))
    na_allowed: Mapped[bool] = mapped_column(default=False)
    na_hint_vi: Mapped[str] = mapped_column(String(200), default="")
    na_hint_en: Mapped[str] = mapped_column(String(200), default="")
    evidence_vi: Mapped[str] = mapped_column(String(300), default="")  # what to bring
    evidence_en: Mapped[str] = mapped_column(String(300), default="")
    evidence_kinds: Mapped[list[str]] = mapped_column(JSON)  # each of EvidenceKind here must be attached
    counts_for_coverage: Mapped[bool] = mapped_column(default=False)  # must be yes to be covered (DOMAIN 5.4)
    basis: Mapped[str] = mapped_column(String(200), default="")

    group: Mapped[Group] = relationship(back_populates="criteria")


class PackagingCategory(Base):
    """A line of the packaging sheet, with its plastic per unit (DOMAIN 5.3)."""

    __tablename__ = "packaging_categories"
    __table_args__ = (
        UniqueConstraint("criteria_set_id", "code"),
        CheckConstraint("sub_share IS NULL OR sub_share IN ('checkout','fresh','tableware','boxes')", name="sub_share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    criteria_set_id: Mapped[int] = mapped_column(ForeignKey("criteria_sets.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(6))
    name_vi: Mapped[str] = mapped_column(String(160))
    name_en: Mapped[str] = mapped_column(String(160))
    unit_vi: Mapped[str] = mapped_column(String(10))
    unit_en: Mapped[str] = mapped_column(String(10))
    grams: Mapped[Decimal]  # plastic per unit; a placeholder until weighed
    weighed_on: Mapped[date | None]
    weighed_by: Mapped[str] = mapped_column(String(120), default="")
    in_ratio: Mapped[bool]
    sub_share: Mapped[SubShare | None] = mapped_column(Choice(SubShare, 10))
    takes_tally: Mapped[bool] = mapped_column(default=False)  # the 100-customer count belongs here
    legal_basis: Mapped[str] = mapped_column(String(120), default="")

    criteria_set: Mapped[CriteriaSet] = relationship(back_populates="categories")


class LevelRule(Base):
    """What a level asks for: points in all, and a least share of each group (DOMAIN 5.2, rule 6)."""

    __tablename__ = "level_rules"
    __table_args__ = (UniqueConstraint("criteria_set_id", "rank"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    criteria_set_id: Mapped[int] = mapped_column(ForeignKey("criteria_sets.id"))
    rank: Mapped[int]  # 1 is the lowest
    name_vi: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    least_total: Mapped[Decimal]  # points
    least_group: Mapped[Decimal]  # percent of each group not named below
    least_by_group: Mapped[dict] = mapped_column(JSON)  # {"B": "60"}: percent

    criteria_set: Mapped[CriteriaSet] = relationship(back_populates="levels")
