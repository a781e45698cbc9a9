"""The list as a file, as it is filtered now."""

import tempfile

from flask import Response, request, send_file, stream_with_context
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission, requires
from foundation import clock
from foundation.tables import XLSX
from retail.forms import read_filter
from retail.queries import walk
from retail.sheet import COLUMNS, CONTACT, write_csv, write_xlsx
from retail.views.blueprint import bp


@bp.get("/establishments/export.<any(csv, xlsx):ending>")
@requires(Permission.SEE_REGISTER)
def export_establishments(ending: str):
    """Everything that matches the filter, in the order of the list; contacts for those who keep the register."""
    today = clock.today()
    rows = walk(current_user, read_filter(request.args), today)
    columns = COLUMNS + (CONTACT if current_user.may(Permission.EDIT_REGISTER) else [])
    name = f"co-so-{today:%Y-%m-%d}.{ending}"
    if ending == "csv":
        return Response(stream_with_context(write_csv(rows, columns)), mimetype="text/csv",
                        headers={"Content-Disposition": f"attachment; filename={name}"})
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it when it has been sent)
    write_xlsx(rows, columns, _("Register of establishments"), file)
    file.seek(0)
    return send_file(file, mimetype=XLSX, as_attachment=True, download_name=name)
