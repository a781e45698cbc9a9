"""A survey's life until it is submitted: started, saved as often as wanted, submitted once."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from accounts.models import User
from foundation.audit import record
from foundation.clock import local
from foundation.db import db
from foundation.errors import Forbidden, Invalid, RuleBroken
from surveys.actions.reading import Reading
from surveys.actions.writing import copy_survey, write
from surveys.models import Survey, Visit
from surveys.queries.criteria import record_of, rules_of
from surveys.queries.document import document_of
from surveys.queries.results import list_missing
from surveys.rules.document import differences, merge
from surveys.rules.scoring import score
from surveys.rules.words import SurveyState


class Stale(RuleBroken):
    """Somebody saved in between; `current` is the revision that stands."""

    def __init__(self, survey: Survey):
        super().__init__(_("This survey was changed elsewhere in the meantime. Reload it, then change it again."))
        self.current = survey.revision


def check_uuid(text: str, field: str) -> str:
    """The tablet names its records: a UUID in lower case, as crypto.randomUUID() makes it."""
    try:
        is_canonical = str(uuid.UUID(text)) == text
    except (ValueError, AttributeError, TypeError):
        is_canonical = False
    if not is_canonical:
        raise Invalid(_("The name of this record is not a UUID in lower case."),
                      {field: _("Write it as 123e4567-e89b-42d3-a456-426614174000.")})
    return text


def start_survey(visit: Visit, survey_id: str, *, replaces: Survey | None = None, by: User, at: datetime) -> Survey:
    """Open a survey under the tablet's own name for it; the same name again by the same person is the same survey.

    `replaces` is a returned survey of the visit: its answers and evidence are copied, not its signatures.
    Raises Invalid (id), Forbidden for people outside the team, RuleBroken when the name is taken, the visit was
    called off, or `replaces` is not a returned survey of this visit that still waits for its correction.
    """
    check_uuid(survey_id, "id")
    known = find_started(visit, survey_id, by)
    if known:
        return known
    check_start(visit, replaces, by)
    survey = new_survey(visit, survey_id, replaces, by, at)
    try:
        with db.session.begin_nested():
            db.session.add(survey)
    except IntegrityError:  # the same request, sent twice at once
        known = find_started(visit, survey_id, by)
        if known is None:
            raise
        return known
    db.session.expire(visit, ["surveys"])
    if replaces:
        copy_survey(replaces, survey)
    record("start_survey", survey, by=by, at=at, visit=visit.id, replaces=replaces.id if replaces else None)
    return survey


def find_started(visit: Visit, survey_id: str, by: User) -> Survey | None:
    """The survey of that name, if this person started it on this visit."""
    known = db.session.get(Survey, survey_id)
    if known and (known.visit_id != visit.id or known.author_id != by.id):
        raise RuleBroken(_("Another survey has this name already. Open the visit again and start anew."))
    return known


def check_start(visit: Visit, replaces: Survey | None, by: User) -> None:
    """Who may start, on which visit, in place of which survey."""
    check_member(visit, by)
    if visit.cancelled_at:
        raise RuleBroken(_("This visit was called off. Plan a new one."))
    if replaces is None:
        return
    if replaces.visit_id != visit.id or replaces.state != SurveyState.RETURNED:
        raise RuleBroken(_("Only a returned survey of the same visit is corrected by a new one."))
    if any(survey.replaces_id == replaces.id for survey in visit.surveys):
        raise RuleBroken(_("This survey is being corrected already. Open the visit to find the correction."))


def check_member(visit: Visit, by: User) -> None:
    """Only the team of a visit writes its surveys."""
    if by.id not in {member.user_id for member in visit.members}:
        raise Forbidden(_("Only the team of this visit may write its surveys."))


def new_survey(visit: Visit, survey_id: str, replaces: Survey | None, by: User, at: datetime) -> Survey:
    """An empty survey with the establishment as it is that day."""
    establishment = visit.establishment
    location = establishment.location_on(local(at).date())
    if location is None:
        raise RuleBroken(_("This establishment has no address yet. Enter it in the register first."))
    return Survey(
        id=survey_id, visit_id=visit.id, establishment_id=establishment.id, criteria_set_id=visit.criteria_set_id,
        author_id=by.id, replaces_id=replaces.id if replaces else None, establishment_name=establishment.name,
        kind=establishment.kind, unit_id=location.unit_id, address=location.text, created_at=at, updated_at=at,
        revision=0, counted_by="", remarks="", store_remarks="", is_demo=visit.is_demo,
    )


def lock(survey: Survey, by: User) -> None:
    """Only the team writes, one after the other."""
    check_member(survey.visit, by)
    db.session.refresh(survey, ["revision", "submitted_at"], with_for_update=True)


def check_open(survey: Survey) -> None:
    """What is submitted stays as it is."""
    if survey.submitted_at is not None:
        raise RuleBroken(_("This survey has been submitted and can no longer be changed."))


def save_survey(survey: Survey, document: Mapping[str, Any], *, by: User, at: datetime) -> Survey:
    """Lay a document, or part of one (see surveys.rules.document), over the survey. Nothing new: nothing is written.

    Unless nothing changes, `document["revision"]`, where given, must be the survey's own. Raises Invalid with every
    bad value by its path ("answers.A6.denominator"), Stale, RuleBroken once submitted, Forbidden outside the team.
    """
    lock(survey, by)
    reading = Reading(survey, document, at=at)
    if reading.errors:
        raise Invalid(_("Some entries need correcting; nothing was saved."), reading.errors)
    revision = reading.part.pop("revision", None)
    before = document_of(survey)
    after = merge(before, reading.part)
    check_period(after)
    if after == before:
        return survey
    check_open(survey)
    if revision is not None and revision != survey.revision:
        raise Stale(survey)
    survey.revision += 1
    survey.updated_at = at
    write(survey, before, after)
    old, new = differences(before, after)
    record("save_survey", survey, by=by, at=at, revision=survey.revision, before=old, after=new)
    return survey


def check_period(document: Mapping[str, Any]) -> None:
    """The period of the packaging sheet does not end before it begins."""
    if document["period_from"] and document["period_to"] and document["period_to"] < document["period_from"]:
        raise Invalid(_("Some entries need correcting; nothing was saved."),
                      {"period_to": _("The period ends before it begins.")})


def submit_survey(survey: Survey, *, by: User, at: datetime) -> Survey:
    """Close a survey for good and keep its score. Again is harmless.

    Raises Invalid naming everything that is missing (see surveys.queries.list_missing), Forbidden outside the team.
    """
    lock(survey, by)
    if survey.submitted_at is not None:
        return survey
    scored = score(rules_of(survey.criteria_set), record_of(survey))
    gaps = list_missing(survey, scored)
    if gaps:
        raise Invalid(_("The survey cannot be submitted yet. Missing: %(gaps)s.", gaps="; ".join(map(str, gaps))),
                      {gap.path: gap.words for gap in gaps})
    db.session.flush()  # its rows stand before the guards close over them
    survey.observed_at = survey.observed_at or at
    survey.score, survey.total, survey.level_rank = scored.as_json(), scored.total, scored.level
    survey.replaced_grams, survey.used_grams = scored.replaced_grams, scored.used_grams
    survey.coverage_conditions_met = scored.coverage_conditions_met
    survey.submitted_at = survey.updated_at = at
    record("submit_survey", survey, by=by, at=at, total=str(scored.total), level=scored.level)
    return survey
