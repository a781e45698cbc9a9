"""What the public page shows for a code: one statement, always fresh. A read-only room beside queries.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from certification.models import Certificate, CertificateEvent
from certification.rules import CertificateState, EventKind, state_on
from foundation.db import db
from foundation.prepared import Prepared
from foundation.text import fold
from retail.models import Establishment
from retail.rules import Kind

Successor = aliased(Certificate)
SHOWN = (
    select(
        Certificate.id, Certificate.code, Certificate.valid_from, Certificate.valid_until, Certificate.facts,
        Certificate.is_demo, CertificateEvent.id.label("event_id"), CertificateEvent.kind,
        CertificateEvent.effective_on, Successor.code.label("successor_code"), Successor.facts.label("successor_facts"))
    .outerjoin(CertificateEvent, CertificateEvent.certificate_id == Certificate.id)
    .outerjoin(Successor, Successor.id == CertificateEvent.successor_id)
)
CERTIFICATE_ID, EVENT_ID = (list(SHOWN.selected_columns.keys()).index(name) for name in ("id", "event_id"))
BY_CODE = Prepared(SHOWN.where(Certificate.code == bindparam("code")).order_by(CertificateEvent.id))


@dataclass(frozen=True)
class Event:
    """What happened to a certificate, as far as anybody may know."""

    id: int
    kind: EventKind
    effective_on: date


@dataclass(frozen=True)
class Finding:
    """A certificate as the public sees it on a day."""

    certificate_id: int
    code: str
    facts: dict[str, Any]
    is_demo: bool
    valid_from: date
    valid_until: date
    events: tuple[Event, ...]
    successor: tuple[str, dict[str, Any]] | None  # code and facts of the newer certificate
    state: CertificateState

    @property
    def is_valid(self) -> bool:
        return self.state is CertificateState.VALID

    @property
    def since(self) -> date | None:
        """From which day the present state holds, when an event brought it."""
        told = [event for event in self.events if event.kind.value == self.state.value]
        return told[-1].effective_on if told else None


class Sighting:
    """What one statement found behind a code, not yet read. `key` changes whenever what is shown changes."""

    def __init__(self, rows: list[tuple], on: date):
        self.rows, self.on = rows, on
        self.key = (rows[0][CERTIFICATE_ID], rows[-1][EVENT_ID], on)

    @property
    def finding(self) -> Finding:
        return read([BY_CODE.read(row) for row in self.rows], self.on)


def look_up(code: str, *, on: date) -> Sighting | None:
    """The certificate with this code (upper case, as kept) on a day; None when there is none. One statement."""
    rows = BY_CODE.rows(code=code)
    return Sighting(rows, on) if rows else None


def read(rows: Sequence[Any], on: date) -> Finding:
    """A finding from the rows of one certificate, one an event."""
    first = rows[0]
    events = tuple(Event(row.event_id, row.kind, row.effective_on) for row in rows if row.event_id is not None)
    newer = [(row.successor_code, row.successor_facts) for row in rows if row.successor_code]
    return Finding(
        certificate_id=first.id, code=first.code, facts=first.facts, is_demo=first.is_demo,
        valid_from=first.valid_from, valid_until=first.valid_until, events=events,
        successor=newer[-1] if newer else None,
        state=state_on(first.valid_from, first.valid_until, events, on))


def list_register(on: date, *, search: str = "", kind: Kind | None = None, level: int | None = None) -> list[Finding]:
    """Every certificate valid or suspended on a day, by the establishment's name. One statement.

    `search` is folded and every word of it must be found; `level` is the least level.
    """
    wanted = SHOWN.join(Establishment, Establishment.id == Certificate.establishment_id).where(
        Certificate.valid_from <= on, Certificate.valid_until >= on,
        *(Establishment.search_text.contains(word, autoescape=True) for word in fold(search).split()))
    if kind:
        wanted = wanted.where(Establishment.kind == kind)
    if level:
        wanted = wanted.where(Certificate.level_rank >= level)
    rows = db.session.execute(wanted.order_by(Establishment.sort_key, Certificate.id, CertificateEvent.id)).all()
    found = [read(list(group), on) for _id, group in groupby(rows, key=lambda row: row.id)]
    return [finding for finding in found if finding.state in (CertificateState.VALID, CertificateState.SUSPENDED)]
