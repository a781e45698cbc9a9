"""What lets the tablet work without a network: the service worker, the app's manifest, the page of last resort."""

from flask import Response, jsonify, make_response, render_template, send_file, url_for
from flask_babel import gettext as _

from accounts.permissions import public
from foundation.config import ROOT
from foundation.web import asset
from surveys.views.blueprint import bp


@bp.get("/worker.js")
@public
def show_worker() -> Response:
    """The service worker. It stands at the root, so that it may serve every page, and is asked for anew each time."""
    answer = send_file(ROOT / "static" / "js" / "worker.js", mimetype="text/javascript", max_age=0)
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'"
    return answer


@bp.get("/app.webmanifest")
@public
def show_manifest() -> Response:
    """How the tablet's home screen shows the application; it opens with the visits of the day."""
    icons = [
        {"src": asset(f"icons/{name}-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, purpose in (("app", "any"), ("app-full", "maskable")) for size in (192, 512)]
    start = url_for("surveys.list_visits")
    answer = jsonify(
        name=_("Phân phối xanh: store surveys"), short_name="Phân phối xanh", id=start, start_url=start, scope="/",
        display="standalone", lang="vi", background_color="#ffffff", theme_color="#0b6b3c", icons=icons)
    answer.mimetype = "application/manifest+json"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/offline")
@public
def show_offline() -> Response:
    """Shown by the worker in place of a page that was never kept on the tablet."""
    return make_response(render_template("surveys/show_offline.html"))
