"""Visits, surveys and everything recorded on one. The tablet names its records: a survey's id is a client UUID."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from foundation.db import Base, Choice, Exact
from retail.models import Establishment
from retail.rules import Kind
from surveys.models.criteria import CriteriaSet, Criterion, PackagingCategory
from surveys.rules.document import empty
from surveys.rules.words import (
    EvidenceKind,
    MaterialClass,
    Nature,
    ReviewOutcome,
    Side,
    SurveyState,
)
from territory.models import AdminUnit


class Visit(Base):
    """A planned visit of a team to an establishment."""

    __tablename__ = "visits"
    __table_args__ = (
        CheckConstraint("nature IN ('planned','certification','surveillance','complaint','follow_up')", name="nature"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishments.id"), index=True)
    criteria_set_id: Mapped[int] = mapped_column(ForeignKey("criteria_sets.id"))
    nature: Mapped[Nature] = mapped_column(Choice(Nature, 14))
    planned_on: Mapped[date] = mapped_column(index=True)
    plan_number: Mapped[str] = mapped_column(String(40), default="")
    follows_id: Mapped[str | None] = mapped_column(  # whose open nonconformities a follow-up looks at again
        ForeignKey("surveys.id", use_alter=True))
    cancelled_at: Mapped[datetime | None]
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    establishment: Mapped[Establishment] = relationship()
    criteria_set: Mapped[CriteriaSet] = relationship()
    members: Mapped[list["VisitMember"]] = relationship(back_populates="visit", order_by="VisitMember.user_id")
    surveys: Mapped[list["Survey"]] = relationship(
        back_populates="visit", order_by="Survey.created_at", foreign_keys="Survey.visit_id")
    follows: Mapped["Survey | None"] = relationship(foreign_keys=follows_id)


class VisitMember(Base):
    """Who goes. Everyone here took part in the evaluation."""

    __tablename__ = "visit_members"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    is_lead: Mapped[bool] = mapped_column(default=False)

    visit: Mapped[Visit] = relationship(back_populates="members")
    user: Mapped[User] = relationship()


class Survey(Base):
    """One filled-in form, pinned to one criteria set: a draft, sealed by its record, submitted when all files are here.

    What is sealed is never changed, what is submitted least of all (also by trigger).
    """

    __tablename__ = "surveys"
    __table_args__ = (
        Index("ix_surveys_establishment_id_period_to", "establishment_id", "period_to"),
        CheckConstraint("(submitted_at IS NULL) = (score IS NULL)", name="scored_when_submitted"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # lower-case UUID, chosen by the tablet
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishments.id"))
    criteria_set_id: Mapped[int] = mapped_column(ForeignKey("criteria_sets.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    replaces_id: Mapped[str | None] = mapped_column(ForeignKey("surveys.id"))  # the returned one it corrects
    twin_of_id: Mapped[str | None] = mapped_column(ForeignKey("surveys.id"))  # under whose id other bytes were sent
    moved_from_id: Mapped[str | None] = mapped_column(ForeignKey("surveys.id"))  # the same on an older criteria set
    moved_at: Mapped[datetime | None]  # when it went on as another survey, on a newer criteria set
    taken_back_by_id: Mapped[str | None] = mapped_column(  # the survey with which a tablet goes on from this record
        ForeignKey("surveys.id"))

    # The establishment as it was that day: never rewritten (DOMAIN 2.5, rule 1).
    establishment_name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[Kind] = mapped_column(Choice(Kind, 24))
    unit_id: Mapped[int] = mapped_column(ForeignKey("admin_units.id"))
    address: Mapped[str] = mapped_column(String(300))

    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=0)  # raised by each save: two browsers cannot overwrite unseen
    # The one truth of what it says and shows: the whole canonical document (surveys.rules.document) and the manifest
    # of its files (surveys.rules.manifest). The rows below are copies of it, written once, for queries.
    document: Mapped[dict] = mapped_column(JSON, default=empty, deferred=True, deferred_group="content")
    manifest: Mapped[list] = mapped_column(JSON, default=list, deferred=True, deferred_group="content")
    copy_id: Mapped[str | None] = mapped_column(String(36))  # of the tablet's copy that saved last
    copy_version: Mapped[int | None]  # how often that copy had been changed: an older one that comes late is not kept

    # What came when it was sealed; unchanged from then on (also by trigger).
    delivered_at: Mapped[datetime | None]  # when the server had the record; its files may still lack
    record: Mapped[str | None] = mapped_column(Text, deferred=True)  # the bytes as received
    record_sha256: Mapped[str | None] = mapped_column(String(64))  # of those bytes
    receipt: Mapped[str | None] = mapped_column(Text, deferred=True)  # signed, see foundation.signing
    completion: Mapped[str | None] = mapped_column(Text, deferred=True)  # signed when nothing lacked any more
    device_score: Mapped[dict | None] = mapped_column(JSON, deferred=True, deferred_group="content")  # the tablet's
    skew_ms: Mapped[int | None] = mapped_column(BigInteger)  # the device's clock minus the server's when it was sent
    app_version: Mapped[str | None] = mapped_column(String(40))  # of the form it was filled in with
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(index=True)  # when everything was here

    # Written when it was submitted: what lists and figures are ordered and found by, and what the scoring said.
    observed_at: Mapped[datetime | None]  # when it was seen, by the tablet's clock
    period_to: Mapped[date | None]  # last day of the packaging sheet
    score: Mapped[dict | None] = mapped_column(JSON)  # line by line, see surveys.rules.scoring; a test recomputes it
    total: Mapped[Decimal | None]
    level_rank: Mapped[int | None]  # None: no level reached
    replaced_grams: Mapped[Decimal | None] = mapped_column(Exact(28))  # numerator of R
    used_grams: Mapped[Decimal | None] = mapped_column(Exact(28))  # denominator of R
    coverage_conditions_met: Mapped[bool | None]  # every counts_for_coverage criterion is yes
    is_demo: Mapped[bool] = mapped_column(default=False)

    visit: Mapped[Visit] = relationship(back_populates="surveys", foreign_keys=visit_id)
    taken_back_by: Mapped["Survey | None"] = relationship(foreign_keys=taken_back_by_id, remote_side=id)
    establishment: Mapped[Establishment] = relationship()
    criteria_set: Mapped[CriteriaSet] = relationship()
    author: Mapped[User] = relationship()
    unit: Mapped[AdminUnit] = relationship()
    answers: Mapped[list["Answer"]] = relationship(back_populates="survey")
    lines: Mapped[list["PackagingLine"]] = relationship(back_populates="survey", order_by="PackagingLine.id")
    bags: Mapped[list["BagSample"]] = relationship(back_populates="survey", order_by="BagSample.position")
    evidence: Mapped[list["Evidence"]] = relationship(back_populates="survey", order_by="Evidence.received_at")
    signatures: Mapped[list["Signature"]] = relationship(back_populates="survey")
    reviews: Mapped[list["Review"]] = relationship(back_populates="survey", order_by="Review.id")

    @property
    def state(self) -> SurveyState:
        """Derived from what happened."""
        if self.moved_at:
            return SurveyState.MOVED
        if self.submitted_at is None:
            arriving = SurveyState.TAKEN_BACK if self.taken_back_by_id else SurveyState.ARRIVING
            return arriving if self.delivered_at else SurveyState.DRAFT
        return SurveyState(self.reviews[-1].outcome) if self.reviews else SurveyState.SUBMITTED


class Answer(Base):
    """What was said to one criterion. Missing (no row, or nothing in it), no, and not applicable are three things."""

    __tablename__ = "answers"
    __table_args__ = (
        UniqueConstraint("survey_id", "criterion_id"),
        CheckConstraint("step IS NULL OR step BETWEEN 0 AND 4", name="step"),
        CheckConstraint("number IS NULL OR number >= 0", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criteria.id"))
    yes: Mapped[bool | None]  # bool
    step: Mapped[int | None]  # scale4
    numerator: Mapped[Decimal | None]  # percent
    denominator: Mapped[Decimal | None]
    number: Mapped[int | None]  # count
    not_applicable: Mapped[bool] = mapped_column(default=False)
    na_reason: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(Text, default="")

    survey: Mapped[Survey] = relationship(back_populates="answers")
    criterion: Mapped[Criterion] = relationship()


class PackagingLine(Base):
    """Category × material class: used = opening + purchased − closing − returned."""

    __tablename__ = "packaging_lines"
    __table_args__ = (UniqueConstraint("survey_id", "category_id", "material_class"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("packaging_categories.id"))
    material_class: Mapped[MaterialClass] = mapped_column(Choice(MaterialClass, 2))
    opening: Mapped[Decimal] = mapped_column(default=Decimal(0))
    purchased: Mapped[Decimal] = mapped_column(default=Decimal(0))
    closing: Mapped[Decimal] = mapped_column(default=Decimal(0))
    returned: Mapped[Decimal] = mapped_column(default=Decimal(0))
    proof_number: Mapped[str] = mapped_column(String(60), default="")
    proof_holder: Mapped[str] = mapped_column(String(160), default="")
    proof_expires_on: Mapped[date | None]
    has_statement: Mapped[bool] = mapped_column(default=False)  # E4: supplier's statement of material
    note: Mapped[str] = mapped_column(String(300), default="")

    survey: Mapped[Survey] = relationship(back_populates="lines")
    category: Mapped[PackagingCategory] = relationship()


class BagSample(Base):
    """One kind of bag measured: both sides and five thickness readings (DOMAIN 5.2, rule 11)."""

    __tablename__ = "bag_samples"
    __table_args__ = (UniqueConstraint("survey_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(120), default="")
    width_cm: Mapped[Decimal | None]
    height_cm: Mapped[Decimal | None]
    readings_um: Mapped[list] = mapped_column(JSON)  # up to five, as text; null where not read yet
    hard_to_degrade: Mapped[bool | None]
    prepack: Mapped[bool | None]  # used to pack goods before sale: outside art. 64

    survey: Mapped[Survey] = relationship(back_populates="bags")


class Evidence(Base):
    """A photo or document. The stored original never changes; sha256 names it."""

    __tablename__ = "evidence"
    __table_args__ = (CheckConstraint("kind IN ('photo','document')", name="kind"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # client UUID
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"), index=True)
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("criteria.id"))  # None: about the packaging sheet
    category_id: Mapped[int | None] = mapped_column(ForeignKey("packaging_categories.id"))
    kind: Mapped[EvidenceKind] = mapped_column(Choice(EvidenceKind, 8))
    caption: Mapped[str] = mapped_column(String(200), default="")
    sha256: Mapped[str] = mapped_column(String(64), index=True)  # of the stored bytes
    received_sha256: Mapped[str] = mapped_column(String(64))  # of the bytes as sent: what a device can check
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]  # bytes
    width: Mapped[int | None]  # pixels
    height: Mapped[int | None]
    taken_at: Mapped[datetime | None]
    lat: Mapped[Decimal | None]
    lon: Mapped[Decimal | None]
    accuracy_m: Mapped[Decimal | None]
    place_reason: Mapped[str] = mapped_column(String(12), default="")  # why there is no position: basement, …
    store_code: Mapped[str] = mapped_column(String(200), default="")  # read from the store's own QR code instead
    received_at: Mapped[datetime]
    received_from_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    removed_at: Mapped[datetime | None]  # struck out while still a draft; kept

    survey: Mapped[Survey] = relationship(back_populates="evidence")
    criterion: Mapped[Criterion | None] = relationship()
    category: Mapped[PackagingCategory | None] = relationship()


class Signature(Base):
    """Strokes, not a picture: redrawn on any screen and paper; or why the store gave none."""

    __tablename__ = "signatures"
    __table_args__ = (
        UniqueConstraint("survey_id", "side"), CheckConstraint("side IN ('team','store')", name="side"),
        CheckConstraint("refused = '' OR side = 'store'", name="refused"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"))
    side: Mapped[Side] = mapped_column(Choice(Side, 5))
    title: Mapped[str] = mapped_column(String(120))  # the signer's post
    strokes: Mapped[list] = mapped_column(JSON)  # [[[x, y], …], …], 0 to 1000 across the wider side
    refused: Mapped[str] = mapped_column(String(300), default="")  # the store's reason; there are no strokes then
    signed_at: Mapped[datetime]

    survey: Mapped[Survey] = relationship(back_populates="signatures")


class Review(Base):
    """The technical review of a submitted survey by someone who took no part in it (DOMAIN 4, row 13)."""

    __tablename__ = "reviews"
    __table_args__ = (CheckConstraint("outcome IN ('approved','returned','set_aside')", name="outcome"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"), index=True)
    outcome: Mapped[ReviewOutcome] = mapped_column(Choice(ReviewOutcome, 12))
    reasons: Mapped[str] = mapped_column(Text)
    na_confirmed: Mapped[bool] = mapped_column(default=False)  # over 30 % of a group's points are N/A, rightly
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reviewed_at: Mapped[datetime] = mapped_column(index=True)

    survey: Mapped[Survey] = relationship(back_populates="reviews")
    reviewer: Mapped[User] = relationship()
