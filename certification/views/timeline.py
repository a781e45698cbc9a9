"""The way of an application: taken in, visited, surveyed, reviewed, decided, certified."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission
from certification.models import Application
from certification.queries import Stage
from foundation.clock import local
from foundation.i18n import label
from surveys.models import Survey, Visit
from surveys.rules.words import ReviewOutcome


@dataclass(frozen=True)
class Step:
    """One step; `on` is the day it was done, None while it is not. `tone` is that of a tag."""

    title: str
    on: date | None = None
    detail: str = ""
    url: str | None = None
    tone: str = "ok"


def steps(application: Application, stage: Stage, visits: list[Visit]) -> Iterator[Step]:
    """The six steps in order."""
    survey, decision = stage.survey, application.decision
    yield Step(_("Application %(number)s taken in", number=application.number), application.received_on)
    yield visited(survey, visits)
    if survey is None or survey.submitted_at is None:
        yield Step(_("Survey"))
    else:
        yield Step(_("Surveyed by %(name)s", name=survey.author.name), local(survey.submitted_at).date(),
                   url=page("surveys.show_survey", Permission.SEE_SURVEYS, survey_id=survey.id))
    yield reviewed(survey)
    if decision is None:
        yield Step(_("Decision"))
        yield Step(_("Certificate"))
        return
    yield Step(_("Decision %(number)s: %(outcome)s", number=decision.number, outcome=label(decision.outcome)),
               decision.decided_on, decision.decider.name, tone="ok" if decision.certificate else "no")
    if decision.certificate:
        yield Step(_("Certificate %(number)s", number=decision.certificate.number), decision.certificate.valid_from,
                   url=url_for("certification.show_certificate", certificate_id=decision.certificate.id))


def visited(survey: Survey | None, visits: list[Visit]) -> Step:
    """The visit of the survey, or the next one planned."""
    visit = survey.visit if survey else next(iter(visits), None)
    if visit is None:
        return Step(_("Visit"))
    url = page("surveys.show_visit", Permission.SEE_SURVEYS, visit_id=visit.id)
    if survey:
        return Step(_("Visited"), local(survey.observed_at).date() if survey.observed_at else visit.planned_on, url=url)
    return Step(_("Visit planned for %(day)s", day=visit.planned_on.strftime("%d/%m/%Y")), url=url)


def reviewed(survey: Survey | None) -> Step:
    """The last review of the survey."""
    review = survey.reviews[-1] if survey and survey.reviews else None
    url = page("certification.show_review", Permission.REVIEW, survey_id=survey.id) if survey else None
    if review is None:
        return Step(_("Review"), url=url)
    if review.outcome == ReviewOutcome.RETURNED:
        return Step(_("Returned by %(name)s", name=review.reviewer.name), local(review.reviewed_at).date(),
                    review.reasons, url, tone="warn")
    return Step(_("Approved by %(name)s", name=review.reviewer.name), local(review.reviewed_at).date(), url=url)


def page(endpoint: str, permission: Permission, **values) -> str | None:
    """The address of a page this person may open."""
    open_to_them = endpoint in current_app.view_functions and current_user.may(permission)
    return url_for(endpoint, **values) if open_to_them else None
