"""A statement compiled once and asked straight through the driver: for the doors that have to be fastest."""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from flask import g
from sqlalchemy import Dialect, Insert, Select, Table, Update, bindparam, insert, update
from sqlalchemy.exc import IntegrityError

from foundation.db import QUICK, db

Process = Callable[[Any], Any] | None


@dataclass
class Form:
    """A statement as one driver takes it: its text, the values it brings itself, how values go in and come out."""

    text: str
    given: Mapping[str, Any]
    takes: list[tuple[str, Process]]
    is_positional: bool
    gives: list[Process] | None = None  # known from the first answer on

    @property
    def names(self) -> list[str]:
        return [name for name, _process in self.takes]


class Prepared:
    """Runs in the transaction of the session where one is open; a select else by itself, seeing what is committed.

    What is read to be written about is read after `take_turns`, which opens one. Some 30 µs where a session takes 200.
    """

    def __init__(self, statement: Select | Insert | Update):
        self.statement = statement
        self.form = cache(self._form)  # by dialect
        names = statement.selected_columns.keys() if isinstance(statement, Select) else []
        self.shape: Callable[..., Any] = namedtuple("Row", names)  # type: ignore[misc]  # its names are the columns'

    def _form(self, dialect: Dialect) -> Form:
        compiled: Any = self.statement.compile(dialect=dialect)
        binds = {name: bind.type.dialect_impl(dialect).bind_processor(dialect)
                 for bind, name in compiled.bind_names.items()}
        names = compiled.positiontup or binds
        return Form(str(compiled), compiled.params, [(name, binds[name]) for name in names], compiled.positional)

    def rows(self, **values: object) -> list[tuple]:
        """Rows as the driver gives them."""
        form = self.form(db.engine.dialect)
        with cursor() as driver:
            execute(driver, form, values)
            form.gives = form.gives or self.gives(driver.description)
            return list(driver.fetchall())

    def gives(self, description: Sequence[Any]) -> list[Process]:
        """How what the driver gives becomes what SQLAlchemy would; drivers differ by the type they found."""
        dialect, columns = db.engine.dialect, cast(Select, self.statement).selected_columns
        return [column.type.dialect_impl(dialect).result_processor(dialect, found[1])
                for column, found in zip(columns, description, strict=True)]

    def read(self, row: tuple) -> Any:
        """One of them as a named tuple of the values SQLAlchemy would give."""
        gives = self.form(db.engine.dialect).gives or ()
        return self.shape(*[process(value) if process else value for process, value in zip(gives, row, strict=True)])

    def all(self, **values: object) -> list[Any]:
        """Every row, read."""
        return [self.read(row) for row in self.rows(**values)]

    def first(self, **values: object) -> Any | None:
        """The first row, read; None when there is none."""
        rows = self.rows(**values)
        return self.read(rows[0]) if rows else None

    def write(self, *rows: Mapping[str, object]) -> None:
        """Insert or change rows in the short transaction, else in the session's, which begins where none is open.

        All at once, so that all have the same names. Raises sqlalchemy's IntegrityError.
        """
        form = self.form(db.engine.dialect)
        driver: Any = (g.short if "short" in g else db.session.connection().connection).cursor()
        try:
            if len(rows) == 1:
                execute(driver, form, rows[0])
            elif rows:
                driver.executemany(form.text, [fill(form, row) for row in rows])
        except db.engine.dialect.loaded_dbapi.IntegrityError as error:
            raise IntegrityError(form.text, None, error) from error


def adding(table: Table, *, but: str = "") -> Prepared:
    """An insert of a row, without the column that the database numbers; what is not given is NULL."""
    return Prepared(insert(table).values(
        {column.name: bindparam(column.name) for column in table.c if column.name != but}))


def changing(table: Table, names: Sequence[str]) -> Prepared:
    """A change of these columns in the row whose `id` is given as `row`."""
    return Prepared(update(table).where(table.c.id == bindparam("row")).values(
        {name: bindparam(name, type_=table.c[name].type) for name in names}))


def execute(driver: Any, form: Form, values: Mapping[str, Any]) -> None:
    """Hand a statement to the driver with the values as it takes them."""
    driver.execute(form.text, fill(form, values))


def fill(form: Form, values: Mapping[str, Any]) -> list[Any] | dict[str, Any]:
    """The values as the driver takes them; None is NULL, in JSON too."""
    whole = {**form.given, **values}
    taken = [process(whole[name]) if process and whole[name] is not None else whole[name]
             for name, process in form.takes]
    return taken if form.is_positional else dict(zip(form.names, taken, strict=True))


@contextmanager
def cursor() -> Iterator[Any]:
    """A cursor in the short transaction, in that of the session, or one that sees what is committed."""
    if "short" in g:
        yield g.short.cursor()
    elif db.session.registry.has() and db.session().in_transaction():
        yield db.session.connection().connection.cursor()
    else:
        with closing(db.engine.raw_connection()) as connection:
            yield connection.cursor()


@contextmanager
def short_transaction(name: str) -> Iterator[None]:
    """A transaction of prepared statements alone, past the session, taking turns with others about the same `name`.

    When it ends well it is committed, but a power cut may still take it back, whole, until the next commit of a
    session: for what whoever sent it keeps, and sends again, until an answer that rests on such a commit.
    """
    with closing(db.engine.raw_connection()) as connection:
        start(connection, name)
        g.short = connection
        try:
            yield
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
        finally:
            g.pop("short")


def start(connection: Any, name: str) -> None:
    """Begin it. On SQLite the connection stays as quick as it becomes here until a session begins to write on it."""
    driver = connection.cursor()
    if db.engine.dialect.name == "sqlite":
        if not connection.info.get(QUICK):
            driver.execute("PRAGMA synchronous=NORMAL")
            connection.info[QUICK] = True
        driver.execute("BEGIN IMMEDIATE")
    else:
        driver.execute("SET LOCAL synchronous_commit TO OFF")
        driver.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
