"""Surveys that wait for their technical review."""

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import User
from accounts.permissions import Permission
from certification.queries.paging import Page, page_of
from foundation.db import db
from foundation.errors import NotFound
from retail.models import Establishment
from retail.queries import in_scope
from surveys.models import Survey
from surveys.queries.surveys import WHOLE


def waiting(user: User) -> Select:
    """A select of the submitted surveys without a review where this person may review."""
    return select(Survey).join(Survey.establishment).where(
        Survey.submitted_at.is_not(None), ~Survey.reviews.any(), in_scope(user, Permission.REVIEW))


def list_waiting_reviews(user: User, page: int = 1) -> Page:
    """A page of (survey,) rows, the longest waiting first, with what the list shows of them."""
    return page_of(waiting(user).order_by(Survey.submitted_at, Survey.id).options(
        joinedload(Survey.unit), joinedload(Survey.criteria_set), joinedload(Survey.visit),
        joinedload(Survey.establishment).load_only(Establishment.number)), page)


def get_survey_to_review(survey_id: str, *, to: User) -> Survey:
    """A submitted survey, reviewed or not, with everything in it. Raises NotFound outside the person's territory."""
    wanted = select(Survey).join(Survey.establishment).where(
        Survey.id == survey_id, Survey.submitted_at.is_not(None), in_scope(to, Permission.REVIEW))
    found = db.session.scalar(wanted.options(*WHOLE, contains_eager(Survey.establishment)))
    if found is None:
        raise NotFound(_("There is no such submitted survey, or it lies outside your territory."))
    return found
