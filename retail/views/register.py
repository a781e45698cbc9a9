"""The list, and the names it suggests while somebody types."""

from datetime import date

from flask import jsonify, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission, requires
from foundation import clock
from foundation.i18n import day, label
from foundation.web import asked_number
from retail.forms import keep_asked, read_filter
from retail.forms.establishment import enterprise_text, establishment_text
from retail.queries import find_enterprises, find_establishments, list_page
from retail.rules import Kind
from retail.views.blueprint import bp
from territory.queries import list_choices
from territory.rules import Level

LEAST = 2  # letters before anything is suggested


@bp.get("/establishments")
@requires(Permission.SEE_REGISTER)
def list_establishments():
    """The register: search, filters, pages."""
    today = clock.today()
    wanted, asked = read_filter(request.args), keep_asked(request.args)
    page = list_page(current_user, wanted, today, asked_number("page") or 1)
    return render_template("retail/list_establishments.html", page=page, wanted=wanted, today=today, asked=asked,
                           kinds={kind: label(kind) for kind in Kind},
                           territories=list_by_level(today), here="retail.list_establishments",
                           turn=lambda number: url_for("retail.list_establishments", **asked, page=number))


def list_by_level(today: date) -> list[tuple[str, list[tuple[int, str]]]]:
    """Units to choose from, under a heading for each level: (heading, [(id, name)])."""
    headings = {Level.PROVINCE: _("Provinces"), Level.DISTRICT: _("Districts until 30/06/2025"),
                Level.COMMUNE: _("Communes and wards")}
    groups: dict[Level, list[tuple[int, str]]] = {level: [] for level in headings}
    for unit in list_choices(today):
        ended = unit.level == Level.PROVINCE and unit.valid_to
        groups[unit.level].append((unit.id, f"{unit.name} ({until(unit.valid_to)})" if ended else unit.name))
    return [(headings[level], units) for level, units in groups.items()]


def until(end: date) -> str:
    """Up to the day before the first on which something no longer holds."""
    return _("until %(day)s", day=day(clock.day_before(end)))


@bp.get("/enterprises/suggestions")
@requires(Permission.EDIT_REGISTER)
def suggest_enterprises():
    """Names for what is typed so far."""
    text = request.args.get("q", "")[:200]
    return jsonify([enterprise_text(each) for each in find_enterprises(text)] if len(text) >= LEAST else [])


@bp.get("/establishments/suggestions")
@requires(Permission.SEE_REGISTER)
def suggest_establishments():
    """Establishments for what is typed so far, of one type when the address asks for it."""
    wanted = read_filter(request.args)
    found = find_establishments(wanted.text, current_user, kind=wanted.kind) if len(wanted.text) >= LEAST else []
    return jsonify([establishment_text(each) for each in found])
