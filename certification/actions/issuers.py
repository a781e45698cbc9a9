"""Saying what papers cite from a day on."""

from datetime import date, datetime

from accounts.models import User
from certification.models import Issuer
from foundation import audit
from foundation.db import db


def set_issuer(*, valid_from: date, superior_body: str, issuing_body: str, place: str, certifier_vi: str,
               certifier_en: str, legal_basis: list[str], signing_authority: list[str], by: User | None,
               at: datetime) -> Issuer:
    """Add what papers cite from a day on. What was printed before stays as it was."""
    facts = {"superior_body": superior_body, "issuing_body": issuing_body, "place": place,
             "certifier_vi": certifier_vi, "certifier_en": certifier_en, "legal_basis": legal_basis,
             "signing_authority": signing_authority}
    issuer = Issuer(valid_from=valid_from, created_at=at, created_by_id=by.id if by else None, **facts)
    db.session.add(issuer)
    audit.record("set_issuer", issuer, by=by, at=at, valid_from=valid_from, after=facts)
    return issuer
