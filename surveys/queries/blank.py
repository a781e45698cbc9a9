"""The survey a person works on at a visit: the one that is open, or one that nobody has written yet."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm.attributes import set_committed_value

from accounts.models import User
from foundation.clock import local
from foundation.errors import RuleBroken
from surveys.models import Survey, Visit
from surveys.queries.following import first_document
from surveys.rules.words import SurveyState


def find_open_survey(visit: Visit, author: User) -> Survey | None:
    """The person's own survey of the visit that still can be written; the latest, should there be several."""
    drafts = [survey for survey in visit.surveys
              if survey.author_id == author.id and survey.state == SurveyState.DRAFT]
    return max(drafts, key=lambda survey: survey.created_at, default=None)


def blank_survey(visit: Visit, author: User, at: datetime) -> Survey:
    """An empty survey for the form to lay out. It has no id, belongs to no session and is never stored.

    Raises RuleBroken when the establishment has no address or the visit was called off.
    """
    if visit.cancelled_at:
        raise RuleBroken(_("This visit was called off. Plan a new one."))
    establishment = visit.establishment
    location = establishment.location_on(local(at).date())
    if location is None:
        raise RuleBroken(_("This establishment has no address yet. Enter it in the register first."))
    blank = Survey(
        id="", visit_id=visit.id, establishment_id=establishment.id, criteria_set_id=visit.criteria_set_id,
        author_id=author.id, establishment_name=establishment.name, kind=establishment.kind, unit_id=location.unit_id,
        address=location.text, created_at=at, updated_at=at, revision=0, is_demo=visit.is_demo,
        document=first_document(visit), manifest=[])
    related: dict[str, Any] = {"visit": visit, "establishment": establishment, "criteria_set": visit.criteria_set,
                               "author": author, "unit": location.unit}
    for name, value in related.items():
        set_committed_value(blank, name, value)  # without the other side, which would draw it into the session
    return blank
