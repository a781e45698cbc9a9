"""Up, down, and equal to the models, on both databases."""

import re

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from foundation.config import ROOT
from foundation.db import db


@pytest.fixture
def empty(app, db_url, tmp_path):
    """A connection to a schema of its own, without tables; and alembic's configuration for it."""
    with app.app_context():
        engine = db.engine if db_url.startswith("postgres") else sa.create_engine(f"sqlite:///{tmp_path}/empty.sqlite")
        with engine.connect() as connection:
            if db_url.startswith("postgres"):
                connection.execute(sa.text("CREATE SCHEMA empty"))
                connection.execute(sa.text("SET search_path TO empty"))
            config = Config(ROOT / "migrations" / "alembic.ini", attributes={"connection": connection})
            config.set_main_option("script_location", str(ROOT / "migrations"))
            yield connection, config
            connection.rollback()


def names(connection):
    """What stands in the database besides alembic's own table."""
    schema = "empty" if connection.dialect.name == "postgresql" else None
    return set(sa.inspect(connection).get_table_names(schema=schema)) - {"alembic_version"}


def shape(connection):
    """Everything that stands in the database: columns, keys, checks, indexes and the text of triggers."""
    schema = "empty" if connection.dialect.name == "postgresql" else None
    inspector = sa.inspect(connection)
    found = {}
    for name in sorted(names(connection)):
        columns = sorted((column["name"], str(column["type"]), column["nullable"], column["default"])
                         for column in inspector.get_columns(name, schema=schema))
        keys = [inspector.get_pk_constraint(name, schema=schema), *inspector.get_foreign_keys(name, schema=schema),
                *inspector.get_unique_constraints(name, schema=schema),
                *inspector.get_check_constraints(name, schema=schema), *inspector.get_indexes(name, schema=schema)]
        found[name] = (columns, sorted(map(str, keys)))
    triggers = ("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name" if schema is None else
                "SELECT proname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal"
                " AND pronamespace = 'empty'::regnamespace ORDER BY proname")
    return found, [tuple(row) for row in connection.execute(sa.text(triggers))]


def test_down_to_0_1_0(empty):
    connection, config = empty
    command.upgrade(config, "0002")
    before = shape(connection)
    assert len(before[1]) > 40
    command.upgrade(config, "head")
    assert shape(connection) != before
    command.downgrade(config, "0002")
    assert shape(connection) == before


def test_up_and_down_again(empty):
    connection, config = empty
    command.upgrade(config, "head")
    assert names(connection) == set(db.metadata.tables)
    command.downgrade(config, "base")
    assert names(connection) == set()


def test_equal_to_the_models(session):
    context = MigrationContext.configure(session.connection())
    assert compare_metadata(context, db.metadata) == []


def test_the_same_checks_as_the_models(session):
    """Names, and the words in them: PostgreSQL writes the conditions in its own way."""
    inspector = sa.inspect(session.connection())
    for table in db.metadata.sorted_tables:
        wanted = {(check.name, words(str(check.sqltext))) for check in table.constraints
                  if isinstance(check, sa.CheckConstraint)}
        found = {(check["name"], words(check["sqltext"])) for check in inspector.get_check_constraints(table.name)}
        assert found == wanted


def words(condition):
    """What stands in quotes."""
    return frozenset(re.findall(r"'[a-z_]*'", condition))
