"""Visits: planned, and called off while nobody has started."""

from datetime import date, datetime

from flask_babel import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from foundation.audit import record
from foundation.clock import local
from foundation.db import db
from foundation.errors import Invalid, RuleBroken
from retail.models import Establishment
from retail.rules import Status
from surveys.models import CriteriaSet, Survey, Visit, VisitMember
from surveys.queries.following import find_open_points
from surveys.queries.visits import find_current_set
from surveys.rules.words import Nature


def plan_visit(*, establishment: Establishment, nature: Nature, planned_on: date, team: list[User], lead: User,
               criteria_set: CriteriaSet | None = None, plan_number: str = "", is_demo: bool = False,
               by: User | None, at: datetime) -> Visit:
    """Send a team to an establishment, with the newest published criteria set unless another is named.

    A follow-up looks again at what the establishment's newest survey found not met, on that survey's own set.
    Raises Invalid (fields: team, lead, planned_on; nature when nothing is open), RuleBroken when no set is published.
    """
    check_team(team, lead)
    follows = find_followed(establishment, at) if nature == Nature.FOLLOW_UP else None
    if establishment.status_on(planned_on) == Status.CLOSED:
        raise Invalid(_("This establishment is closed on that day."),
                      {"planned_on": _("This establishment is closed on that day.")})
    criteria_set = follows.criteria_set if follows else criteria_set or find_current_set()
    if criteria_set is None or criteria_set.published_at is None or (criteria_set.retired_at and not follows):
        raise RuleBroken(_("There is no published criteria set to survey with. Publish one first."))
    visit = Visit(
        establishment=establishment, criteria_set=criteria_set, nature=nature, planned_on=planned_on, follows=follows,
        plan_number=plan_number, is_demo=is_demo, created_at=at,
        members=[VisitMember(user=person, is_lead=person.id == lead.id) for person in team],
    )
    db.session.add(visit)
    record("plan_visit", visit, by=by, at=at, establishment=establishment.number, nature=nature.value,
           planned_on=planned_on.isoformat(), team=[person.id for person in team], lead=lead.id,
           **({"follows": follows.id} if follows else {}))
    return visit


def find_followed(establishment: Establishment, at: datetime) -> Survey:
    """The survey whose open points a follow-up looks at again. Raises Invalid (nature) when nothing is open."""
    points = find_open_points(establishment.id, local(at).date())
    survey = db.session.get(Survey, points.survey_id) if points else None
    if survey is None:
        words = _("This establishment has no open nonconformity, so there is nothing to follow up.")
        raise Invalid(words, {"nature": words})
    return survey


def check_team(team: list[User], lead: User) -> None:
    """A team has members, each may survey, and its lead is one of them."""
    if not team:
        raise Invalid(_("A visit needs a team."), {"team": _("Choose at least one person.")})
    unfit = [person.name for person in team if not (person.is_active and person.may(Permission.SURVEY))]
    if unfit:
        words = _("%(names)s may not survey: choose other people.", names=", ".join(unfit))
        raise Invalid(words, {"team": words})
    if lead.id not in {person.id for person in team}:
        words = _("The head of the team is one of its members.")
        raise Invalid(words, {"lead": words})


def cancel_visit(visit: Visit, *, by: User | None, at: datetime) -> Visit:
    """Call a visit off. Raises RuleBroken once a survey was started on it; again is harmless."""
    if visit.surveys:
        raise RuleBroken(_("A survey was started on this visit, so it cannot be called off. Finish the survey."))
    if visit.cancelled_at is None:
        visit.cancelled_at = at
        record("cancel_visit", visit, by=by, at=at)
    return visit
