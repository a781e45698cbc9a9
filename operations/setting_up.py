"""A new installation: tables, reference data, the first administrator."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import flask_migrate
from sqlalchemy import inspect

from accounts.actions import add_user
from accounts.models import User
from accounts.permissions import Role
from foundation.db import db
from foundation.errors import AppError
from plan.actions import load_defaults
from surveys.actions import load_default_criteria
from territory.actions import load

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def make_tables() -> None:
    """Bring the tables up to date. Raises AppError for a database that is still not ours then."""
    flask_migrate.upgrade(str(MIGRATIONS))
    if lacking := list_lacking():
        raise AppError(f"This database was made by an earlier version and lacks {', '.join(lacking[:3])}, … "
                       "Nothing was changed in it. Keep it aside and name another: PPX_INSTANCE or DATABASE_URL.")


def list_lacking() -> list[str]:
    """Columns of the models that the database does not have."""
    there = inspect(db.engine)
    known = {f"{name}.{column['name']}" for name in there.get_table_names() for column in there.get_columns(name)}
    return [text for table in db.metadata.sorted_tables for column in table.columns
            if (text := f"{table.name}.{column.name}") not in known]


def load_reference(*, at: datetime) -> None:
    """Administrative units, targets and thresholds, the default criteria set; what is there already stays."""
    load(at=at)
    load_defaults(at=at)
    load_default_criteria(by=None, at=at)


def start(*, email: str, name: str, password: str, at: datetime, say: Callable[[str], None]) -> User:
    """Fill an empty installation and open its first account, an administrator's. The caller commits."""
    load_reference(at=at)
    say("Administrative units, targets, thresholds and criteria are loaded.")
    return add_user(email=email, name=name, password=password, roles=[(Role.ADMIN, None)], by=None, at=at)
