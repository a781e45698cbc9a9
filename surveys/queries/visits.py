"""Visits as people read them: their own, and those planned where they may look."""

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from accounts.models import User
from accounts.permissions import Permission
from foundation.db import db
from foundation.errors import NotFound
from retail.models import Establishment, Location
from retail.queries import in_scope
from surveys.models import CriteriaSet, Survey, Visit, VisitMember

WHOLE = (
    selectinload(Visit.members).joinedload(VisitMember.user), joinedload(Visit.criteria_set),
    selectinload(Visit.surveys).options(selectinload(Survey.reviews), joinedload(Survey.author)),
)


def find_current_set() -> CriteriaSet | None:
    """The newest criteria set that is published and not retired."""
    return db.session.scalar(
        select(CriteriaSet).where(CriteriaSet.published_at.is_not(None), CriteriaSet.retired_at.is_(None))
        .order_by(CriteriaSet.published_at.desc(), CriteriaSet.id.desc()).limit(1))


def visible_visits(user: User) -> Select:
    """A select of the visits this person may see: in their territory, or those they are sent on."""
    return (select(Visit).join(Visit.establishment)
            .options(contains_eager(Visit.establishment).selectinload(Establishment.locations)
                     .joinedload(Location.unit))
            .where(or_(in_scope(user, Permission.SEE_SURVEYS), sends(user))))


def sends(user: User):
    """A condition on Visit: this person is in its team."""
    return exists().where(VisitMember.visit_id == Visit.id, VisitMember.user_id == user.id)


def get_visit(visit_id: int, *, to: User) -> Visit:
    """One visit with its team and surveys. Raises NotFound when there is none or it is outside the territory."""
    found = db.session.scalar(visible_visits(to).where(Visit.id == visit_id).options(*WHOLE))
    if found is None:
        raise NotFound("There is no such visit, or it lies outside your territory.")
    return found
