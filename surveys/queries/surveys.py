"""Surveys as people read them. Every list starts from what the person may see: their territory and their visits."""

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload, selectinload

from accounts.models import User
from accounts.permissions import Permission
from foundation.db import db
from foundation.errors import NotFound
from plan.queries import adviser_ids
from retail.queries import in_scope
from surveys.models import Answer, Evidence, PackagingLine, Review, Survey, Visit, VisitMember
from surveys.queries.criteria import WHOLE as WHOLE_SET

WHOLE = (  # everything a page or the JSON door shows of one survey
    selectinload(Survey.answers).joinedload(Answer.criterion), selectinload(Survey.bags),
    selectinload(Survey.lines).joinedload(PackagingLine.category), selectinload(Survey.signatures),
    selectinload(Survey.evidence).options(joinedload(Evidence.criterion), joinedload(Evidence.category)),
    selectinload(Survey.reviews).joinedload(Review.reviewer), joinedload(Survey.author),
    joinedload(Survey.criteria_set).options(*WHOLE_SET),
    joinedload(Survey.visit).selectinload(Visit.members).joinedload(VisitMember.user),
)


def visible_surveys(user: User) -> Select:
    """A select of the surveys this person may see: in their territory, or of a visit they are sent on."""
    sent = exists().where(VisitMember.visit_id == Survey.visit_id, VisitMember.user_id == user.id)
    return (select(Survey).join(Survey.establishment).options(contains_eager(Survey.establishment))
            .where(or_(in_scope(user, Permission.SEE_SURVEYS), sent)))


def find_survey(survey_id: str, *, to: User) -> Survey | None:
    """One survey with everything in it, if this person may see it."""
    return db.session.scalar(visible_surveys(to).where(Survey.id == survey_id).options(*WHOLE))


def get_survey(survey_id: str, *, to: User) -> Survey:
    """One survey with everything in it. Raises NotFound when there is none or it is outside the person's territory."""
    found = find_survey(survey_id, to=to)
    if found is None:
        raise NotFound("There is no such survey, or it lies outside your territory.")
    return found


def find_evidence(evidence_id: str, *, to: User) -> Evidence | None:
    """One piece of evidence, if this person may see its survey."""
    return db.session.scalar(
        select(Evidence).where(Evidence.id == evidence_id, Evidence.survey_id.in_(
            visible_surveys(to).options(lazyload("*")).with_only_columns(Survey.id))))


def get_evidence(evidence_id: str, *, to: User, of: str | None = None) -> Evidence:
    """One piece of evidence (of the survey `of`), by the same rule. Raises NotFound."""
    found = find_evidence(evidence_id, to=to)
    if found is None or of not in (None, found.survey_id):
        raise NotFound("There is no such evidence, or it lies outside your territory.")
    return found


def involved_ids(establishment_id: int) -> set[int]:
    """Ids of the people who surveyed or advised an establishment: kept out of its review and decision.

    The database holds the same rule by triggers (migrations, 0002).
    """
    team = select(VisitMember.user_id).join(VisitMember.visit).where(
        Visit.establishment_id == establishment_id, Visit.cancelled_at.is_(None))
    authors = select(Survey.author_id).where(Survey.establishment_id == establishment_id)
    return set(db.session.scalars(team.union(authors))) | adviser_ids(establishment_id)
