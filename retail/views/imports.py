"""Import of a list into the register: upload, look at what it would do, correct its columns, confirm."""

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from accounts.permissions import Permission, requires
from foundation import clock, storage
from foundation.db import db
from foundation.errors import NotFound, RuleBroken
from foundation.web import asked_number
from retail.forms.imports import UploadForm, read_columns, read_headings, read_options
from retail.importing import uploads
from retail.importing.fields import Field
from retail.importing.issues import Unreadable
from retail.importing.planning import Outcome
from retail.importing.previews import Preview
from retail.importing.reading import MOST_BYTES, MOST_ROWS
from retail.importing.sheets import write_refused, write_template
from retail.importing.showing import tell
from retail.importing.words import COLUMNS, FIELDS, explain_file
from retail.models import RegisterImport
from retail.queries import get_import, list_imports, list_open_communes
from retail.rules import Kind
from retail.views.blueprint import bp
from retail.views.exports import XLSX

A_PAGE = 50
MEGABYTE = 1024 * 1024


@bp.route("/establishments/import", methods=["GET", "POST"])
@requires(Permission.IMPORT_REGISTER)
def import_establishments():
    """Choose a file; nothing is written to the register yet."""
    form = UploadForm()
    if form.validate_on_submit():
        file = form.file.data
        try:
            started = uploads.upload(file.read(MOST_BYTES + 1), file.filename or "", by=current_user, at=clock.now())
            db.session.commit()
            return redirect(url_for("retail.show_import", import_id=started.id))
        except Unreadable as error:
            form.file.errors = [explain_file(error)]
    page = render_template(
        "retail/import_establishments.html", form=form, imports=list_imports(current_user), rows=MOST_ROWS,
        megabytes=MOST_BYTES // MEGABYTE, here="retail.list_establishments")
    return page, 422 if form.errors else 200


@bp.get("/establishments/import/template.xlsx")
@requires(Permission.IMPORT_REGISTER)
def download_import_template():
    """An empty list with the right headings."""
    communes = [unit.name for unit in list_open_communes(current_user, Permission.IMPORT_REGISTER, clock.today())]
    content = write_template(communes)
    return send_file(BytesIO(content), XLSX, as_attachment=True, download_name="mau-danh-sach-co-so.xlsx")


@bp.get("/establishments/imports/<int:import_id>")
@requires(Permission.IMPORT_REGISTER)
def show_import(import_id: int):
    """What an upload would do, or did, line by line."""
    started = get_import(import_id, to=current_user)
    preview = Preview(storage.get(started.plan_sha256)) if started.plan_sha256 else None
    outcome = next((one for one in Outcome if one.value == request.args.get("outcome")), None)
    total = (preview.counts.get(outcome, 0) if outcome else len(preview.lines)) if preview else 0
    pages = max(1, -(-total // A_PAGE))
    page = min(max(asked_number("page") or 1, 1), pages)
    rows = tell(preview.page((outcome,) if outcome else (), (page - 1) * A_PAGE, A_PAGE), preview) if preview else []
    return render_template(
        "retail/show_import.html", one=started, preview=preview, rows=rows, outcome=outcome, Outcome=Outcome, page=page,
        pages=pages, missing=[FIELDS[name] for name in started.mapping["missing"]], FIELDS=FIELDS, COLUMNS=COLUMNS,
        Field=Field, kinds=list(Kind),
        here="retail.list_establishments",
        turn=lambda number: url_for("retail.show_import", import_id=import_id, page=number,
                                    outcome=outcome.value if outcome else None))


@bp.post("/establishments/imports/<int:import_id>/columns")
@requires(Permission.IMPORT_REGISTER)
def change_import(import_id: int):
    """Look again with other columns, heading rows, sheet or choices."""
    started = get_import(import_id, to=current_user)
    first, last = read_headings(request.form)
    uploads.change_mapping(started, sheet=request.form.get("sheet", started.sheet), first=first, last=last,
                           columns=read_columns(request.form), options=read_options(request.form), by=current_user,
                           at=clock.now())
    db.session.commit()
    return redirect(url_for("retail.show_import", import_id=import_id))


@bp.post("/establishments/imports/<int:import_id>/confirm")
@requires(Permission.IMPORT_REGISTER)
def confirm_import(import_id: int):
    """Write everything the preview shows as new or changed, or nothing."""
    started = get_import(import_id, to=current_user)
    try:
        done = uploads.confirm(started, request.form.get("plan", ""), by=current_user, at=clock.now())
        db.session.commit()
    except IntegrityError:
        raise RuleBroken(_("Somebody changed the register at the same moment. Nothing was imported: go back, reload "
                           "the preview and confirm again.")) from None
    if not done:
        flash(_("The register has changed since this preview was made, and nothing was imported. Look at it again: "
                "this is what the list would do now."), "warning")
    return redirect(url_for("retail.show_import", import_id=import_id))


@bp.post("/establishments/imports/<int:import_id>/another-sheet")
@requires(Permission.IMPORT_REGISTER)
def import_another_sheet(import_id: int):
    """Begin an import of another sheet of the same file."""
    done: RegisterImport = get_import(import_id, to=current_user)
    started = uploads.upload(storage.get(done.sha256), done.file_name, sheet=request.form.get("sheet", ""),
                             by=current_user, at=clock.now())
    db.session.commit()
    return redirect(url_for("retail.show_import", import_id=started.id))


@bp.get("/establishments/imports/<int:import_id>/refused.xlsx")
@requires(Permission.IMPORT_REGISTER)
def download_refused(import_id: int):
    """The refused lines with their reasons, to be corrected and uploaded."""
    started = get_import(import_id, to=current_user)
    if not started.counts.get(Outcome.REFUSED):
        raise NotFound(_("This import has no refused lines."))
    _book, sheet, layout = uploads.open_sheet(started)
    assert layout is not None
    preview = Preview(storage.get(started.plan_sha256))
    content = write_refused(sheet, layout, uploads.options_of(started.mapping), preview)
    return send_file(BytesIO(content), XLSX, as_attachment=True, download_name=f"can-sua-{import_id}.xlsx")
