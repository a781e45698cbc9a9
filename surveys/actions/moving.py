"""Moves a draft to a newer criteria set: the old one stays as it is and is read only, a new survey goes on."""

from datetime import datetime

from flask_babel import gettext as _

from accounts.models import User
from foundation.audit import record
from foundation.db import db, take_turns
from foundation.errors import Forbidden, RuleBroken
from surveys.actions.files import settle
from surveys.actions.listing import check_uuid
from surveys.models import CriteriaSet, Survey
from surveys.queries.content import content_of
from surveys.queries.criteria import plain_from
from surveys.queries.moving import find_moved
from surveys.queries.standing import list_files
from surveys.rules.manifest import derived_id, lacking
from surveys.rules.moving import Plan, move, plan_move
from surveys.rules.words import SurveyState

SAME = ("visit_id", "establishment_id", "replaces_id", "establishment_name", "kind", "unit_id", "address", "is_demo")


def check_movable(survey: Survey, *, by: User) -> None:
    """Only the team moves, and only a draft of a visit that asks everything. Raises Forbidden, RuleBroken."""
    if by.id not in {member.user_id for member in survey.visit.members}:
        raise Forbidden(_("Only the team of this visit may write its surveys."))
    if survey.state not in (SurveyState.DRAFT, SurveyState.MOVED):
        raise RuleBroken(_("Only a draft moves to a newer criteria set; this survey has been sent."))
    if survey.visit.follows_id:
        raise RuleBroken(_("A follow-up stays on the criteria set of the survey it looks at again."))


def move_survey(survey: Survey, newer: CriteriaSet, survey_id: str, *, by: User, at: datetime) -> Survey:
    """Go on under the name `survey_id` on a newer set of the same code; moving again gives the same survey.

    Answers, lines and files whose question or category still means the same go along, signatures do not (see
    surveys.rules.moving). Raises Invalid (id), Forbidden, RuleBroken: not a draft, not newer, files not sent yet.
    """
    check_uuid(survey_id, "id")
    take_turns(survey.id)
    db.session.refresh(survey, ["moved_at", "delivered_at", "submitted_at", "document", "manifest", "revision"])
    check_movable(survey, by=by)
    if survey.state == SurveyState.MOVED:
        return find_moved(survey)
    check_newer(survey.criteria_set, newer)
    files = list_files(survey.visit_id)
    if lacking(survey.manifest, {file.id: file.received_sha256 for file in files if file.survey_id == survey.id}):
        raise RuleBroken(_("Some photos of this draft are still on a tablet. Let it send them, then move the draft."))
    plan = plan_move(content_of(survey.criteria_set), content_of(newer), survey.kind)
    moved = go_on(survey, newer, survey_id, plan, by=by, at=at)
    settle(moved.id, [], moved.manifest, files, plain_from(newer), by.id, at)
    survey.moved_at, survey.visit.criteria_set = at, newer
    db.session.flush()
    db.session.expire(survey.visit, ["surveys"])
    record("move_survey", survey, by=by, at=at, moved_to=moved.id, version=newer.version,
           kept=sorted(moved.document["answers"]),
           left={code: answer for code, answer in survey.document["answers"].items()
                 if code not in moved.document["answers"]})
    return moved


def check_newer(old: CriteriaSet, newer: CriteriaSet) -> None:
    """Only forward: a published set of the same code, later than the draft's own."""
    if (newer.code != old.code or newer.published_at is None or newer.retired_at is not None
            or old.published_at is None or newer.published_at <= old.published_at):
        raise RuleBroken(_("A draft moves only to a newer published set of the same criteria."))


def go_on(survey: Survey, newer: CriteriaSet, survey_id: str, plan: Plan, *, by: User, at: datetime) -> Survey:
    """The survey that goes on."""
    manifest = [{**{name: value for name, value in item.items() if name != "sent_as"},
                 "id": derived_id(survey_id, item["id"])} for item in survey.manifest if plan.keeps_file(item)]
    moved = Survey(
        id=survey_id, criteria_set_id=newer.id, author_id=by.id, moved_from_id=survey.id, created_at=at, updated_at=at,
        revision=1, document=move(survey.document, plan), manifest=manifest,
        **{name: getattr(survey, name) for name in SAME})
    db.session.add(moved)
    db.session.flush()
    return moved
