"""The history of the counted establishments, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, select

from accounts.models import User
from accounts.permissions import Permission
from certification.models import Certificate, CertificateEvent
from foundation import clock
from foundation.db import db
from plan.queries import list_targets, list_thresholds
from progress.rules import AsOf, Coverage, Paper, PaperEvent, Sheet, Span, Store, assess, threshold_of
from retail.models import Establishment, Location, StatusSpan
from retail.queries import in_scope
from retail.rules import COUNTED, Kind
from surveys.models import Review, Survey
from surveys.rules.words import ReviewOutcome
from territory.models import AdminUnit
from territory.queries import commune_ids


def as_of(on: date) -> AsOf:
    """A Vietnamese day and the instant it ended."""
    return AsOf(on, clock.end_of(on))


def coverage(on: date, territory: AdminUnit, *, kinds: Collection[Kind] = COUNTED, threshold: Decimal | None = None,
             to: User | None = None) -> Coverage | None:
    """Coverage of a territory on a day; None where no threshold is given nor set for its year.

    `to` narrows it to what that person may see.
    """
    if threshold is None:
        threshold = threshold_of(thresholds(), on.year)
    if threshold is None:
        return None
    return Coverage(assess(list_stores(kinds, to=to), as_of(on), communes_of(territory), threshold))


def thresholds() -> dict[int, Decimal]:
    """Year → least replaced share, percent."""
    return {threshold.year: threshold.share for threshold in list_thresholds()}


def targets() -> list[tuple[date, Decimal, bool]]:
    """The target line: day, percent, whether the plan itself promised it."""
    return [(target.due, target.value, target.is_promise) for target in list_targets()]


def communes_of(territory: AdminUnit) -> set[int]:
    """Ids of every commune of any time inside a unit."""
    return set(db.session.scalars(commune_ids(territory.id)))


def list_stores(kinds: Collection[Kind] = COUNTED, *, to: User | None = None) -> list[Store]:
    """Every establishment of these kinds with its whole history, in five statements."""
    wanted = select(Establishment.id).where(Establishment.kind.in_(kinds))
    if to is not None:
        wanted = wanted.where(in_scope(to, Permission.SEE_PROGRESS))
    statuses = read_spans(StatusSpan, StatusSpan.status, wanted)
    places = read_spans(Location, Location.unit_id, wanted)
    sheets, papers = read_sheets(wanted), read_papers(wanted)
    rows = db.session.execute(
        select(Establishment.id, Establishment.number, Establishment.name, Establishment.kind, Establishment.is_demo)
        .where(Establishment.id.in_(wanted)))
    return [Store(*row, tuple(statuses[row.id]), tuple(places[row.id]), tuple(sheets[row.id]), tuple(papers[row.id]))
            for row in rows]


def read_spans(model: type[StatusSpan] | type[Location], value, wanted: Select) -> dict[int, list[Span]]:
    """Establishment → its dated values, oldest first."""
    found = defaultdict(list)
    for owner, *span in db.session.execute(
            select(model.establishment_id, value, model.valid_from, model.valid_to)
            .where(model.establishment_id.in_(wanted)).order_by(model.valid_from)):
        found[owner].append(Span(*span))
    return found


def read_sheets(wanted: Select) -> dict[int, list[Sheet]]:
    """Establishment → its reviewed sheets; what no one has reviewed cannot count."""
    reviews, facts = defaultdict(list), {}
    for row in db.session.execute(
            select(Survey.establishment_id, Survey.id, Survey.period_to, Survey.replaced_grams, Survey.used_grams,
                   Survey.coverage_conditions_met, Review.reviewed_at, Review.outcome)
            .join(Review, Review.survey_id == Survey.id)
            .where(Survey.establishment_id.in_(wanted), Survey.period_to.is_not(None)).order_by(Review.id)):
        facts[row.id] = row
        reviews[row.id].append((row.reviewed_at, row.outcome == ReviewOutcome.APPROVED))
    found = defaultdict(list)
    for survey_id, row in facts.items():
        found[row.establishment_id].append(Sheet(
            survey_id, row.period_to, row.replaced_grams, row.used_grams, bool(row.coverage_conditions_met),
            tuple(reviews[survey_id])))
    return found


def read_papers(wanted: Select) -> dict[int, list[Paper]]:
    """Establishment → its certificates with what happened to them, in the order it was recorded."""
    events, facts = defaultdict(list), {}
    for row in db.session.execute(
            select(Certificate.establishment_id, Certificate.id, Certificate.level_rank, Certificate.valid_from,
                   Certificate.valid_until, Certificate.issued_at, CertificateEvent.kind,
                   CertificateEvent.effective_on, CertificateEvent.decided_at)
            .outerjoin(CertificateEvent, CertificateEvent.certificate_id == Certificate.id)
            .where(Certificate.establishment_id.in_(wanted)).order_by(Certificate.id, CertificateEvent.id)):
        facts[row.id] = row
        if row.kind is not None:
            events[row.id].append(PaperEvent(row.kind, row.effective_on, row.decided_at))
    found = defaultdict(list)
    for paper_id, row in facts.items():
        found[row.establishment_id].append(Paper(
            row.level_rank, row.valid_from, row.valid_until, row.issued_at, tuple(events[paper_id])))
    return found
