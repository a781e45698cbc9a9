"""Pages of certification."""

from flask import Flask
from limits import parse_many

from certification.views import applications, certificates, issuer, public, reviews, store
from certification.views.blueprint import bp
from certification.views.kept import KeptPages
from foundation.web import VERIFY_LIMIT

__all__ = ["applications", "certificates", "issuer", "public", "reviews", "store"]
blueprints = [bp]


def init_app(app: Flask) -> None:
    """Stand in front of the application for the pages behind QR codes."""
    app.wsgi_app = KeptPages(app, parse_many(VERIFY_LIMIT))  # type: ignore[method-assign]  # as Flask means it
