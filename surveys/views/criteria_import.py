"""A criteria set imported from a workbook: looked at first, written when confirmed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission, requires
from foundation import clock
from foundation.db import db
from foundation.errors import Invalid
from surveys.actions import draft_criteria_set, problems_in
from surveys.criteria_words import explain_problem, place_of
from surveys.forms.criteria import ConfirmForm, ImportForm
from surveys.rules.content import SetContent
from surveys.sheets import Cells, Reading, read_set
from surveys.views.blueprint import bp
from surveys.workbook import read_book


@bp.route("/criteria/import", methods=["GET", "POST"])
@requires(Permission.EDIT_CRITERIA)
def import_criteria_set():
    """Choose a workbook; everything in it is read and judged, nothing is written."""
    form = ImportForm()
    if not form.validate_on_submit():
        return show_choice(form)
    try:
        tables = read_book(form.file.data.read())
    except Invalid as invalid:
        form.file.errors = [str(invalid)]
        return show_choice(form)
    reading = read_set(tables)
    if reading.content is None:
        return show_choice(form, reading)
    confirm = ConfirmForm(formdata=None, data={"version": reading.content.version, "tables": pack(tables)})
    return show_preview(reading, reading.content, confirm)


@bp.post("/criteria/import/confirm")
@requires(Permission.EDIT_CRITERIA)
def confirm_criteria_set():
    """Write the draft that was looked at, under the version chosen."""
    form = ConfirmForm()
    reading = read_set(unpack(form.tables.data or ""))
    if reading.content is None:
        return show_choice(ImportForm(formdata=None), reading)
    if form.validate():
        try:
            content = replace(reading.content, version=form.version.data)
            draft = draft_criteria_set(content, by=current_user, at=clock.now())
            db.session.commit()
            flash(_("The draft is written. Publish it when it is complete."))
            return redirect(url_for("surveys.show_criteria_set", set_id=draft.id))
        except Invalid as invalid:
            form.version.errors = [str(invalid)]
    return show_preview(reading, reading.content, form)


def show_choice(form: ImportForm, reading: Reading | None = None):
    """The page that takes a file, with everything that is wrong with the last one."""
    problems = reading.problems if reading else []
    return render_template(
        "surveys/import_criteria_set.html", form=form, problems=problems, explain_problem=explain_problem,
        place_of=place_of, here="surveys.list_criteria_sets"), 422 if form.errors or problems else 200


def show_preview(reading: Reading, content: SetContent, form: ConfirmForm):
    """What the workbook holds, and what keeps it from being published."""
    problems = [replace(found, row=reading.rows.get((found.sheet, found.code))) for found in problems_in(content)]
    return render_template(
        "surveys/confirm_criteria_set.html", content=content, form=form, problems=problems,
        explain_problem=explain_problem, place_of=place_of, here="surveys.list_criteria_sets"
    ), 422 if form.errors else 200


def pack(tables: Mapping[str, Sequence[Cells]]) -> str:
    """The tables as text for the page to carry."""
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":"), default=cell_text)


def cell_text(cell: object) -> str:
    """A cell JSON has no type for; a day as it is typed."""
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell)


def unpack(text: str) -> dict[str, list[Cells]]:
    """The tables again; none when the text is not ours."""
    try:
        tables = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(tables, dict):
        return {}
    return {name: [row for row in table if isinstance(row, list)] for name, table in tables.items()
            if isinstance(table, list)}
