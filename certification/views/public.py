"""What anybody may see without signing in: the page behind a QR code, and the list of certified establishments."""

from functools import lru_cache

from flask import g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from accounts.permissions import public
from certification import labels, lookup  # noqa: F401  (labels: the words of the enums)
from certification.rules import normalise_code
from certification.views.blueprint import bp
from certification.views.states import describe, describe_unknown
from foundation import clock
from foundation.i18n import choose_language, day, label, moment
from foundation.tables import csv_response
from foundation.text import clean
from foundation.web import VERIFY_LIMIT, limiter
from retail.rules import Kind

CHECKED_AT = "\u2063checked at\u2063"  # stands in a kept page, replaced in each answer


@bp.get("/V/<code>")
@bp.get("/v/<code>")
@public
@limiter.limit(VERIFY_LIMIT)
def verify(code: str):
    """State first, then every printed fact. The state is read anew each time; the page around it is kept."""
    g.stateless = True
    wanted = normalise_code(code)
    seen = lookup.look_up(wanted, on=clock.today(), english=choose_language() == "en") if wanted else None
    if seen:
        page = keep(seen)
    else:
        page = render_template("certification/verify.html", found=None, code=clean(code)[:40],
                               words=describe_unknown(malformed=wanted is None), checked_at=CHECKED_AT)
    answer = make_response(page.replace(CHECKED_AT, moment(clock.now())), 200 if seen else 404)
    answer.headers["Cache-Control"] = "public, max-age=30"
    return answer


@lru_cache(maxsize=1000)
def keep(seen: lookup.Sighting) -> str:
    """The page of a certificate, rendered once for each day, language and thing that happened to it."""
    found = seen.finding
    return render_template("certification/verify.html", found=found, words=describe(found), levels=range(1, 4),
                           checked_at=CHECKED_AT)


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
