"""Who did what to what: one entry for every write, chained so that a missing or altered one shows."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from foundation import clock
from foundation.db import Base, db, table_of
from foundation.prepared import Prepared, adding

START = "0" * 64
CHAIN_LOCK = 7_246_501  # PostgreSQL: writers of the chain take turns
WORDS: dict[str, object] = {"system": _l("The system"), "yes": _l("yes"), "no": _l("no")}  # see `name_words`


class AuditEntry(Base):
    """One write. Added, never changed; `hash` covers the entry and the hash before it."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(120))
    verb: Mapped[str] = mapped_column(String(60), index=True)
    subject_kind: Mapped[str] = mapped_column(String(40), index=True)
    subject_id: Mapped[str] = mapped_column(String(60), index=True)
    detail: Mapped[dict] = mapped_column(JSON)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


@dataclass(frozen=True)
class Actor:
    """Who does something, where the row of the user is not at hand."""

    id: int
    name: str


def record(verb: str, subject: Any, *, by: Any, at: datetime | None = None, **detail: Any) -> AuditEntry:
    """Add an entry in the current transaction, at the end of the chain: on PostgreSQL others wait until it commits.

    `subject` is a flushed model instance; `by` a user (id, name) or None for the system itself;
    `detail` is JSON-able, e.g. before={…}, after={…}.
    """
    db.session.flush()
    entry = AuditEntry(
        at=at or clock.now(),
        actor_id=getattr(by, "id", None),
        actor=getattr(by, "name", "system"),
        verb=verb,
        subject_kind=type(subject).__name__,
        subject_id=str(subject.id),
        detail=json.loads(json.dumps(detail, default=str)),
        previous_hash=end_of_chain(),
    )
    entry.hash = digest(entry)
    db.session.add(entry)
    db.session.flush()
    return entry


def record_many(entries: Iterable[tuple[str, str, int | str, dict[str, Any]]], *, by: Any, at: datetime) -> None:
    """Add many entries in bulk: (verb, subject's class name, its id, detail), one after the other in the chain."""
    db.session.flush()
    previous = end_of_chain()
    for verb, kind, subject_id, detail in entries:
        row = {"at": at, "actor_id": getattr(by, "id", None), "actor": getattr(by, "name", "system"), "verb": verb,
               "subject_kind": kind, "subject_id": str(subject_id), "previous_hash": previous,
               "detail": json.loads(json.dumps(detail, default=str))}
        row["hash"] = previous = digest(SimpleNamespace(**row))
        ADDED.write(row)


def end_of_chain() -> str:
    """The last hash, once nobody else is adding entries: on PostgreSQL others wait until this transaction commits."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(CHAIN_LOCK)))
    last = LAST.first()
    return last.hash if last else START


ENTRIES = table_of(AuditEntry).c
LAST = Prepared(select(ENTRIES.hash).order_by(ENTRIES.id.desc()).limit(1))
ADDED = adding(table_of(AuditEntry), but="id")


def digest(entry: AuditEntry | SimpleNamespace) -> str:
    """The hash an entry must carry."""
    fields = [entry.at.isoformat(), entry.actor_id, entry.actor, entry.verb, entry.subject_kind, entry.subject_id]
    text = json.dumps([entry.previous_hash, *fields, entry.detail], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def name_words(words: dict[str, Any]) -> None:
    """Give verbs, subject kinds and fields the lazy texts people read in the audit trail: `{"add_user": _l("…")}`."""
    WORDS.update(words)


def word(text: str) -> str:
    """The text people read for a verb, subject kind or field; itself, spaced, where no package named it."""
    return str(WORDS.get(text) or text.replace("_", " "))


def list_changes(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """What an entry says in words: (field, before, after); a lone fact stands under after."""
    before, after = (entry.detail.get(side) or {} for side in ("before", "after"))
    if not isinstance(before, dict) or not isinstance(after, dict):
        return [(name, "", show_value(value)) for name, value in entry.detail.items()]
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    lone = [(name, "", show_value(value)) for name, value in entry.detail.items() if name not in ("before", "after")]
    return [(name, show_value(before.get(name)), show_value(after.get(name))) for name in names] + lone


def show_value(value: Any) -> str:
    """A detail as people read it: known words translated, lists and dictionaries laid out."""
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return word("yes" if value else "no")
    if isinstance(value, list):
        return ", ".join(show_value(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{word(name)}: {show_value(one)}" for name, one in value.items())
    return ": ".join(str(WORDS.get(part, part)) for part in str(value).split(": "))


def find_end() -> tuple[int, str]:
    """How many entries there are and the last hash: noted elsewhere, they show entries cut off at the end."""
    last = db.session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1))
    return db.session.scalar(select(func.count(AuditEntry.id))) or 0, last or START


def find_break() -> int | None:
    """The id of the first entry whose hash or link is wrong; None when the chain holds."""
    previous = START
    for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).yield_per(500):
        if entry.previous_hash != previous or entry.hash != digest(entry):
            return entry.id
        previous = entry.hash
    return None
