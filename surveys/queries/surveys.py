"""Surveys as people read them. Every list starts from what the person may see: their territory and their visits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload, selectinload, undefer_group

from accounts.models import User
from accounts.permissions import Permission
from foundation.clock import end_of, local
from foundation.db import db
from foundation.errors import NotFound
from foundation.text import fold
from plan.queries import adviser_ids
from retail.models import Establishment
from retail.queries import in_scope
from retail.queries.scope import lies_within
from surveys.models import Evidence, Review, Survey, Visit, VisitMember
from surveys.queries.criteria import WHOLE as WHOLE_SET
from surveys.rules.receipts import beginning_of, number_of
from surveys.rules.words import ReviewOutcome, SurveyState

PAGE = 50
WORDS = 10
WHOLE = (  # everything a page shows of one survey
    undefer_group("content"),
    selectinload(Survey.evidence).options(joinedload(Evidence.criterion), joinedload(Evidence.category)),
    selectinload(Survey.reviews).joinedload(Review.reviewer), joinedload(Survey.author),
    joinedload(Survey.criteria_set).options(*WHOLE_SET),
    joinedload(Survey.visit).selectinload(Visit.members).joinedload(VisitMember.user),
)


@dataclass(frozen=True)
class SurveyFilter:
    """What is looked for; None and the empty text ask nothing. Days are Vietnamese days of the survey's start."""

    text: str = ""
    state: SurveyState | None = None
    establishment_id: int | None = None
    territory_id: int | None = None
    person_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class SurveyPage:
    """One page of the list, and how many there are in all."""

    rows: Sequence[Survey]
    number: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


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
        raise NotFound(_("There is no such survey, or it lies outside your territory."))
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
        raise NotFound(_("There is no such evidence, or it lies outside your territory."))
    return found


def list_page(user: User, wanted: SurveyFilter, number: int) -> SurveyPage:
    """A page of the surveys this person may see, latest first: four statements. A page past the end is the last one."""
    found = visible_surveys(user).where(*conditions(wanted))
    total = db.session.scalar(found.options(lazyload("*")).with_only_columns(func.count(Survey.id))) or 0
    number = min(max(number, 1), SurveyPage((), 1, total).pages)
    rows = db.session.scalars(
        found.options(joinedload(Survey.author), joinedload(Survey.visit), selectinload(Survey.reviews))
        .order_by(Survey.created_at.desc(), Survey.id).limit(PAGE).offset((number - 1) * PAGE)).all()
    return SurveyPage(rows, number, total)


def conditions(wanted: SurveyFilter) -> Iterator[ColumnElement[bool]]:
    """The filter as conditions on Survey and its Establishment."""
    for word in fold(wanted.text).split()[:WORDS]:
        yield Establishment.search_text.contains(word, autoescape=True)
    if wanted.state:
        yield in_state(wanted.state)
    if wanted.establishment_id:
        yield Survey.establishment_id == wanted.establishment_id
    if wanted.territory_id:
        yield lies_within({wanted.territory_id})
    if wanted.person_id:
        yield Survey.visit.has(Visit.members.any(VisitMember.user_id == wanted.person_id))
    if wanted.since:
        yield Survey.created_at > end_of(wanted.since - timedelta(days=1))
    if wanted.until:
        yield Survey.created_at <= end_of(wanted.until)


def in_state(state: SurveyState) -> ColumnElement[bool]:
    """A condition on Survey: `Survey.state` in SQL."""
    if state == SurveyState.MOVED:
        return Survey.moved_at.is_not(None)
    if state in (SurveyState.ARRIVING, SurveyState.TAKEN_BACK):
        went_on = Survey.taken_back_by_id.is_not(None)
        return (Survey.submitted_at.is_(None) & Survey.moved_at.is_(None) & Survey.delivered_at.is_not(None)
                & (went_on if state == SurveyState.TAKEN_BACK else ~went_on))
    if state == SurveyState.DRAFT:
        return Survey.submitted_at.is_(None) & Survey.moved_at.is_(None) & Survey.delivered_at.is_(None)
    last = select(Review.outcome).where(Review.survey_id == Survey.id).order_by(Review.id.desc()).limit(1)
    outcome = last.scalar_subquery()
    waits = Survey.submitted_at.is_not(None) & outcome.is_(None)
    return waits if state == SurveyState.SUBMITTED else outcome == ReviewOutcome(state.value)


def find_receipt(number: str) -> Survey | None:
    """The sealed survey a receipt is of, by the receipt's number; for anybody who holds it."""
    beginning = beginning_of(number)
    found = db.session.scalars(select(Survey).where(
        Survey.id.startswith(beginning), Survey.delivered_at.is_not(None)).options(undefer_group("content"))
        ).all() if beginning else []
    wanted = "".join(number.split()).upper().replace("-", "")
    return next((one for one in found if receipt_number(one).replace("-", "") == wanted), None)


def receipt_number(survey: Survey) -> str:
    """The number on a sealed survey's receipt."""
    assert survey.delivered_at
    return number_of(survey.id, local(survey.delivered_at).year)


def find_correction(survey: Survey) -> Survey | None:
    """The survey that corrects a returned one."""
    return db.session.scalar(select(Survey).where(Survey.replaces_id == survey.id))


def list_taken_back(survey: Survey) -> list[Survey]:
    """The records from which a survey goes on."""
    return list(db.session.scalars(select(Survey).where(Survey.taken_back_by_id == survey.id).order_by(Survey.id)))


def involved_ids(establishment_id: int) -> set[int]:
    """Ids of the people who surveyed or advised an establishment: kept out of its review and decision.

    The database holds the same rule by triggers (migrations, 0002).
    """
    team = select(VisitMember.user_id).join(VisitMember.visit).where(
        Visit.establishment_id == establishment_id, or_(Visit.cancelled_at.is_(None), Visit.surveys.any()))
    authors = select(Survey.author_id).where(Survey.establishment_id == establishment_id)
    return set(db.session.scalars(team.union(authors))) | adviser_ids(establishment_id)
