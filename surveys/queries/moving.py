"""Drafts that moved to a newer criteria set."""

from sqlalchemy import select

from foundation.db import db
from surveys.models import Survey


def find_moved(survey: Survey) -> Survey:
    """The survey a moved draft goes on as; itself while it has not moved."""
    return db.session.scalar(select(Survey).where(Survey.moved_from_id == survey.id)) or survey
