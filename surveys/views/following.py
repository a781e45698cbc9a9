"""What is not in order at the establishments, to be looked at again."""

from flask import render_template, url_for
from flask_login import current_user

from accounts.permissions import Permission, requires
from foundation import clock
from foundation.web import asked_number
from retail.queries import get_establishment
from surveys.queries import list_open_page, titles_of
from surveys.views.blueprint import bp


@bp.get("/nonconformities")
@requires(Permission.SEE_SURVEYS)
def list_nonconformities():
    """Every open nonconformity where this person may see surveys; `?establishment=` for one."""
    today, asked = clock.today(), asked_number("establishment")
    one = get_establishment(asked, to=current_user, permission=Permission.SEE_SURVEYS) if asked else None
    page = list_open_page(current_user, today, asked_number("page") or 1, one.id if one else None)
    return render_template(
        "surveys/list_nonconformities.html", page=page, one=one, today=today,
        titles={survey.id: titles_of(survey) for _store, _points, survey in page.rows},
        turn=lambda number: url_for("surveys.list_nonconformities", page=number, establishment=one and one.id))
