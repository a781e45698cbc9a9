"""Surveys as people read them. Every list starts from what the person may see: their territory and their visits."""

from sqlalchemy import select

from foundation.db import db
from plan.queries import adviser_ids
from surveys.models import Survey, Visit, VisitMember


def involved_ids(establishment_id: int) -> set[int]:
    """Ids of the people who surveyed or advised an establishment: kept out of its review and decision.

    The database holds the same rule by triggers (migrations, 0002).
    """
    team = select(VisitMember.user_id).join(VisitMember.visit).where(
        Visit.establishment_id == establishment_id, Visit.cancelled_at.is_(None))
    authors = select(Survey.author_id).where(Survey.establishment_id == establishment_id)
    return set(db.session.scalars(team.union(authors))) | adviser_ids(establishment_id)
