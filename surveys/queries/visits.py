"""Visits as people read them: their own, and those planned where they may look."""

from sqlalchemy import select

from foundation.db import db
from surveys.models import CriteriaSet


def find_current_set() -> CriteriaSet | None:
    """The newest criteria set that is published and not retired."""
    return db.session.scalar(
        select(CriteriaSet).where(CriteriaSet.published_at.is_not(None), CriteriaSet.retired_at.is_(None))
        .order_by(CriteriaSet.published_at.desc(), CriteriaSet.id.desc()).limit(1))
