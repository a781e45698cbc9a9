"""A new installation: tables, reference data, the first administrator."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import flask_migrate
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

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
    """Bring the tables up to date. Raises AppError, having changed nothing, for those of a later version."""
    with db.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_heads()
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if later := set(found) - known:
        raise AppError(f"This database was made by a later version ({', '.join(sorted(later))}). Nothing was changed "
                       "in it. Run that version, or name another database: PPX_INSTANCE or DATABASE_URL.")
    flask_migrate.upgrade(str(MIGRATIONS))


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
