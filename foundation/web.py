"""What every answer carries: security headers with a nonce, asset addresses with a content hash, error pages."""

import hashlib
import secrets
from functools import cache

from flask import Flask, abort, g, jsonify, render_template, request, send_file, url_for
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from foundation.config import ROOT
from foundation.db import db
from foundation.errors import AppError, Invalid
from foundation.messages import explain

VERIFY_LIMIT = "120 per minute"  # a network address at /v/

csrf = CSRFProtect()
limiter = Limiter(get_remote_address)

VENDOR = {  # browser libraries from npm that may be served, and no others
    "signature_pad.js": "signature_pad/dist/signature_pad.js",
}


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


def wants_json() -> bool:
    """Whether the caller is a script of ours rather than a person."""
    return request.path.startswith("/api/")


def show_error(status: int, title: str, message: str, fields: dict[str, str] | None = None):
    """An error page, or the same as JSON for scripts."""
    db.session.rollback()
    if wants_json():
        return jsonify(error=message, fields=fields or {}), status
    return render_template("layouts/error.html", status=status, title=title, message=message), status


def init_app(app: Flask) -> None:
    """Headers, limits, CSRF, error pages, asset helpers."""
    csrf.init_app(app)
    limiter.init_app(app)
    app.jinja_env.globals.update(asset=asset, vendor=vendor, nonce=nonce, has_page=app.view_functions.__contains__)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.get("/vendor/<name>")
    def vendor_file(name: str):
        if name not in VENDOR:
            abort(404)
        return send_file(ROOT / "node_modules" / VENDOR[name], mimetype="text/javascript", max_age=31536000)

    vendor_file.permission = getattr(app.view_functions["static"], "permission")  # noqa: B009

    @app.after_request
    def set_headers(response):
        headers = response.headers
        headers.setdefault("Content-Security-Policy", content_policy())
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if app.config["PRODUCTION"]:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if request.endpoint in ("static", "vendor_file") and request.args.get("v"):
            headers["Cache-Control"] = "public, max-age=31536000, immutable"
        elif request.endpoint not in ("static", "vendor_file"):
            headers.setdefault("Cache-Control", "no-store")
        return response

    handle_errors(app)


def handle_errors(app: Flask) -> None:
    """Every failure becomes a page in the house style that says what to do."""

    @app.errorhandler(AppError)
    def app_error(error: AppError):
        fields = error.fields if isinstance(error, Invalid) else None
        return show_error(error.status, explain(error.status)[0], str(error), fields)

    @app.errorhandler(CSRFError)
    def csrf_error(error: CSRFError):
        return show_error(400, *explain("csrf"))

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException):
        if error.code is not None and error.code < 400:
            return error
        return show_error(error.code or 500, *explain(error.code or 500))

    @app.errorhandler(Exception)
    def crash(error: Exception):
        app.logger.exception("unhandled")
        if app.testing or app.debug:
            raise error
        return show_error(500, *explain(500))
