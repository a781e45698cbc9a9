"""Applications: what each waits for, and the survey it rests on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Row, Select, String, and_, case, exists, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, selectinload

from accounts.models import User
from accounts.permissions import Permission
from certification.models import Application, Certificate, Decision
from certification.queries.paging import Page, page_of
from certification.rules import EVALUATION_DAYS, ApplicationState
from foundation.db import db
from foundation.errors import NotFound
from foundation.text import fold
from retail.models import Establishment
from retail.queries import in_scope
from surveys.models import Review, Survey, Visit
from surveys.rules.words import ReviewOutcome

WORDS = 10


@dataclass(frozen=True)
class ApplicationFilter:
    """What is looked for; None and the empty text ask nothing."""

    text: str = ""
    state: ApplicationState | None = None
    establishment_id: int | None = None


@dataclass(frozen=True)
class Stage:
    """What an application waits for, and the survey it rests on as far as there is one."""

    state: ApplicationState
    survey: Survey | None


def last_outcome(survey_id: ColumnElement | InstrumentedAttribute) -> ColumnElement[str | None]:
    """What the last review of a survey said."""
    return select(Review.outcome).where(Review.survey_id == survey_id).order_by(
        Review.id.desc()).limit(1).scalar_subquery()


def fitting(survey: type[Survey], at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Conditions on a survey that may carry a decision on the Application: of this store, recent, not used yet, not
    set aside for another of its visit."""
    return (survey.establishment_id == Application.establishment_id,
            func.coalesce(last_outcome(survey.id), "") != ReviewOutcome.SET_ASIDE,
            survey.submitted_at.between(at - timedelta(days=EVALUATION_DAYS), at),
            ~exists().where(Decision.survey_id == survey.id))


def evaluation_id(at: datetime) -> ColumnElement[str | None]:
    """The survey an undecided Application rests on: the chosen one unless it was returned, the newest approved,
    the newest submitted."""
    survey = aliased(Survey)
    outcome = func.coalesce(last_outcome(survey.id), "")
    newest = select(survey.id).where(*fitting(survey, at)).order_by(
        survey.submitted_at.desc(), survey.id).limit(1).correlate(Application)
    return func.coalesce(
        newest.where(survey.id == Application.survey_id, outcome != ReviewOutcome.RETURNED).scalar_subquery(),
        newest.where(outcome == ReviewOutcome.APPROVED).scalar_subquery(), newest.scalar_subquery())


def stages(at: datetime):
    """Each application's id, state and survey, as a subquery."""
    picked = select(Application.id, Decision.id.label("decision_id"),
                    func.coalesce(Decision.survey_id, evaluation_id(at)).label("survey_id")
                    ).outerjoin(Application.decision).subquery()
    outcome = last_outcome(picked.c.survey_id)
    state = case((picked.c.decision_id.is_not(None), literal(ApplicationState.DECIDED.value, String)),
                 (picked.c.survey_id.is_(None), ApplicationState.SURVEY.value),
                 (outcome == ReviewOutcome.APPROVED, ApplicationState.DECISION.value),
                 (outcome == ReviewOutcome.RETURNED, ApplicationState.SURVEY.value),
                 else_=ApplicationState.REVIEW.value)
    return select(picked.c.id, picked.c.survey_id, state.label("state")).subquery()


def conditions(wanted: ApplicationFilter) -> Iterator[ColumnElement[bool]]:
    """The filter without its state: a number like 23/2026, or words of the register."""
    if number := re.fullmatch(r"\s*0*([0-9]{1,9})\s*/\s*([0-9]{4})\s*", wanted.text):
        yield and_(Application.sequence == int(number[1]), Application.year == int(number[2]))
    else:
        for word in fold(wanted.text).split()[:WORDS]:
            yield Establishment.search_text.contains(word, autoescape=True)
    if wanted.establishment_id is not None:
        yield Application.establishment_id == wanted.establishment_id


def matching(user: User, wanted: ApplicationFilter, at: datetime) -> tuple[Select, ColumnElement[str]]:
    """A select of (application, state, survey) rows, and the column of the state."""
    stage = stages(at)
    found = select(Application, stage.c.state, Survey).join(Application.establishment).join(
        stage, stage.c.id == Application.id).outerjoin(Survey, Survey.id == stage.c.survey_id)
    return found.where(in_scope(user, Permission.SEE_CERTIFICATION), *conditions(wanted)), stage.c.state


def list_applications(user: User, wanted: ApplicationFilter, at: datetime, page: int = 1) -> Page:
    """A page of (application, state, survey or None), newest first."""
    found, state = matching(user, wanted, at)
    if wanted.state:
        found = found.where(state == wanted.state.value)
    return page_of(found.order_by(Application.received_on.desc(), Application.id.desc()).options(
        joinedload(Application.establishment), joinedload(Application.decision).joinedload(Decision.certificate)), page)


def count_applications(user: User, wanted: ApplicationFilter, at: datetime) -> dict[ApplicationState, int]:
    """How many there are in each state, whatever state the filter names."""
    found, state = matching(user, wanted, at)
    rows = db.session.execute(found.with_only_columns(state, func.count()).group_by(state)).all()
    counts = {ApplicationState(name): count for name, count in rows}
    return {name: counts.get(name, 0) for name in ApplicationState}


def find_open_application(establishment_id: int) -> Application | None:
    """The undecided application of an establishment."""
    return db.session.scalar(select(Application).outerjoin(Application.decision).where(
        Application.establishment_id == establishment_id, Decision.id.is_(None)).order_by(Application.id).limit(1))


def get_application(application_id: int, *, to: User,
                    permission: Permission = Permission.SEE_CERTIFICATION) -> Application:
    """One application. Raises NotFound outside the territory where the person may do this."""
    found = db.session.scalar(select(Application).join(Application.establishment).where(
        Application.id == application_id, in_scope(to, permission)).options(
        joinedload(Application.establishment).joinedload(Establishment.enterprise),
        joinedload(Application.created_by),
        joinedload(Application.decision).options(
            joinedload(Decision.certificate).selectinload(Certificate.events), joinedload(Decision.decider))))
    if found is None:
        raise NotFound(_("There is no such application, or it lies outside your territory."))
    return found


def find_evaluation(application: Application, at: datetime) -> Stage:
    """What an application waits for, and its survey."""
    stage = stages(at)
    row: Row = db.session.execute(select(stage.c.state, Survey).outerjoin(Survey, Survey.id == stage.c.survey_id).where(
        stage.c.id == application.id).options(selectinload(Survey.reviews))).one()
    return Stage(ApplicationState(row[0]), row[1])


def list_evaluations(application: Application, at: datetime) -> list[Survey]:
    """The surveys that may carry the decision on an application, newest first, to choose from."""
    return list(db.session.scalars(select(Survey).join(
        Application, Application.id == application.id).where(*fitting(Survey, at)).order_by(
        Survey.submitted_at.desc()).options(selectinload(Survey.reviews), joinedload(Survey.visit))))


def list_visits_for(application: Application) -> list[Visit]:
    """Visits planned since the application came in, not cancelled, by day."""
    return list(db.session.scalars(select(Visit).where(
        Visit.establishment_id == application.establishment_id, Visit.cancelled_at.is_(None),
        Visit.planned_on >= application.received_on).order_by(Visit.planned_on, Visit.id)))
