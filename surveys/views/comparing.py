"""Two surveys of one visit, side by side."""

from decimal import Decimal

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission, requires
from surveys.models import Survey
from surveys.queries import get_visit, list_surveys_of, pick_pair, score_of
from surveys.side_by_side import differing_rows
from surveys.views.blueprint import bp


@bp.get("/visits/<int:visit_id>/differences")
@requires(Permission.SEE_SURVEYS)
def compare_surveys(visit_id: int):
    """Where two surveys of a visit differ: the two named in the address, else the two that stand against each other."""
    visit = get_visit(visit_id, to=current_user)
    surveys = list_surveys_of(visit.id)
    pair = pick_pair(surveys, request.args.get("left"), request.args.get("right"))
    rows = differing_rows(*pair) if pair else []
    return render_template(
        "surveys/compare_surveys.html", visit=visit, surveys=surveys, pair=pair,
        said=[row for row in rows if row.is_said], shown=[row for row in rows if not row.is_said],
        heads=heads_of(pair) if pair else [],
        totals=[Decimal(score_of(one)["total"]) for one in pair or ()])


def heads_of(pair: tuple[Survey, Survey]) -> list[str]:
    """What the two are called: by their authors, numbered where one person wrote both."""
    names = [one.author.name for one in pair]
    if names[0] != names[1]:
        return names
    return [_("%(name)s, survey %(number)s", name=name, number=k) for k, name in enumerate(names, start=1)]
