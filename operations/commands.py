"""Commands of operations."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from accounts.queries import count_users
from foundation import clock
from foundation.db import db
from foundation.errors import AppError
from operations import demo, setting_up


@click.command("init")
@click.option("--email", prompt="E-mail of the first administrator", help="Also the sign-in name.")
@click.option("--name", prompt="Name of the first administrator")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
@with_appcontext
def init(email: str, name: str, password_stdin: bool) -> None:
    """Make the tables, load the reference data, open the first administrator's account."""
    make_tables()
    if count_users():
        raise click.ClickException("There are accounts already. An administrator adds people on the page /people; "
                                   "`flask accounts reset-password EMAIL` helps one who cannot sign in.")
    password = sys.stdin.readline().rstrip("\n") if password_stdin else ask_password()
    try:
        user = setting_up.start(email=email, name=name, password=password, at=clock.now(), say=click.echo)
    except AppError as error:
        raise click.ClickException(str(error)) from None
    db.session.commit()
    click.echo(f"{user.name} is the first administrator and signs in as {user.email}.")


def make_tables() -> None:
    """The tables, or the reason why not."""
    try:
        setting_up.make_tables()
    except AppError as error:
        raise click.ClickException(str(error)) from None


def ask_password() -> str:
    """Typed twice, not shown."""
    return click.prompt("Password", hide_input=True, confirmation_prompt=True)


demo_group = AppGroup("demo", help="The demonstration: an invented province.")


@demo_group.command("load")
def load_demo() -> None:
    """Fill an empty installation with the demonstration."""
    if current_app.config["PRODUCTION"]:
        raise click.ClickException("This is a production installation: the demonstration does not belong in it.")
    make_tables()
    if count_users():
        raise click.ClickException("There are accounts already: the demonstration goes into an empty database only.")
    demo.load(host=current_app.config["PPX_HOST"], say=click.echo)
    db.session.commit()
    for line in demo.welcome(f"http://{current_app.config['PPX_HOST']}"):
        click.echo(line)


@demo_group.command("remove")
def remove_demo() -> None:
    """Take the demonstration out again; what is real stays."""
    try:
        gone = demo.remove()
    except AppError as error:
        raise click.ClickException(str(error)) from None
    db.session.commit()
    for table, count in gone.items():
        click.echo(f"{count:>7} {table}")
    click.echo("The demonstration is removed." if gone else "There is no demonstration here.")


commands = [init, demo_group]
