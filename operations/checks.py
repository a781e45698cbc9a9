"""Before anybody is served: is this installation safe to put in front of people? Told once, at every start."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask import Flask, current_app
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from accounts import queries
from foundation.db import db

STOP = 3  # the exit code at which gunicorn gives up instead of starting the worker again
SHORTEST_SECRET = 32


def begin(app: Flask) -> None:
    """Note whether demo data are loaded; end a production start that is unsafe, saying what to do.

    Commands (`flask init`, `flask demo remove`, …) must run on such an installation: they are its cure.
    """
    with app.app_context():
        mark_demo()
    if not app.config["PRODUCTION"] or is_command():
        return
    if problems := [*find_problems(app)]:
        lines = ["This production start is refused:", *(f"  - {problem}" for problem in problems)]
        print("\n".join(lines), file=sys.stderr, flush=True)
        raise SystemExit(STOP)
    for warning in find_warnings(app):
        app.logger.warning(warning)


def is_command() -> bool:
    """Whether a `flask` command other than `flask run` asked for the application."""
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name != "run"


def mark_demo() -> None:
    """Note in the configuration whether demo data are loaded: asked once at start, never by a page.

    Runs in an app context without open work; loading and removing demo data call it after their commit.
    A database without tables holds none; None stands for a database that does not answer.
    """
    try:
        connection = db.session.connection(execution_options={"reading": True})
        loaded = inspect(connection).has_table("users") and queries.has_demo_people()
    except SQLAlchemyError:
        loaded = None
    db.session.rollback()
    current_app.config["DEMO"] = loaded


def find_problems(app: Flask) -> Iterator[str]:
    """What must be mended before people may come."""
    config = app.config
    if config["DEMO"] is None:
        yield "The database does not answer. Check DATABASE_URL and that the database runs."
    if config["DEMO"]:
        yield "There are demo users, whose passwords everybody knows. Run: flask demo remove"
    if app.debug:
        yield "Debugging is on. Unset FLASK_DEBUG."
    if len(str(config["SECRET_KEY"])) < SHORTEST_SECRET or len(set(str(config["SECRET_KEY"]))) < 10:
        yield (f"SECRET_KEY is shorter than {SHORTEST_SECRET} characters or easy to guess. Leave it out: one is made "
               "in the instance folder; or set the output of: python3 -c 'import secrets; "
               "print(secrets.token_urlsafe(48))'")
    yield from find_host_problems(config["PPX_HOST"])
    if (path := sqlite_file(config["SQLALCHEMY_DATABASE_URI"])) and is_readable_by_others(path):
        yield f"Other users of this machine can read the database. Run: chmod 600 {path}"


def find_host_problems(host: str) -> Iterator[str]:
    """What is wrong with the name people will type and QR codes will carry."""
    wanted = "Set PPX_HOST to the public host name alone, such as ppx.phutho.gov.vn."
    if "/" in host:
        yield f"PPX_HOST is “{host}”, an address. {wanted}"
    elif host.partition(":")[0] in ("localhost", "0.0.0.0", "") or host.startswith("127."):
        yield f"PPX_HOST is “{host}”, which only this machine understands. {wanted}"
    elif ":" in host:
        yield f"PPX_HOST is “{host}”, with a port: QR codes need plain https. {wanted}"


def find_warnings(app: Flask) -> Iterator[str]:
    """What works, but not well."""
    if app.config["PPX_LIMITS"].startswith("memory:"):
        yield ("PPX_LIMITS is memory://: each worker counts requests for itself. "
               "With more than one worker set a Redis address.")
    if not app.config["PROXIES"]:
        yield ("PPX_PROXIES is 0: behind a proxy every visitor has the proxy's address and shares its limits. "
               "Set it to the number of proxies in front.")


def sqlite_file(address: str) -> Path | None:
    """The file behind a database address; None for other databases and for none at all."""
    name = str(address).partition("sqlite:///")[2].partition("?")[0]
    return Path(name) if name and name != ":memory:" and Path(name).exists() else None


def is_readable_by_others(path: Path) -> bool:
    """Whether the rights of a file and of its folder let any user of the machine read it."""
    return bool(path.stat().st_mode & 0o004 and path.parent.stat().st_mode & 0o001)
