"""What every answer carries: security headers with a nonce, asset addresses with a content hash, error pages."""

import hashlib
import re
import secrets
from collections.abc import Callable
from functools import cache, cached_property
from typing import Any

from flask import Flask, Request, Response, abort, current_app, g, render_template, request, send_file, url_for
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from foundation import clock, compression, limits
from foundation.config import ROOT
from foundation.db import db
from foundation.errors import AppError, Invalid, NotSignedIn
from foundation.json_text import write_json
from foundation.logs import request_id
from foundation.messages import bare_page, explain
from foundation.release import app_version

SIGN_IN_LIMIT = "10 per minute; 100 per hour"  # a network address
VERIFY_LIMIT = "120 per minute"  # a network address at /v/

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

VENDOR = {  # browser libraries from npm that may be served, and no others
    "idb.js": "idb/build/index.js",
    "jsqr.js": "jsqr/dist/jsQR.js",
    "signature_pad.js": "signature_pad/dist/signature_pad.js",
}


class SessionGuard(CSRFProtect):
    """Every write says the token of its session (form field, or X-CSRFToken), whatever its door.

    Writes of a device do without: `g.device` (accounts.signing_in) is there only when the request was signed in by an
    Authorization header and nothing else, which no other site can make a browser send.
    """

    def protect(self, *args, **kwargs):
        if g.get("device") is None:
            super().protect(*args, **kwargs)


csrf = SessionGuard()


def nonce() -> str:
    """This answer's nonce for inline import maps."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return g.nonce


def content_policy() -> str:
    """Nothing inline, nothing from elsewhere."""
    script = f"'self' 'nonce-{g.nonce}'" if "nonce" in g else "'self'"
    return (f"default-src 'none'; script-src {script}; style-src 'self'; img-src 'self' data: blob:; "
            "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'")


@cache
def content_hash(path: str) -> str:
    """Ten hex digits of a file below the project's folder."""
    return hashlib.sha256((ROOT / path).read_bytes()).hexdigest()[:10]


def asset(name: str) -> str:
    """Address of a file in static/, with its content hash: it may be cached for ever."""
    return url_for("static", filename=name, v=content_hash(f"static/{name}"))


def vendor(name: str) -> str:
    """Address of a browser library from npm."""
    return url_for("vendor_file", name=name, v=content_hash(f"node_modules/{VENDOR[name]}"))


def import_map(*names: str, packages: tuple[str, ...] = ()) -> dict[str, str]:
    """What an import map of a page says: modules of static/js, files or whole folders, by their plain address, and
    browser libraries by their bare name. Every address has its content hash."""
    folder = ROOT / "static" / "js"
    found = sorted(path for name in names for path in ([folder / name] if "." in name else folder.glob(f"{name}/*.js")))
    ours = [f"js/{path.relative_to(folder).as_posix()}" for path in found if not path.stem.endswith("-worker")]
    return {name: vendor(f"{name}.js") for name in packages} | {
        url_for("static", filename=name): asset(name) for name in ours}


def local_path(text: str | None, default: str = "/") -> str:
    """`text` when it is a path on this very site, else the default: what came from outside leads nowhere else."""
    text = text or ""
    return text if re.match(r"/(?![/\\])", text) and text.isprintable() and "\\" not in text else default


class PlainRequest(Request):
    """A request whose typed values hold no control characters: no page could show them, no database need keep them."""

    @cached_property
    def args(self):
        return without_controls(super().args)

    @cached_property
    def form(self):
        return without_controls(super().form)


def without_controls(values: MultiDict) -> ImmutableMultiDict:
    """The same names and values; tabs and line breaks stay."""
    return ImmutableMultiDict((name, CONTROLS.sub("", value)) for name, value in values.items(multi=True))


def asked_number(name: str) -> int | None:
    """A whole number of the address (?page=2) that any database takes; None for anything else."""
    text = request.args.get(name, "")
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def for_scripts(view: Callable) -> Callable:
    """Mark a view outside /api that only scripts of ours ask: its failures are JSON too."""
    vars(view).update(is_for_scripts=True)
    return view


def wants_json() -> bool:
    """Whether the caller is a script of ours rather than a person."""
    view = current_app.view_functions.get(request.endpoint or "")
    return request.path.startswith("/api/") or getattr(view, "is_for_scripts", False)


def answer_json(status: int = 200, **values: Any):
    """An answer to a script, with the server's clock in it."""
    text = write_json({"received_at": clock.instant_text(clock.now()), **values})
    return Response(text, mimetype="application/json"), status


