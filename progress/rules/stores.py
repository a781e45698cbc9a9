"""One establishment with its whole history, and what it is on a day as it was known by the end of that day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from certification.rules import CertificateState, EventKind, state_on
from retail.rules import Kind, Status


class Standing(StrEnum):
    """Where a counted establishment stands on a day. Each has exactly one."""

    COVERED = "covered"
    BELOW = "below"  # its share is under the threshold
    CONDITIONS = "conditions"  # B1 or B2 was not met, whatever its share
    STALE = "stale"  # its latest approved sheet ended over 12 months before
    NEVER = "never"  # no approved sheet


@dataclass(frozen=True, slots=True)
class AsOf:
    """A day, and the instant it ended: what was recorded later was not known."""

    on: date
    end: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """Something that holds from a day until the day before another."""

    value: Any
    valid_from: date
    valid_to: date | None

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What coverage needs of a survey: its period, R's two parts in grams, B1 and B2, its reviews in order."""

    survey_id: str
    period_to: date
    replaced: Decimal | None
    used: Decimal | None
    conditions_met: bool
    reviews: tuple[tuple[datetime, bool], ...]  # (when, approved?)

    def approved_at(self, end: datetime) -> datetime | None:
        """When it was approved, if by `end` its latest review said so."""
        known = [review for review in self.reviews if review[0] <= end]
        return known[-1][0] if known and known[-1][1] else None

    @property
    def share(self) -> Decimal | None:
        """R in percent, exact; None where nothing was used."""
        return self.replaced * 100 / self.used if self.used and self.replaced is not None else None

    def reaches(self, threshold: Decimal) -> bool:
        """R ≥ threshold, compared without dividing."""
        return bool(self.used and self.replaced is not None and self.replaced * 100 >= threshold * self.used)


@dataclass(frozen=True, slots=True)
class PaperEvent:
    """What happened to a certificate, and when it was recorded."""

    kind: EventKind
    effective_on: date
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate, as far as its state on a day needs it."""

    level: int
    valid_from: date
    valid_until: date
    issued_at: datetime
    events: tuple[PaperEvent, ...]

    def is_valid(self, at: AsOf) -> bool:
        """Whether it was valid on the day, by what was recorded until its end."""
        if self.issued_at > at.end:
            return False
        known = [event for event in self.events if event.decided_at <= at.end]
        return state_on(self.valid_from, self.valid_until, known, at.on) == CertificateState.VALID


@dataclass(frozen=True, slots=True)
class Store:
    """An establishment of a counted kind."""

    id: int
    number: str
    name: str
    kind: Kind
    is_demo: bool
    statuses: tuple[Span, ...]
    places: tuple[Span, ...]  # (commune's id, …) by day
    sheets: tuple[Sheet, ...]
    papers: tuple[Paper, ...]

    def operates(self, on: date) -> bool:
        return held(self.statuses, on) == Status.OPERATING

    def place(self, on: date) -> int | None:
        """The commune it lay in; its first one for a day before it was known."""
        found = held(self.places, on)
        return found if found is not None or not self.places else self.places[0].value

    def sheet(self, at: AsOf) -> Sheet | None:
        """The latest approved sheet that had ended by the day; of two that end together the one approved later."""
        known = [(sheet.period_to, approved, sheet.survey_id, sheet) for sheet in self.sheets
                 if sheet.period_to <= at.on and (approved := sheet.approved_at(at.end))]
        return max(known)[-1] if known else None

    def level(self, at: AsOf) -> int | None:
        """The highest level of its certificates valid on the day."""
        return max((paper.level for paper in self.papers if paper.is_valid(at)), default=None)


def held(spans: Iterable[Span], on: date) -> Any:
    """The value that held on a day; None where none did."""
    return next((span.value for span in spans if span.holds(on)), None)


def year_before(day: date) -> date:
    """The same day a year earlier; 28 February for the 29th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def standing(sheet: Sheet | None, on: date, threshold: Decimal) -> Standing:
    """Where a store with this latest sheet stands on a day."""
    if sheet is None:
        return Standing.NEVER
    if sheet.period_to < year_before(on):
        return Standing.STALE
    if not sheet.conditions_met:
        return Standing.CONDITIONS
    return Standing.COVERED if sheet.reaches(threshold) else Standing.BELOW
