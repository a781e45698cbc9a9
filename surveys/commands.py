"""Commands of surveys."""

from pathlib import Path

import click
from flask.cli import AppGroup

from accounts.permissions import Permission
from accounts.queries import find_user
from foundation import clock
from foundation.db import db
from foundation.errors import AppError
from surveys.actions import load_default_criteria
from surveys.odk.arriving import Fate, Wish, take_in
from surveys.odk.exporting import write_xlsform
from surveys.odk.names import REGISTER, form_id
from surveys.odk.reading import read_submissions
from surveys.odk.register import write_register
from surveys.odk.telling import table_of
from surveys.queries import find_criteria_set, find_current_set, get_visit

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


@group.command("import-odk")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--by", "email", required=True, help="Whose work it is: somebody of the visit's team, by e-mail.")
@click.option("--visit", "visit_id", type=int, help="The visit of every submission; without it, found by its day.")
@click.option("--new-visits", is_flag=True, help="Plan a visit where none was planned for that day.")
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
def import_odk(paths: tuple[Path, ...], email: str, visit_id: int | None, new_visits: bool, dry_run: bool) -> None:
    """Take in surveys made with ODK or KoboToolbox: XML with media, folders, ZIP, CSV, .xlsx."""
    by = find_user(email)
    if by is None or not (by.is_active and by.may(Permission.SURVEY)):
        raise click.ClickException(f"{email} is nobody who may survey. Name somebody of the team with --by.")
    try:
        visit = get_visit(visit_id, to=by) if visit_id else None
        found, files = read_submissions(list(paths))
    except AppError as error:
        raise click.ClickException(str(error)) from None
    results = []
    for one in found:  # each for itself: others wait for the database no longer than one takes, and keep what is done
        wish = Wish(by=by, at=clock.now(), visit=visit, makes_visits=new_visits, is_trial=dry_run)
        results.append(take_in(one, files, wish))
        if dry_run or results[-1].fate == Fate.REFUSED:
            db.session.rollback()
        else:
            db.session.commit()
    for line in table_of(results, is_trial=dry_run):
        click.echo(line)
    if any(result.fate == Fate.REFUSED for result in results):
        raise click.exceptions.Exit(1)