def show_error(status: int, title: str, message: str, **facts: Any):
    """An error page, or the same as JSON for scripts, with more `facts`. When even that fails, a bare page."""
    try:
        db.session.rollback()
        if wants_json():
            return answer_json(status, **{"error": message, "fields": {}, **facts})
        reference = request_id() if status >= 500 else ""
        return render_template("layouts/error.html", status=status, title=title, message=message,
                               reference=reference), status
    except Exception:  # whatever failed, people get an answer
        current_app.logger.exception("the error page itself failed")
        return bare_page(status, request_id()), status


class Id(IntegerConverter):
    """<int:…> in an address: a number no database could hold is simply not found."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max": 2**31 - 1, **kwargs})


def init_app(app: Flask) -> None:
    """Headers, limits, CSRF, error pages, asset helpers."""
    app.request_class = PlainRequest
    app.ensure_sync = lambda view: view  # type: ignore[method-assign, assignment]  # nothing of ours is asynchronous
    csrf.init_app(app)
    limits.init_app(app)
    compression.init_app(app)
    app.jinja_env.globals.update(asset=asset, import_map=import_map, vendor=vendor, nonce=nonce,
                                 has_page=app.view_functions.__contains__)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.converters["int"] = Id

    @app.get("/vendor/<name>")
    def vendor_file(name: str):
        if name not in VENDOR:
            abort(404)
        return send_file(ROOT / "node_modules" / VENDOR[name], mimetype="text/javascript", max_age=31536000)

    vars(vendor_file).update(vars(app.view_functions["static"]))  # as public

    app.after_request(set_headers)
    handle_errors(app)


def trust_proxies(app: Flask) -> None:
    """Believe the headers of the proxies that stand in front; called last, so that everything else comes after."""
    if proxies := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]  # as Flask means it


EVERYWHERE = (("X-Content-Type-Options", "nosniff"), ("Cross-Origin-Resource-Policy", "same-origin"))
IN_PRODUCTION = (("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),)
OF_DATA = (("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),)
OF_PAGES = (
    ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()"))


def set_headers(response):
    """What keeps a browser from being turned against its user, and how long it may keep the answer."""
    headers = response.headers
    headers["X-PPX"] = app_version()  # only this program says so: a captive portal does not
    said = {name.lower() for name, _value in headers}
    wanted = [*EVERYWHERE, *(IN_PRODUCTION if current_app.config["PRODUCTION"] else ())]
    if response.content_type == "application/json":
        wanted += OF_DATA
    elif not is_part_of_page(response):
        wanted += [*OF_PAGES, ("Content-Security-Policy", content_policy())]
    for name, value in wanted:
        if name.lower() not in said:
            headers.add(name, value)
    if request.endpoint in ("static", "vendor_file"):
        if request.args.get("v"):
            headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        headers.setdefault("Cache-Control", "no-store")
    return response


def is_part_of_page(response) -> bool:
    """Scripts, style sheets and fonts, sixty to a page, obey the policy of the page; a worker brings its own."""
    return (request.endpoint in ("static", "vendor_file") and not request.path.endswith("-worker.js")
            and response.mimetype in ("text/javascript", "text/css", "font/woff2"))


def handle_errors(app: Flask) -> None:
    """Every failure becomes a page in the house style that says what to do."""

    @app.errorhandler(AppError)
    def app_error(error: AppError):
        facts: dict[str, Any] = {"fields": error.fields} if isinstance(error, Invalid) else {}
        if isinstance(error, NotSignedIn):
            facts = {"reason": error.reason}
        return show_error(error.status, explain(error.status)[0], str(error), **facts)

    @app.errorhandler(CSRFError)
    def csrf_error(error: CSRFError):
        return show_error(400, *explain("csrf"))

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException):
        if error.code is not None and error.code < 400:
            return error
        if isinstance(error, SecurityError):  # a made-up host: no address can be built, nothing is worth a log line
            return bare_page(400, request_id()), 400
        answer = app.make_response(show_error(error.code or 500, *explain(error.code or 500)))
        for name in {"Allow", "Retry-After", "WWW-Authenticate"} & dict(error.get_headers()).keys():
            answer.headers[name] = dict(error.get_headers())[name]
        return answer

    @app.errorhandler(Exception)
    def crash(error: Exception):
        if app.testing or app.debug:
            raise error
        app.logger.error("unhandled", exc_info=error)
        return show_error(500, *explain(500))
