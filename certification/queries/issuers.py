"""What papers cite on a day."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from certification.models import Issuer
from certification.rules import DEFAULT_ISSUER
from foundation.db import db


def issuer_on(day: date) -> Issuer:
    """The facts in force on a day; the default of the system (not stored, without id) before the first were set."""
    return db.session.scalar(select(Issuer).where(Issuer.valid_from <= day).order_by(
        Issuer.valid_from.desc(), Issuer.id.desc()).limit(1)) or Issuer(**DEFAULT_ISSUER)


def list_issuers() -> list[Issuer]:
    """All that was ever set, latest first."""
    return list(db.session.scalars(select(Issuer).order_by(
        Issuer.valid_from.desc(), Issuer.id.desc()).options(joinedload(Issuer.created_by))))
