"""Who did what to what: one entry for every write, chained so that a missing or altered one shows."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, mapped_column

from foundation import clock
from foundation.db import Base, db

START = "0" * 64


class AuditEntry(Base):
    """One write. Added, never changed; `hash` covers the entry and the hash before it."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(120))
    verb: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40), index=True)
    subject_id: Mapped[str] = mapped_column(String(60), index=True)
    detail: Mapped[dict] = mapped_column(JSON)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


def record(verb: str, subject: Any, *, by: Any, at: datetime | None = None, **detail: Any) -> AuditEntry:
    """Add an entry in the current transaction.

    `subject` is a flushed model instance; `by` a user (id, name) or None for the system itself;
    `detail` is JSON-able, e.g. before={…}, after={…}.
    """
    db.session.flush()
    last = db.session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1))
    entry = AuditEntry(
        at=at or clock.now(),
        actor_id=getattr(by, "id", None),
        actor=getattr(by, "name", "system"),
        verb=verb,
        subject_kind=type(subject).__name__,
        subject_id=str(subject.id),
        detail=json.loads(json.dumps(detail, default=str)),
        previous_hash=last or START,
    )
    entry.hash = digest(entry)
    db.session.add(entry)
    db.session.flush()
    return entry


def digest(entry: AuditEntry) -> str:
    """The hash an entry must carry."""
    fields = [entry.at.isoformat(), entry.actor_id, entry.actor, entry.verb, entry.subject_kind, entry.subject_id]
    text = json.dumps([entry.previous_hash, *fields, entry.detail], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def find_break() -> int | None:
    """The id of the first entry whose hash or link is wrong; None when the chain holds."""
    previous = START
    for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).yield_per(500):
        if entry.previous_hash != previous or entry.hash != digest(entry):
            return entry.id
        previous = entry.hash
    return None
