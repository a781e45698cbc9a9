"""What was seen last at a store: the survey that counts, what it found not in order, what a follow-up starts from."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import User
from accounts.permissions import Permission
from foundation.clock import end_of
from foundation.db import db
from retail.models import Establishment, Location
from retail.queries import in_scope
from surveys.models import Review, Survey, Visit
from surveys.queries.criteria import rules_of
from surveys.queries.document import document_of
from surveys.queries.results import titles_of
from surveys.queries.surveys import WHOLE
from surveys.queries.visits import asked_again, asked_on
from surveys.rules.document import Document, empty
from surveys.rules.following import begin, strayed
from surveys.rules.form import FormRules
from surveys.rules.words import ReviewOutcome

LEFT_OUT = (ReviewOutcome.RETURNED, ReviewOutcome.SET_ASIDE)
PAGE = 50


@dataclass(frozen=True)
class OpenPoints:
    """The musts an establishment's newest survey found not met, by their codes in the order of the form."""

    establishment_id: int
    survey_id: str
    submitted_at: datetime
    codes: tuple[str, ...]


@dataclass(frozen=True)
class OpenPage:
    """One page of establishments with open points: (establishment, points, its survey), and how many there are."""

    rows: list[tuple[Establishment, OpenPoints, Survey]]
    number: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def standing(at: datetime) -> Select:
    """A select of the surveys that stood at a moment: submitted, and not returned or set aside by then."""
    last = select(Review.outcome).where(Review.survey_id == Survey.id, Review.reviewed_at <= at).order_by(
        Review.id.desc()).limit(1).correlate(Survey).scalar_subquery()
    return select(Survey).where(Survey.submitted_at <= at, func.coalesce(last, "").not_in(LEFT_OUT))


def list_open_points(on: date, establishment_ids: Collection[int] | Select) -> list[OpenPoints]:
    """What is open at the end of a day, from each establishment's newest survey. One statement however many.

    A follow-up is a whole survey, so what it put right is no longer open.
    """
    place = func.row_number().over(
        partition_by=Survey.establishment_id, order_by=(Survey.submitted_at.desc(), Survey.id)).label("place")
    newest = standing(end_of(on)).where(Survey.establishment_id.in_(establishment_ids)).with_only_columns(
        Survey.id, place).subquery()
    found = db.session.execute(
        select(Survey.establishment_id, Survey.id, Survey.submitted_at, Survey.score["nonconformities"].as_json())
        .join(newest, newest.c.id == Survey.id).where(newest.c.place == 1).order_by(Survey.submitted_at, Survey.id))
    return [OpenPoints(row[0], row[1], row[2], tuple(row[3])) for row in found if row[3]]


def find_open_points(establishment_id: int, on: date) -> OpenPoints | None:
    """What is open at one establishment; None when all is in order or nothing was surveyed."""
    return next(iter(list_open_points(on, [establishment_id])), None)


def titles_of_points(points: OpenPoints) -> dict[str, str]:
    """Titles by code in the criteria set of the survey that found them."""
    survey = db.session.get(Survey, points.survey_id)
    return titles_of(survey) if survey else {}


def list_open_page(user: User, on: date, number: int, establishment_id: int | None = None) -> OpenPage:
    """A page of the establishments where this person may see surveys and something is open, longest open first."""
    scope = select(Establishment.id).where(in_scope(user, Permission.SEE_SURVEYS))
    scope = scope.where(Establishment.id == establishment_id) if establishment_id else scope
    found = list_open_points(on, scope)
    number = min(max(number, 1), OpenPage([], 1, len(found)).pages)
    shown = found[(number - 1) * PAGE:number * PAGE]
    stores = {one.id: one for one in db.session.scalars(
        select(Establishment).where(Establishment.id.in_([points.establishment_id for points in shown]))
        .options(selectinload(Establishment.locations).joinedload(Location.unit)))}
    surveys = {one.id: one for one in db.session.scalars(
        select(Survey).where(Survey.id.in_([points.survey_id for points in shown]))
        .options(joinedload(Survey.criteria_set), joinedload(Survey.visit)))}
    return OpenPage([(stores[points.establishment_id], points, surveys[points.survey_id]) for points in shown],
                    number, len(found))


def find_last(visit: Visit, at: datetime) -> Survey | None:
    """The newest survey of the visit's establishment made on another visit, with everything in it."""
    return db.session.scalar(
        standing(at).where(Survey.establishment_id == visit.establishment_id, Survey.visit_id != visit.id)
        .order_by(Survey.submitted_at.desc(), Survey.id).limit(1).options(*WHOLE))


def first_document(visit: Visit) -> Document:
    """What a survey of a visit starts from: of a follow-up what was said last time, of others nothing."""
    if visit.follows is None:
        return empty()
    return begin(document_of(visit.follows), asked_on(visit) or [], rules_of(visit.follows.criteria_set))


@dataclass(frozen=True)
class Followed:
    """The survey a follow-up looks at again: what it said, and which criteria are asked again."""

    document: Document
    asked: list[str]
    rules: FormRules


def find_followed(survey_id: str | None) -> Followed | None:
    """The survey a visit follows, as far as it decides what may be sent; None on any other visit."""
    survey = db.session.get(Survey, survey_id) if survey_id else None
    return None if survey is None else Followed(survey.document, asked_again(survey), rules_of(survey.criteria_set))


def list_strayed(followed: Followed | None, document: Document) -> dict[str, str]:
    """Words beside each path a follow-up changed without being asked to; empty on other visits."""
    if followed is None:
        return {}
    paths = strayed(followed.document, document, followed.asked, followed.rules)
    return dict.fromkeys(paths, _("A follow-up leaves this as it was last time."))
