"""The state of a certificate on a day, derived from its dates and dated events (DOMAIN 4, status model)."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol

from certification.rules.words import CertificateState as State
from certification.rules.words import EventKind as Kind

TERMINAL = frozenset({State.WITHDRAWN, State.TERMINATED, State.SUPERSEDED})
ENDINGS = {Kind.WITHDRAWN: State.WITHDRAWN, Kind.TERMINATED: State.TERMINATED, Kind.SUPERSEDED: State.SUPERSEDED}
TRANSITIONS: dict[State, dict[Kind, State]] = {
    State.NOT_YET_VALID: ENDINGS,
    State.VALID: {Kind.SUSPENDED: State.SUSPENDED, **ENDINGS},
    State.SUSPENDED: {Kind.REINSTATED: State.VALID, **ENDINGS},
    State.WITHDRAWN: {},
    State.TERMINATED: {},
    State.SUPERSEDED: {},
    State.EXPIRED: {},
}


class Dated(Protocol):
    """Anything that happened to a certificate, from a day on."""

    @property
    def kind(self) -> Kind: ...
    @property
    def effective_on(self) -> date: ...


def state_on(valid_from: date, valid_until: date, events: Iterable[Dated], day: date) -> State:
    """The state on `day`; `valid_until` is the last valid day, `events` come in the order they were recorded.

    Only events effective by that day count, so later ones never change a past answer. An event after `valid_until`
    means nothing: what has expired stays expired. One that ended the certificate before wins over expiry for ever.
    """
    state = State.VALID
    for event in sorted(events, key=lambda event: event.effective_on):
        if event.effective_on > min(day, valid_until):
            break
        before = State.NOT_YET_VALID if event.effective_on < valid_from else state
        state = TRANSITIONS[before].get(event.kind, state)
        if state in TERMINAL:
            return state
    if day > valid_until:
        return State.EXPIRED
    return State.NOT_YET_VALID if day < valid_from else state


def is_allowed(kind: Kind, valid_from: date, valid_until: date, events: Iterable[Dated], day: date) -> bool:
    """Whether `kind` may become effective on `day`. Only an ending may go before what is recorded for later."""
    known = list(events)
    if kind not in ENDINGS and any(event.effective_on > day for event in known):
        return False
    return kind in TRANSITIONS[state_on(valid_from, valid_until, known, day)]


def last_day(valid_from: date, months: int) -> date:
    """The last day of a validity of whole months: 05/12/2026 and 36 give 04/12/2029."""
    years, month = divmod(valid_from.month - 1 + months, 12)
    year, month = valid_from.year + years, month + 1
    return date(year, month, min(valid_from.day, monthrange(year, month)[1])) - timedelta(days=1)
