"""Commands of territory."""

import click
from flask.cli import AppGroup

from foundation import clock
from foundation.db import db
from territory import actions

group = AppGroup("territory", help="Administrative units.")
commands = [group]


@group.command("load")
def load() -> None:
    """Add the reference data of administrative units; a second run adds nothing."""
    added = actions.load(at=clock.now())
    db.session.commit()
    click.echo(", ".join(f"{number} {what}" for what, number in added.items()) + " added")
