"""Takes the demonstration out again: every row marked is_demo with all that hangs on it; what is real stays."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute

from accounts.models import Device, RoleGrant, SignInAttempt, User
from certification.models import Application, Certificate, CertificateEvent, Decision
from foundation.audit import name_words, record
from foundation.db import Base, db, run, table_of
from foundation.errors import RuleBroken
from foundation.numbers import NumberSeries
from plan.models import Activity, ActivityPerson
from retail.models import Enterprise, Establishment, Location, RegisterImport, StatusSpan, StoreUser
from surveys.models import (
    Answer,
    BagSample,
    Evidence,
    PackagingLine,
    Review,
    Signature,
    Survey,
    Visit,
    VisitMember,
)

name_words({
    "remove_demo": _l("Demonstration removed"),
})


def marked(column: InstrumentedAttribute, table: type[Base]) -> ColumnElement[bool]:
    """A column points at a row of the demonstration."""
    columns = table_of(table).c
    return column.in_(select(columns.id).where(columns.is_demo))


def steps() -> Iterator[tuple[type[Base], ColumnElement[bool] | InstrumentedAttribute[bool]]]:
    """Tables and what goes from them, children first."""
    yield CertificateEvent, marked(CertificateEvent.certificate_id, Certificate)
    yield Certificate, Certificate.is_demo
    yield Decision, marked(Decision.application_id, Application)
    yield Application, Application.is_demo
    for child in (Review, Answer, PackagingLine, BagSample, Evidence, Signature):
        yield child, marked(child.survey_id, Survey)
    yield Survey, Survey.is_demo
    yield VisitMember, marked(VisitMember.visit_id, Visit)
    yield Visit, Visit.is_demo
    yield ActivityPerson, marked(ActivityPerson.activity_id, Activity)
    yield Activity, Activity.is_demo
    yield StoreUser, marked(StoreUser.user_id, User)
    for span in (StatusSpan, Location):
        yield span, marked(span.establishment_id, Establishment)
    yield Establishment, Establishment.is_demo
    yield Enterprise, Enterprise.is_demo
    yield RegisterImport, marked(RegisterImport.created_by_id, User)
    for own in (RoleGrant, Device):
        yield own, marked(own.user_id, User)
    yield SignInAttempt, SignInAttempt.email.in_(select(User.email).where(User.is_demo))
    yield User, User.is_demo


def remove() -> dict[str, int]:
    """Delete it all; how many rows of each table. Raises RuleBroken when something real rests on it.

    The audit trail keeps what was done; number series go back to the last real number.
    """
    witness = db.session.scalar(select(User).where(User.is_demo).limit(1))
    if witness is None:
        return {}
    record("remove_demo", witness, by=None)
    gone = {}
    try:
        db.session.execute(update(Visit).where(Visit.is_demo).values(follows_id=None))  # it points the other way
        for table, condition in steps():
            gone[table.__tablename__] = run(delete(table).where(condition)).rowcount
    except IntegrityError as error:
        raise RuleBroken("Real records rest on the demonstration (visits, activities or accounts made during a "
                         f"trial). Start from an empty database instead. {error.orig}") from error
    rewind()
    db.session.expire_all()
    return gone


def rewind() -> None:
    """Let each number series go on after the last number that is still in use."""
    used: dict[str, type[Application | Decision | Certificate]] = {
        "applications": Application, "decisions": Decision, "certificates": Certificate}
    for series in db.session.scalars(select(NumberSeries)):
        if series.series in used:
            table = used[series.series]
            last = db.session.scalar(select(func.max(table.sequence)).where(table.year == series.year))
        else:
            last = db.session.scalar(select(func.max(Establishment.number)))
            last = last and int(last.rpartition("-")[2])
        if last:
            series.last = last
        else:
            db.session.delete(series)
    db.session.flush()
