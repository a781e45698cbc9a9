"""The database: one session, one declarative base, the column types every table shares."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast

from flask import Flask, current_app, g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    CursorResult,
    DateTime,
    Engine,
    Executable,
    MetaData,
    Numeric,
    String,
    Table,
    TypeDecorator,
    event,
    func,
    select,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, registry

from foundation.errors import Invalid

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
READS = {"GET", "HEAD", "OPTIONS"}
TURN = threading.Lock()
QUICK = "quick"  # marks SQLite connections whose commits do not wait for the disk, see foundation.prepared


class UTCDateTime(TypeDecorator):
    """An instant. Stored in UTC, given back UTC-aware on both databases; a naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime: say which time zone")
        if value.tzinfo is not UTC:
            value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value, dialect):
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator):
    """A Decimal that survives SQLite, which has no exact numeric type: kept there as fixed-point text.

    SQLite compares such text as text: never order or compare an Exact column in SQL, do it in Python.
    `digits` in all, six of them decimals: twelve whole ones hold any figure people enter, sums of them take more.
    """

    impl = Numeric(18, 6)
    cache_ok = True

    def __init__(self, digits: int = 18):
        super().__init__(digits, 6)
        self.digits = digits

    def load_dialect_impl(self, dialect):
        return dialect.type_descriptor(
            String(self.digits + 6) if dialect.name == "sqlite" else Numeric(self.digits, 6))

    def process_bind_param(self, value, dialect):
        if value is None or dialect.name != "sqlite":
            return value
        return format(Decimal(value).quantize(Decimal("0.000001")), "f")

    def process_result_value(self, value, dialect):
        return None if value is None else Decimal(value).normalize() + Decimal(0)


class Choice(TypeDecorator):
    """A member of a StrEnum, kept as its text and given back as the member."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[StrEnum], length: int):
        super().__init__(length)
        self.words = words

    def process_bind_param(self, value, dialect):
        return None if value is None else self.words(value).value

    def process_result_value(self, value, dialect):
        return None if value is None else self.words(value)


class Base(DeclarativeBase):
    """Every table's parent. Constraint names are fixed, so both databases and their migrations agree."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: UTCDateTime(), Decimal: Exact()},
    )


db = SQLAlchemy(model_class=Base)


def run(statement: Executable, values: Any = None) -> CursorResult:
    """Execute a statement about tables in the session's transaction, past the session and its rows."""
    return db.session.connection().execute(statement, values)


def table_of(model: type[Base]) -> Table:
    """The table of a model, for statements that go past the session's rows."""
    return cast(Table, model.__table__)


@contextmanager
def refusing(words: dict[str, tuple[str, str]]) -> Iterator[None]:
    """Flush what the block wrote; a unique constraint that fires becomes an error beside a field.

    `words` maps "table.column" to (field, what to do): {"users.email": ("email", _("…"))}.
    """
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as error:
        said = str(error.orig)
        for column, (field, advice) in words.items():
            if column in said or f"uq_{column.replace('.', '_')}" in said:
                raise Invalid(advice, {field: advice}) from None
        raise


def reads_first(view: Callable) -> Callable:
    """Mark a view that reads, checks and computes before it writes: it keeps nobody waiting until `begin_writing`."""
    vars(view).update(reads_first=True)
    return view


def begin_writing() -> None:
    """End the reading of a view marked `reads_first`. What was read may have changed since: read again what counts.

    On SQLite such requests to one process queue here until they end: SQLite itself would have them ask again and again.
    """
    if db.session.registry.has():
        db.session.rollback()
    g.writing = True
    if db.engine.dialect.name == "sqlite" and "turn" not in g:
        g.turn = TURN.acquire(timeout=15)


def end_turn(_error: BaseException | None = None) -> None:
    """Let the next one write."""
    if g.pop("turn", False):
        TURN.release()


def take_turns(name: str) -> None:
    """Begin the session's transaction, if none is open; those about the same thing come one after the other.

    On SQLite all writing transactions do.
    """
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def is_reading() -> bool:
    """Whether this request does not write (yet)."""
    if not has_request_context():
        return False
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method in READS or (getattr(view, "reads_first", False) and "writing" not in g)


def prepare_sqlite(engine: Engine) -> None:
    """Foreign keys, write-ahead log, patience; and transactions started by us, not by the driver.

    A commit is on the disk when it returns (synchronous FULL): a receipt may rest on it. A request that may write
    begins IMMEDIATE: it waits for its turn at the start instead of failing half-way, when a read would have to be
    upgraded to a write. Requests that read, and connections with the execution option `reading`, wait for nobody.
    """

    @event.listens_for(engine, "connect")
    def on_connect(connection, _record):
        connection.isolation_level = None
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection):
        reading = connection.get_execution_options().get("reading") or is_reading()
        driver = connection.connection.dbapi_connection
        if not reading and connection.info.pop(QUICK, False):
            driver.execute("PRAGMA synchronous=FULL")
        driver.execute("BEGIN" if reading else "BEGIN IMMEDIATE")


def init_app(app: Flask) -> None:
    """Bind the database to the application."""
    db.init_app(app)
    app.teardown_request(end_turn)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)
