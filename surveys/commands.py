"""Commands of surveys."""

from pathlib import Path

import click
from flask.cli import AppGroup

from foundation import clock
from foundation.db import db
from foundation.errors import AppError
from surveys.actions import load_default_criteria
from surveys.odk.exporting import write_xlsform
from surveys.odk.names import REGISTER, form_id
from surveys.odk.register import write_register
from surveys.queries import find_criteria_set, find_current_set

group = AppGroup("surveys", help="Criteria sets, and surveys made with ODK or KoboToolbox.")
commands = [group]


@group.command("load-criteria")
def load_criteria() -> None:
    """Load and publish the default criteria set; again is harmless."""
    loaded = load_default_criteria(by=None, at=clock.now())
    db.session.commit()
    click.echo(f"{loaded.code} {loaded.version}: {sum(len(group.criteria) for group in loaded.groups)} criteria")


@group.command("export-xlsform")
@click.option("--set", "wanted", nargs=2, metavar="CODE VERSION", help="Which set; without it, the one in use.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@click.option("--with-register", is_flag=True, help="Choose the establishment from establishments.csv beside the form.")
def export_xlsform(wanted: tuple[str, str] | None, out: Path | None, with_register: bool) -> None:
    """Write a criteria set as an XLSForm for ODK or KoboToolbox."""
    found = find_criteria_set(*wanted) if wanted else find_current_set()
    if found is None:
        raise click.ClickException("There is no such criteria set. The page /criteria lists them.")
    try:
        content = write_xlsform(found, with_register=with_register)
    except AppError as error:
        raise click.ClickException(str(error)) from None
    out = out or Path(f"{form_id(found.code)}-{found.version}.xlsx")
    out.write_bytes(content)
    click.echo(f"{found.code} {found.version}: {out}")
    if with_register:
        register = out.with_name(f"{REGISTER}.csv")
        register.write_text(write_register(clock.today()), encoding="utf-8")
        click.echo(f"Add this file to the form, as it is: {register}")
