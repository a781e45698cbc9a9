"""Applications, decisions, certificates and what happened to them. Decided rows are never changed (also by trigger)."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from certification.rules import (
    CertificateState,
    EventKind,
    Outcome,
    format_application_number,
    format_certificate_number,
    format_decision_number,
    state_on,
)
from foundation.db import Base, Choice
from retail.models import Establishment
from surveys.models import CriteriaSet, Survey


class Issuer(Base):
    """Who certifies and on which legal basis, as printed from a day on. Never changed: a correction is a newer row."""

    __tablename__ = "issuers"

    id: Mapped[int] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(index=True)
    superior_body: Mapped[str] = mapped_column(String(120))
    issuing_body: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(60))
    certifier_vi: Mapped[str] = mapped_column(String(160))
    certifier_en: Mapped[str] = mapped_column(String(160))
    legal_basis: Mapped[list[str]] = mapped_column(JSON)  # whole lines "Căn cứ …;"
    signing_authority: Mapped[list[str]] = mapped_column(JSON)  # lines: "KT. Giám đốc", "Phó Giám đốc"
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    created_by: Mapped[User | None] = relationship()


class Application(Base):
    """A store asks to be certified. State is derived from its decision and its survey's reviews."""

    __tablename__ = "applications"
    __table_args__ = (UniqueConstraint("year", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    sequence: Mapped[int]  # shown as 0023/2026
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishments.id"), index=True)
    received_on: Mapped[date]
    requested_level: Mapped[int | None]
    scope_vi: Mapped[str] = mapped_column(String(300), default="")
    scope_en: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    survey_id: Mapped[str | None] = mapped_column(ForeignKey("surveys.id"), index=True)  # the evaluation it rests on
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    establishment: Mapped[Establishment] = relationship()
    survey: Mapped[Survey | None] = relationship()
    created_by: Mapped[User | None] = relationship()
    decision: Mapped["Decision | None"] = relationship(back_populates="application")

    @property
    def number(self) -> str:
        """0023/2026."""
        return format_application_number(self.sequence, self.year)


class Decision(Base):
    """One decision on one application, by a person who neither surveyed, advised nor reviewed."""

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("year", "sequence"),
        CheckConstraint("outcome IN ('granted','refused')", name="outcome"),
        CheckConstraint("(outcome = 'granted') = (level_rank IS NOT NULL)", name="level_when_granted"),
        CheckConstraint("outcome = 'granted' OR length(reasons) > 0", name="reasons_when_refused"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), unique=True)
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"))
    year: Mapped[int]
    sequence: Mapped[int]  # shown as 0012/2026/QĐ-SCT
    outcome: Mapped[Outcome] = mapped_column(Choice(Outcome, 8))
    level_rank: Mapped[int | None]
    reasons: Mapped[str] = mapped_column(Text)
    decider_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    decided_on: Mapped[date]
    decided_at: Mapped[datetime]

    application: Mapped[Application] = relationship(back_populates="decision")
    survey: Mapped[Survey] = relationship()
    decider: Mapped[User] = relationship()
    certificate: Mapped["Certificate | None"] = relationship(back_populates="decision")

    @property
    def number(self) -> str:
        """0012/2026/QĐ-SCT."""
        return format_decision_number(self.sequence, self.year)


class Certificate(Base):
    """Issued once by a granting decision. What is printed is frozen in `facts`; its state is derived from events."""

    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("year", "sequence"),
        CheckConstraint("valid_until > valid_from", name="validity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), unique=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishments.id"), index=True)
    criteria_set_id: Mapped[int] = mapped_column(ForeignKey("criteria_sets.id"))
    year: Mapped[int]
    sequence: Mapped[int]  # shown as 0007/2026/GCN-SCT
    code: Mapped[str] = mapped_column(String(16), unique=True)  # in the QR; upper case
    level_rank: Mapped[int]
    valid_from: Mapped[date]
    valid_until: Mapped[date]  # last day on which it is valid
    facts: Mapped[dict] = mapped_column(JSON)  # every printed fact, as printed
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    png_sha256: Mapped[str] = mapped_column(String(64))
    is_demo: Mapped[bool] = mapped_column(default=False)
    issued_at: Mapped[datetime]

    decision: Mapped[Decision] = relationship(back_populates="certificate")
    establishment: Mapped[Establishment] = relationship()
    criteria_set: Mapped[CriteriaSet] = relationship()
    events: Mapped[list["CertificateEvent"]] = relationship(
        back_populates="certificate", order_by="CertificateEvent.id",
        foreign_keys="CertificateEvent.certificate_id")

    @property
    def number(self) -> str:
        """0007/2026/GCN-SCT."""
        return format_certificate_number(self.sequence, self.year)

    def state_on(self, day: date) -> CertificateState:
        """Its state on a day, from its dates and events."""
        return state_on(self.valid_from, self.valid_until, self.events, day)


class CertificateEvent(Base):
    """What happened to a certificate, from which day, decided by whom and why."""

    __tablename__ = "certificate_events"
    __table_args__ = (
        CheckConstraint("kind IN ('suspended','reinstated','withdrawn','terminated','superseded')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(Choice(EventKind, 10))
    effective_on: Mapped[date]
    reasons: Mapped[str] = mapped_column(Text)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("certificates.id"))
    decider_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime]

    certificate: Mapped[Certificate] = relationship(back_populates="events", foreign_keys=[certificate_id])
    successor: Mapped[Certificate | None] = relationship(foreign_keys=[successor_id])
    decider: Mapped[User] = relationship()
