"""Deciding on an application; a granting decision issues the certificate in the same transaction."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select
from typst import TypstError

from accounts.models import User
from certification.actions.events import add_event
from certification.actions.paper import facts_for
from certification.labels import REFUSALS
from certification.models import Application, Certificate, Decision
from certification.printing.certificate import render
from certification.queries import find_conflict, find_evaluation, issuer_on, list_open_certificates
from certification.rules import ApplicationState, EventKind, Outcome, last_day, new_code
from foundation import audit, storage
from foundation.clock import local
from foundation.db import db
from foundation.errors import Invalid, RuleBroken
from foundation.numbers import next_number
from retail.rules import Status
from surveys.models import Survey

LATEST_START = timedelta(days=92)  # how far ahead of the decision a certificate may begin


def decide(application: Application, *, outcome: Outcome, level_rank: int | None, reasons: str, by: User,
           at: datetime, host: str, valid_from: date | None = None,
           make_code: Callable[[], str] = new_code) -> Decision:
    """Grant or refuse, once, by a person who neither surveyed, advised nor reviewed (DOMAIN 4, row 14).

    Granting issues the certificate (`host` goes into its QR), valid from the day decided or a later `valid_from`, and
    ends the store's older ones on that day. Raises RuleBroken when state or people do not allow it, Invalid for a
    missing reason, a level the survey did not reach, or a first day that has passed or lies too far ahead.
    """
    hold(application)
    survey = check(application, by=by, at=at)
    if outcome == Outcome.GRANTED:
        check_grant(application, survey, level_rank, reasons, at)
        check_start(valid_from, local(at).date())
    elif not reasons.strip():
        raise Invalid(REFUSALS["reasons"], {"reasons": str(REFUSALS["reasons"])})
    day = local(at).date()
    decision = Decision(
        application_id=application.id, survey_id=survey.id, year=day.year, sequence=next_number("decisions", day.year),
        outcome=outcome, level_rank=level_rank if outcome == Outcome.GRANTED else None, reasons=reasons,
        decider_id=by.id, decided_on=day, decided_at=at)
    application.survey_id = survey.id
    db.session.add(decision)
    db.session.flush()
    db.session.expire(application, ["decision"])
    certificate = None
    if outcome == Outcome.GRANTED:
        certificate = issue(decision, application, valid_from or day, code=make_code(), at=at, host=host)
    audit.record("decide", decision, by=by, at=at, number=decision.number, application=application.number,
                 outcome=outcome, level=level_rank, reasons=reasons)
    if certificate:
        audit.record("issue", certificate, by=by, at=at, number=certificate.number, code=certificate.code)
        supersede(certificate, by=by, at=at)
    return decision


def hold(application: Application) -> None:
    """Make everybody else who wants to decide on it wait (SQLite: they wait already), then look again."""
    db.session.execute(select(Application.id).where(Application.id == application.id).with_for_update())
    db.session.expire(application, ["decision"])


def check(application: Application, *, by: User, at: datetime) -> Survey:
    """The approved survey the decision rests on. Raises RuleBroken when there is none or the person may not judge."""
    stage = find_evaluation(application, at)
    if stage.state == ApplicationState.DECIDED:
        raise RuleBroken(REFUSALS["decided"])
    if stage.state != ApplicationState.DECISION or stage.survey is None:
        raise RuleBroken(REFUSALS["not_approved"])
    if conflict := find_conflict(by, application.establishment_id, stage.survey.id):
        raise RuleBroken(REFUSALS[conflict])
    return stage.survey


def check_grant(application: Application, survey: Survey, level_rank: int | None, reasons: str, at: datetime) -> None:
    """Raise unless the survey carries this level and the store is open."""
    if application.establishment.status_on(local(at).date()) == Status.CLOSED:
        raise RuleBroken(REFUSALS["closed"])
    musts = (survey.score or {}).get("musts", {})
    if survey.level_rank is None or musts.get("met") != musts.get("total"):
        raise RuleBroken(REFUSALS["no_level"])
    if level_rank is None or not 1 <= level_rank <= survey.level_rank:
        advice = _("Choose a level up to %(rank)s, which the survey reached.", rank=survey.level_rank)
        raise Invalid(advice, {"level_rank": advice})
    if level_rank < survey.level_rank and not reasons.strip():
        raise Invalid(REFUSALS["lower_level"], {"reasons": str(REFUSALS["lower_level"])})


def check_start(valid_from: date | None, today: date) -> None:
    """Raise Invalid unless the first day of validity is today or some weeks ahead."""
    if valid_from and not today <= valid_from <= today + LATEST_START:
        advice = _("Choose today or a day within the next %(days)s days.", days=LATEST_START.days)
        raise Invalid(advice, {"valid_from": advice})


def issue(decision: Decision, application: Application, start: date, *, code: str, at: datetime,
          host: str) -> Certificate:
    """Number, print and keep the certificate of a granting decision; `start` is its first valid day."""
    criteria, decided = decision.survey.criteria_set, decision.decided_on
    certificate = Certificate(
        decision_id=decision.id, establishment_id=application.establishment_id, criteria_set_id=criteria.id,
        year=decided.year, sequence=next_number("certificates", decided.year), code=code,
        level_rank=decision.level_rank, valid_from=start, valid_until=last_day(start, criteria.validity_months),
        is_demo=application.is_demo, issued_at=at)
    certificate.facts = facts_for(certificate, decision, application, issuer_on(decided), host)
    try:
        pdf, png = render(certificate.facts)
    except TypstError as error:
        raise RuleBroken(REFUSALS["too_long"]) from error
    certificate.pdf_sha256, certificate.png_sha256 = storage.put(pdf), storage.put(png)
    db.session.add(certificate)
    db.session.flush()
    return certificate


def supersede(certificate: Certificate, *, by: User, at: datetime) -> None:
    """End what the store held before, from the first day of the new certificate."""
    for older in list_open_certificates(certificate.establishment_id, certificate.valid_from):
        if older.id != certificate.id:
            add_event(older, kind=EventKind.SUPERSEDED, effective_on=certificate.valid_from, by=by, at=at,
                      reasons=f"{certificate.number}", successor=certificate)
