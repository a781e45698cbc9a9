"""Who may not review or decide on what (DOMAIN 4, rows 8, 9, 13, 14). The same rule is a guard of the database."""

from sqlalchemy import exists, select, union

from accounts.models import User
from certification.rules import Conflict
from foundation.db import db
from plan.models import Activity, ActivityPerson
from surveys.models import Review, Survey, Visit, VisitMember


def conflicts_of(user: User) -> dict[int, Conflict]:
    """Establishment id → why this person may not judge it. Two statements, however many establishments there are."""
    advised = select(Activity.establishment_id).join(Activity.people).where(ActivityPerson.user_id == user.id)
    surveyed = union(
        select(Visit.establishment_id).join(Visit.members).where(
            VisitMember.user_id == user.id, Visit.cancelled_at.is_(None)),
        select(Survey.establishment_id).where(Survey.author_id == user.id))
    return {**dict.fromkeys(db.session.scalars(advised), Conflict.ADVISED),
            **dict.fromkeys(db.session.scalars(surveyed), Conflict.SURVEYED)}


def find_conflict(user: User, establishment_id: int, survey_id: str | None = None) -> Conflict | None:
    """Why this person may not judge an establishment; with a survey also whether they reviewed it."""
    reviewed = exists().where(Review.survey_id == survey_id, Review.reviewer_id == user.id)
    if conflict := conflicts_of(user).get(establishment_id):
        return conflict
    return Conflict.REVIEWED if survey_id and db.session.scalar(select(reviewed)) else None
