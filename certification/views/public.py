"""What anybody may see without signing in: the page behind a QR code, and the list of certified establishments."""

from flask import g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from accounts.permissions import public
from certification import lookup
from certification.rules import normalise_code
from certification.views.blueprint import bp
from certification.views.kept import CHECKED_AT, SEEN
from certification.views.states import describe, describe_unknown
from foundation import clock
from foundation.i18n import day, label
from foundation.limits import limited
from foundation.tables import csv_response
from foundation.text import clean
from foundation.web import VERIFY_LIMIT
from retail.rules import Kind


@bp.get("/V/<code>")
@bp.get("/v/<code>")
@public
@limited(VERIFY_LIMIT)
def verify(code: str):
    """State first, then every printed fact. `KeptPages` stands in front and tells the moment of the check."""
    g.stateless = True
    wanted = normalise_code(code)
    seen = request.environ.get(SEEN) or (lookup.look_up(wanted, on=clock.today()) if wanted else None)
    found = seen.finding if seen else None
    words = describe(found) if found else describe_unknown(malformed=wanted is None)
    page = render_template("certification/verify.html", found=found, words=words, code=clean(code)[:40],
                           levels=range(1, 4), checked_at=CHECKED_AT)
    answer = make_response(page, 200 if found else 404)
    answer.headers["Cache-Control"] = "public, max-age=30"
    return answer


@bp.get("/v")
@public
def look_up():
    """Where the box for a typed code leads."""
    g.stateless = True
    code = clean(request.args.get("code"))[:40]
    return redirect(url_for(".verify", code=code) if code else url_for("progress.show_home"))


@bp.get("/certified")
@public
def list_register():
    """Every establishment whose certificate is valid or suspended today."""
    rows = lookup.list_register(clock.today(), **chosen())
    return render_template("certification/list_register.html", rows=rows, kinds=sorted(Kind), chosen=chosen(),
                           today=clock.today(), valid=sum(row.is_valid for row in rows))


@bp.get("/certified.csv")
@public
def download_register():
    """The same list as a table, with the state in words."""
    header = [_("Number"), _("Establishment"), _("Type and class"), _("Address"), _("Level"), _("State"),
              _("Issued"), _("Valid until the end of"), _("Criteria set"), _("Code")]
    rows = [(f["number"], f["name"], f.get("type_class"), f["address"], f["level"], label(found.state),
             day(f["issued_on"]), day(f["expires_on"]), f["criteria"], found.code)
            for found in lookup.list_register(clock.today(), **chosen()) for f in [found.facts]]
    return csv_response(f"co-so-duoc-chung-nhan-{clock.today():%Y-%m-%d}", header, rows)


def chosen() -> dict:
    """The filters of the public list; what is not understood is left out."""
    level = request.args.get("level", "")
    kind = request.args.get("kind", "")
    return {
        "search": clean(request.args.get("q"))[:100],
        "kind": Kind(kind) if kind in set(Kind) else None,
        "level": int(level) if level in ("1", "2", "3") else None,
    }
