"""Visits as people read them: their own, and those planned where they may look."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from accounts.models import User
from accounts.permissions import Permission
from foundation.db import db
from foundation.errors import NotFound
from retail.models import Establishment, Location
from retail.queries import in_scope
from retail.rules import Kind
from surveys.models import CriteriaSet, Evidence, Survey, Visit, VisitMember
from surveys.queries.criteria import WHOLE as WHOLE_SET
from surveys.queries.criteria import rules_of
from surveys.rules.answering import is_answered
from surveys.rules.document import Document
from surveys.rules.form import SILENT, FormRules, record_from
from surveys.rules.manifest import lacking
from surveys.rules.words import AnswerType, SurveyState

WHOLE = (
    selectinload(Visit.members).joinedload(VisitMember.user), joinedload(Visit.criteria_set).options(*WHOLE_SET),
    selectinload(Visit.surveys).options(selectinload(Survey.reviews), joinedload(Survey.author)),
)
RECENT = timedelta(days=30)
TEAM_LASTS = timedelta(days=90)  # after a visit, its head still sees what the members have not sent
MOST = 200


@dataclass(frozen=True)
class Agenda:
    """Visits by what is to be done with them, each in the order of their days."""

    today: list[Visit] = field(default_factory=list)
    late: list[Visit] = field(default_factory=list)  # planned before today, nothing handed in yet
    coming: list[Visit] = field(default_factory=list)
    done: list[Visit] = field(default_factory=list)  # something handed in, in the last 30 days; latest first

    @property
    def is_empty(self) -> bool:
        return not (self.today or self.late or self.coming or self.done)


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


def sends(user: User) -> ColumnElement[bool]:
    """A condition on Visit: this person is in its team."""
    return exists().where(VisitMember.visit_id == Visit.id, VisitMember.user_id == user.id)


def get_visit(visit_id: int, *, to: User) -> Visit:
    """One visit with its team and surveys. Raises NotFound when there is none or it is outside the territory."""
    found = db.session.scalar(visible_visits(to).where(Visit.id == visit_id).options(*WHOLE))
    if found is None:
        raise NotFound(_("There is no such visit, or it lies outside your territory."))
    return found


def list_agenda(user: User, today: date, *, own: bool) -> Agenda:
    """What is planned from today on, not finished, or done of late: the person's own, or all they may see."""
    wanted = visible_visits(user).where(Visit.cancelled_at.is_(None), or_(
        Visit.planned_on >= today - RECENT, ~Visit.surveys.any(Survey.submitted_at.is_not(None))))
    wanted = wanted.where(sends(user)) if own else wanted
    agenda = Agenda()
    for visit in db.session.scalars(wanted.options(*WHOLE).order_by(Visit.planned_on, Visit.id).limit(MOST)):
        if visit.planned_on == today:
            agenda.today.append(visit)
        elif visit.planned_on > today:
            agenda.coming.append(visit)
        elif any(survey.submitted_at or survey.delivered_at and not survey.taken_back_by_id
                 for survey in visit.surveys):
            agenda.done.insert(0, visit)
        else:
            agenda.late.append(visit)
    return agenda


def team_of(lead: User, today: date) -> set[int]:
    """Ids of everybody on the teams this person has led of late or is going to lead, the person too."""
    led = select(VisitMember.visit_id).join(VisitMember.visit).where(
        VisitMember.user_id == lead.id, VisitMember.is_lead, Visit.cancelled_at.is_(None),
        Visit.planned_on >= today - TEAM_LASTS)
    return {*db.session.scalars(select(VisitMember.user_id).where(VisitMember.visit_id.in_(led)).distinct())}


def progress_of(surveys: list[Survey]) -> dict[str, tuple[int, int]]:
    """How many answers each draft has, of how many its form asks for: {id: (12, 38)}."""
    drafts = {survey.id: survey for survey in surveys if survey.state == SurveyState.DRAFT}
    rows = db.session.execute(select(Survey.id, Survey.document).where(Survey.id.in_(drafts))).all() if drafts else []
    return {survey_id: answered(document, rules_of(drafts[survey_id].criteria_set), drafts[survey_id].kind)
            for survey_id, document in rows}


def arrived_of(surveys: Iterable[Survey]) -> dict[str, tuple[int, int]]:
    """How many files of each survey that is not whole are here, of how many its record names: {id: (3, 20)}."""
    ids = [survey.id for survey in surveys if survey.state in (SurveyState.ARRIVING, SurveyState.TAKEN_BACK)]
    if not ids:
        return {}
    here = dict(db.session.execute(select(Evidence.id, Evidence.received_sha256).where(
        Evidence.survey_id.in_(ids))).all())
    manifests = db.session.execute(select(Survey.id, Survey.manifest).where(Survey.id.in_(ids))).all()
    return {survey_id: (len(manifest) - len(lacking(manifest, here)), len(manifest))
            for survey_id, manifest in manifests}


def answered(document: Document, rules: FormRules, kind: Kind) -> tuple[int, int]:
    """How many of the questions a form asks have an answer, and how many there are; measured ones are not asked.

    As the score's lines have it (a note alone is no answer), without measuring the sheet.
    """
    answers = record_from(document, kind).answers
    asked = [rule for rule in rules.asked(kind) if rule.type != AnswerType.COMPUTED]
    return sum(is_answered(rule, answers.get(rule.code, SILENT)) for rule in asked), len(asked)


def asked_on(visit: Visit) -> list[str] | None:
    """The criteria a follow-up visit looks at again, in the order of the form; None: everything is asked."""
    return asked_again(visit.follows) if visit.follows else None


def asked_again(survey: Survey) -> list[str]:
    """What a follow-up of a survey looks at again: the musts it found not met."""
    return list((survey.score or {}).get("nonconformities", []))


def asked_of(survey: Survey) -> list[str] | None:
    """The criteria a survey asks for: those of its visit."""
    return asked_on(survey.visit)


def count_asked(visits: list[Visit]) -> dict[int, int]:
    """How many questions the form of each visit has: {visit id: 38}."""
    return {visit.id: sum(rule.type != AnswerType.COMPUTED for rule in
                          rules_of(visit.criteria_set).asked(visit.establishment.kind)) for visit in visits}
