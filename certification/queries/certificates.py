"""Certificates: their state on a day in SQL, lists and counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Date, Select, String, and_, case, func, literal, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import User
from accounts.permissions import Permission
from certification.models import Certificate, CertificateEvent, Decision
from certification.queries.paging import Page, page_of
from certification.rules import ENDINGS, CertificateState, EventKind, normalise_code
from foundation.clock import end_of
from foundation.db import db
from foundation.errors import NotFound
from foundation.text import fold
from retail.models import Establishment
from retail.queries import in_scope
from surveys.queries.store_codes import gives_codes

WORDS = 10


@dataclass(frozen=True)
class CertificateFilter:
    """What is looked for; None and the empty text ask nothing."""

    text: str = ""
    state: CertificateState | None = None
    level: int | None = None
    establishment_id: int | None = None


def state_expression(on: date) -> ColumnElement[str]:
    """`certification.rules.state_on` for each Certificate, in SQL; a test holds the two together."""
    day = literal(on, Date)
    told = and_(CertificateEvent.certificate_id == Certificate.id, CertificateEvent.effective_on <= day,
                CertificateEvent.effective_on <= Certificate.valid_until)
    named = select(CertificateEvent.kind).where(told).limit(1).correlate(Certificate)
    ending = named.where(CertificateEvent.kind.in_(list(ENDINGS))).order_by(
        CertificateEvent.effective_on, CertificateEvent.id).scalar_subquery()
    last = named.where(CertificateEvent.effective_on >= Certificate.valid_from).order_by(
        CertificateEvent.effective_on.desc(), CertificateEvent.id.desc()).scalar_subquery()
    return case(*((ending == kind, literal(state.value, String)) for kind, state in ENDINGS.items()),
                (day > Certificate.valid_until, CertificateState.EXPIRED.value),
                (day < Certificate.valid_from, CertificateState.NOT_YET_VALID.value),
                (last == EventKind.SUSPENDED, CertificateState.SUSPENDED.value),
                else_=CertificateState.VALID.value)


def conditions(wanted: CertificateFilter) -> Iterator[ColumnElement[bool]]:
    """The filter without its state: a number, a code, or words of the register."""
    if number := re.fullmatch(r"\s*0*([0-9]{1,9})\s*/\s*([0-9]{4})(/GCN-SCT)?\s*", wanted.text, re.IGNORECASE):
        yield and_(Certificate.sequence == int(number[1]), Certificate.year == int(number[2]))
    else:
        words = fold(wanted.text).split()[:WORDS]
        named = and_(true(), *(Establishment.search_text.contains(word, autoescape=True) for word in words))
        yield or_(named, Certificate.code == (normalise_code(wanted.text) or ""))
    if wanted.level is not None:
        yield Certificate.level_rank == wanted.level
    if wanted.establishment_id is not None:
        yield Certificate.establishment_id == wanted.establishment_id


def matching(user: User, wanted: CertificateFilter, on: date) -> tuple[Select, ColumnElement[str]]:
    """A select of (certificate, state) rows issued by a day, and the column of the state."""
    state = state_expression(on).label("state")
    return select(Certificate, state).join(Certificate.establishment).where(
        Certificate.issued_at <= end_of(on), in_scope(user, Permission.SEE_CERTIFICATION), *conditions(wanted)), state


def list_certificates(user: User, wanted: CertificateFilter, on: date, page: int = 1) -> Page:
    """A page of (certificate, state on the day), newest first."""
    found, state = matching(user, wanted, on)
    if wanted.state:
        found = found.where(state == wanted.state.value)
    return page_of(found.order_by(Certificate.year.desc(), Certificate.sequence.desc()).options(
        joinedload(Certificate.establishment).load_only(Establishment.name, Establishment.number)), page)


def count_certificates(user: User, wanted: CertificateFilter, on: date) -> dict[CertificateState, int]:
    """How many are in each state on a day, whatever state the filter names."""
    found, state = matching(user, wanted, on)
    rows = found.with_only_columns(state).subquery()
    counted = db.session.execute(select(rows.c.state, func.count()).group_by(rows.c.state)).all()
    counts = {CertificateState(name): count for name, count in counted}
    return {name: counts.get(name, 0) for name in CertificateState}


def get_certificate(certificate_id: int, *, to: User,
                    permission: Permission = Permission.SEE_CERTIFICATION) -> Certificate:
    """One certificate with its history and thread. Raises NotFound outside the territory where this may be done."""
    found = db.session.scalar(select(Certificate).join(Certificate.establishment).where(
        Certificate.id == certificate_id, in_scope(to, permission)).options(
        selectinload(Certificate.events).options(
            joinedload(CertificateEvent.decider), joinedload(CertificateEvent.successor)),
        joinedload(Certificate.decision).joinedload(Decision.application),
        joinedload(Certificate.decision).joinedload(Decision.decider)))
    if found is None:
        raise NotFound(_("There is no such certificate, or it lies outside your territory."))
    return found


def list_open_certificates(establishment_id: int, on: date) -> list[Certificate]:
    """An establishment's certificates that have not ended nor expired on a day, oldest first."""
    going_on = [CertificateState.NOT_YET_VALID, CertificateState.VALID, CertificateState.SUSPENDED]
    return list(db.session.scalars(select(Certificate).where(
        Certificate.establishment_id == establishment_id, state_expression(on).in_([s.value for s in going_on])
    ).order_by(Certificate.id).options(selectinload(Certificate.events))))


@gives_codes
def certificate_codes(establishment: Establishment, host: str) -> Iterator[tuple[str, str]]:
    """The address printed on each certificate of an establishment, ended ones too, and its code."""
    for code, facts in db.session.execute(select(Certificate.code, Certificate.facts).where(
            Certificate.establishment_id == establishment.id)):
        yield facts.get("url") or f"https://{host}/v/{code}", code
