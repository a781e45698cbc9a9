"""Pages of progress: the landing page, coverage, and the list behind each of its numbers."""

from functools import partial
from io import BytesIO
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, send_file, url_for
from flask_login import current_user

from accounts.permissions import Permission, Role, public, requires
from foundation import clock
from foundation.tables import XLSX
from foundation.web import asked_number
from progress import figures, labels, queries
from progress.forms import CoverageFilter, own_territory
from progress.queries import Asked, Overview, Places
from progress.rules import Standing
from progress.workbook import write_workbook

bp = Blueprint("progress", __name__)
blueprints = [bp]

PER_PAGE = 100
FIRST_PAGES = (  # where each role begins its day; the first that a person holds wins
    (Role.LEAD, "surveys.list_visits"), (Role.INSPECTOR, "surveys.list_visits"),
    (Role.REVIEWER, "certification.list_reviews"),
    (Role.DECIDER, "certification.list_applications"), (Role.CLERK, "certification.list_applications"),
    (Role.ADMIN, "progress.show_coverage"), (Role.VIEWER, "progress.show_coverage"),
    (Role.STORE, "certification.show_store_home"), (Role.STORE, "accounts.show_account"),
)


@bp.get("/")
@public
def show_home():
    """What this is, and the way in: for shoppers a code, for signed-in people their first page."""
    if current_user.is_authenticated:
        pages = current_app.view_functions
        page = next((page for role, page in FIRST_PAGES if role in current_user.roles and page in pages), None)
        if page:
            return redirect(url_for(page))
    today, province = clock.today(), queries.current_province()
    found = queries.coverage(today, province) if province else None
    return render_template("progress/show_home.html", figures=found, today=today, province=province)


@bp.get("/coverage")
@requires(Permission.SEE_PROGRESS)
def show_coverage():
    """Coverage of a territory on a day, against the targets, with everything behind it."""
    form = read_filter()
    if not form.validate():
        return render_template("progress/show_coverage.html", form=form, asked=None, **shared(form)), 422
    asked = form.asked()
    view = Overview(asked, form.places, current_user)
    years = range(min(view.thresholds, default=asked.on.year), max(2030, asked.on.year) + 1)
    return render_template(
        "progress/show_coverage.html", form=form, asked=asked, view=view, strip=figures.strip, map=draw_map(view),
        chart=figures.trajectory(past=view.past, live=view.live, line=view.line, frozen_on=view.frozen_on,
                                 due=view.target_today, thresholds={year: view.threshold_in(year) for year in years}),
        **shared(form, asked))


@bp.get("/coverage/stores")
@requires(Permission.SEE_PROGRESS)
def list_stores():
    """The establishments behind a number."""
    form = read_filter()
    chosen = read_list()
    if not form.validate():
        return render_template("progress/list_stores.html", form=form, asked=None, chosen=chosen, **shared(form)), 422
    asked = form.asked()
    view = Overview(asked, form.places, current_user)
    rows = view.figures.behind(chosen) if view.figures else []
    pages = max(1, -(-len(rows) // PER_PAGE))
    page = min(max(1, asked_number("page") or 1), pages)
    shown = rows[(page - 1) * PER_PAGE:page * PER_PAGE]
    return render_template("progress/list_stores.html", form=form, asked=asked, view=view, chosen=chosen, rows=shown,
                           total=len(rows), page=page, pages=pages, units=queries.names_of(r.unit_id for r in shown),
                           **shared(form, asked))


@bp.get("/coverage/stores.xlsx")
@requires(Permission.SEE_PROGRESS)
def export_stores():
    """The same list with the same figures, as a workbook."""
    form = read_filter()
    chosen = read_list()
    if not form.validate():
        return redirect(url_for(".list_stores") + "?" + request.query_string.decode())
    asked = form.asked()
    view = Overview(asked, form.places, current_user)
    rows = view.figures.behind(chosen) if view.figures else []
    file = BytesIO()
    write_workbook(file, view, rows, queries.names_of(row.unit_id for row in rows), str(labels.LISTS[chosen]))
    file.seek(0)
    return send_file(file, mimetype=XLSX, as_attachment=True, download_name=f"do-bao-phu-{asked.on:%Y-%m-%d}.xlsx")


def read_filter() -> CoverageFilter:
    """The filter in the address, with the person's own territory where it names none."""
    today = clock.today()
    places = Places(today)
    return CoverageFilter(request.args, places=places, today=today, territory_id=own_territory(current_user, places))


def shared(form: CoverageFilter, asked: Asked | None = None) -> dict:
    """What every template here uses; `link(endpoint, **changes)` is an address with the filter kept."""
    return {"places": form.places, "today": form.today, "short_name": labels.short_name, "Standing": Standing,
            "marks": labels.MARKS, "lists": labels.LISTS, "exact": labels.exact_percent,
            "link": partial(address, asked) if asked else None,
            "scope": [] if current_user.territories_for(Permission.SEE_PROGRESS) is None else [
                grant.territory for grant in current_user.grants if grant.revoked_at is None and grant.territory]}


def address(asked: Asked, endpoint: str, **changes: object) -> str:
    """A page about the same day, territory, type and threshold, but for the changes."""
    kept = {"on": asked.on, "territory": asked.territory.id, "kind": asked.kind, "threshold": asked.threshold}
    texts: dict[str, Any] = {key: value for key, value in (kept | changes).items() if value not in (None, "")}
    return url_for(f"progress.{endpoint}", **texts)


def read_list() -> str:
    """Which of the lists is asked for; the whole one for anything unknown."""
    chosen = request.args.get("state", "")
    return chosen if chosen in labels.LISTS else ""


def draw_map(view: Overview) -> figures.HexMap:
    """Today's communes, each with its figures; borders between the former provinces."""
    places = view.places
    former = {unit.id for unit in places.former}
    return figures.hex_map([
        (unit.hex_column, unit.hex_row, min(places.around[unit.id] & former, default=0),
         (unit, view.by_commune.get(unit.id)))
        for unit in places.communes if unit.hex_column is not None and unit.hex_row is not None])
