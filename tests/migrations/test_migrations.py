"""Up, down, and equal to the models, on both databases."""

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


def test_up_and_down_again(empty):
    connection, config = empty
    command.upgrade(config, "head")
    assert names(connection) == set(db.metadata.tables)
    command.downgrade(config, "base")
    assert names(connection) == set()


def test_equal_to_the_models(session):

    context = MigrationContext.configure(session.connection())
    assert compare_metadata(context, db.metadata) == []
