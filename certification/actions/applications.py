"""Taking an application in, and naming the survey it rests on."""

from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from accounts.models import User
from certification.models import Application
from certification.queries import find_open_application, list_evaluations
from foundation import audit
from foundation.clock import local
from foundation.db import db
from foundation.errors import Invalid, RuleBroken
from foundation.numbers import next_number
from retail.models import Establishment
from retail.rules import Status
from surveys.models import Survey

SERIES = "applications"
OLDEST = timedelta(days=366)  # how long before its entry an application may have come in


def take_application(establishment: Establishment, *, received_on: date, requested_level: int | None = None,
                     scope_vi: str = "", scope_en: str = "", note: str = "", by: User | None, at: datetime,
                     is_demo: bool = False) -> Application:
    """Take in a store's wish to be certified, under the next number of the year it was received in.

    Raises Invalid for a day in the future or long past, RuleBroken for a closed store or one with an open application.
    """
    check_day(received_on, local(at).date())
    if establishment.status_on(received_on) == Status.CLOSED:
        raise RuleBroken(_("This establishment was closed on that day. Reopen it in the register first."))
    if waiting := find_open_application(establishment.id):
        raise RuleBroken(_("Application %(number)s of this establishment is not decided yet. Go on with that one.",
                           number=waiting.number))
    application = Application(
        year=received_on.year, sequence=next_number(SERIES, received_on.year), establishment=establishment,
        received_on=received_on, requested_level=requested_level, scope_vi=scope_vi, scope_en=scope_en, note=note,
        is_demo=is_demo, created_at=at, created_by_id=by.id if by else None)
    db.session.add(application)
    audit.record("take_application", application, by=by, at=at, number=application.number,
                 establishment=establishment.number, after={
                     "received_on": received_on, "requested_level": requested_level, "scope": scope_vi, "note": note})
    return application


def check_day(received_on: date, today: date) -> None:
    """Raise Invalid unless the day lies within the year before today."""
    if received_on > today:
        advice = _("This day is still to come. Write the day on which the application was received.")
    elif received_on < today - OLDEST:
        advice = _("This day is more than a year ago. Check the year.")
    else:
        return
    raise Invalid(advice, {"received_on": advice})


def attach_survey(application: Application, survey: Survey, *, by: User | None, at: datetime) -> None:
    """Choose the survey the decision will rest on. Raises RuleBroken when it does not fit or all is decided."""
    if application.decision:
        raise RuleBroken(_("This application is decided already."))
    if survey not in list_evaluations(application, at):
        raise RuleBroken(_("This survey is of another establishment, over a year old, or carries a decision already."))
    before, application.survey = application.survey_id, survey
    audit.record("attach_survey", application, by=by, at=at, before=before, after=survey.id)
