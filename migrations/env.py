"""How alembic reaches our database: one connection, batch mode for SQLite, our column types by plain names."""

from contextlib import contextmanager
from importlib import import_module

from alembic import context
from flask import current_app
from sqlalchemy import Numeric, String

from foundation.db import Choice, Exact, UTCDateTime, db

for module in ("foundation.audit", "foundation.numbers", *(f"{package}.models" for package in (
        "territory", "accounts", "retail", "plan", "surveys", "certification"))):
    import_module(module)


def render_item(kind, thing, autogen_context):
    """Migrations name plain SQLAlchemy types: they must read the same when our types have changed."""
    if kind == "type" and isinstance(thing, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Exact):
        return "sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite')"
    if kind == "type" and isinstance(thing, Choice):
        return f"sa.String({thing.impl_instance.length})"
    return False


def different_type(_context, _column, _metadata_column, inspected, wanted):
    """None leaves the question to alembic; an Exact is text on SQLite and a number elsewhere."""
    if isinstance(wanted, Exact):
        return not isinstance(inspected, String | Numeric)
    return None


def run(connection):
    """Migrate in one transaction."""
    context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=True,
                      render_item=render_item, compare_type=different_type)
    with context.begin_transaction():
        context.run_migrations()


@contextmanager
def committed(connection):
    """What the block did, once and for all.

    SQLite builds tables anew: it must not look at foreign keys meanwhile, and is told so outside the transaction only;
    rows that refer to nothing are looked for at the end.
    """
    driver = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
    if driver:
        driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        if driver and (broken := driver.execute("PRAGMA foreign_key_check").fetchall()):
            raise RuntimeError(f"Nothing was changed: rows would refer to what is not there: {broken[:10]}")
        connection.commit()
    finally:
        connection.rollback()
        if driver:
            driver.execute("PRAGMA foreign_keys=ON")


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with current_app.app_context(), db.engine.connect() as connection, committed(connection):
        run(connection)
