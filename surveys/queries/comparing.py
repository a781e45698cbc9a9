"""Surveys of one visit held against each other."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from foundation.db import db
from surveys.models import Survey, Visit
from surveys.queries.criteria import rules_of
from surveys.queries.document import document_of
from surveys.queries.surveys import WHOLE
from surveys.rules.comparing import Difference, Told, compare
from surveys.rules.words import SurveyState

RIVALS = (SurveyState.SUBMITTED, SurveyState.APPROVED)  # one of these stands at the end of a visit
SEALED = (SurveyState.ARRIVING, *RIVALS)


@dataclass(frozen=True)
class Rivalry:
    """Surveys of one visit that stand against each other: in how many places the first two say otherwise, and in how
    many more only their photos or signatures differ."""

    visit_id: int
    places: int
    shown: int


def told_of(survey: Survey) -> Told:
    """A survey as `surveys.rules.comparing` takes it."""
    return Told(document_of(survey), tuple(survey.manifest))


def differences_between(left: Survey, right: Survey) -> list[Difference]:
    """Where two surveys differ, in the order of the form of the second."""
    return compare(told_of(left), told_of(right), rules_of(right.criteria_set))


def list_surveys_of(visit_id: int) -> list[Survey]:
    """Every survey of a visit with everything in it, the first started first."""
    return list(db.session.scalars(select(Survey).where(Survey.visit_id == visit_id).options(*WHOLE)
                                   .order_by(Survey.created_at, Survey.id)))


def device_log(survey: Survey) -> list[Any]:
    """The log a tablet sealed with its record, as sent; empty where there is none."""
    body = json.loads(survey.record) if survey.record else {}
    device = body.get("device") if isinstance(body, dict) else None
    log = device.get("log") if isinstance(device, dict) else None
    return log if isinstance(log, list) else []


def list_rivals(survey: Survey) -> list[Survey]:
    """The other surveys of its visit of which at most one can stand: those that wait, and one already approved."""
    return [one for one in survey.visit.surveys if one.id != survey.id and one.state in RIVALS]


def find_rivalry(visit: Visit) -> Rivalry | None:
    """Whether several sealed surveys of a visit stand against each other."""
    if sum(one.state in SEALED for one in visit.surveys) < 2:
        return None
    pair = pick_pair(list_surveys_of(visit.id))
    found = differences_between(*pair) if pair else []
    said = sum(one.is_said for one in found)
    return Rivalry(visit.id, said, len(found) - said)


def pick_pair(surveys: list[Survey], left: str | None = None, right: str | None = None) -> tuple[Survey, Survey] | None:
    """The two to hold against each other: those named, else the first two sealed, else the first two; None: too few."""
    sealed = [one for one in surveys if one.state in SEALED]
    likely = [*sealed, *(one for one in surveys if one not in sealed)]
    named = [one for wanted in (left, right) for one in surveys if one.id == wanted]
    chosen = list(dict.fromkeys([*named, *likely]))[:2]
    return (chosen[0], chosen[1]) if len(chosen) == 2 else None
