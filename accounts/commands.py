"""Commands of accounts."""

import click
from flask.cli import AppGroup

from accounts import actions, queries
from foundation import audit, clock
from foundation.db import db

group = AppGroup("accounts", help="Accounts and the audit trail.")
commands = [group]


@group.command("check-audit")
def check_audit() -> None:
    """Recompute the hash chain of the audit trail; fails when an entry was altered or taken out."""
    broken = audit.find_break()
    if broken is not None:
        raise click.ClickException(f"The chain breaks at entry {broken}: it or one before it was altered or taken out.")
    count, last = audit.find_end()
    click.echo(f"The chain holds: {count} entries, the last hash is {last}")


@group.command("reset-password")
@click.argument("email")
def reset_password(email: str) -> None:
    """Give EMAIL a one-time password and sign it out everywhere."""
    user = queries.find_user(email)
    if user is None:
        raise click.ClickException(f"There is no account {email}.")
    password = actions.reset_password(user, by=None, at=clock.now())
    db.session.commit()
    click.echo(f"One-time password of {user.email}: {password}")
    if not user.is_active:
        click.echo("The account is closed: reopen it on its page before the person signs in.")


@group.command("purge-attempts")
def purge_attempts() -> None:
    """Delete attempts to sign in older than 90 days; run it daily."""
    count = actions.purge_attempts(by=None, at=clock.now())
    db.session.commit()
    click.echo(f"{count} attempts deleted.")
