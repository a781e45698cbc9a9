"""Pages behind QR codes, answered before Flask is asked (docs/decisions/0004).

A page that was made once is given again as long as one statement finds nothing new behind its code.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from flask import Flask, current_app

from certification import lookup
from certification.rules import normalise_code
from foundation import clock
from foundation.i18n import moment
from foundation.limits import count

CHECKED_AT = "\u2063checked at\u2063"  # stands in a page where each answer tells the moment
SEEN = "ppx.seen"  # what the statement found, for the view
ADDRESS = re.compile(r"/[vV]/([^/]+)")
OWN = {"content-length", "x-request-id"}  # headers of one answer
MOST = 1000  # pages, some 12 KB each


class KeptPages:
    """Stands in front of the application, inside trusted proxies."""

    def __init__(self, app: Flask, limits: list):
        self.app, self.inner, self.limits = app, app.wsgi_app, limits
        self.pages: OrderedDict[tuple, tuple[str, list, list[str]]] = OrderedDict()

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        asked = environ["REQUEST_METHOD"] == "GET" and ADDRESS.fullmatch(environ["PATH_INFO"])
        if not asked:
            return self.inner(environ, start_response)
        code, key = normalise_code(asked[1]), None
        if code:
            with self.app.app_context():
                seen = environ[SEEN] = lookup.look_up(code, on=clock.today())
                key = (seen.key, language(environ)) if seen else None
                if key and key in self.pages and self.allows(environ):
                    return self.answer(self.pages[key], start_response)
        return self.make(key, environ, start_response)

    def allows(self, environ: dict) -> bool:
        """Count this request. One too many goes on to the view, which says so."""
        return not current_app.config["LIMITED"] or count(self.limits, "certification.verify", environ["REMOTE_ADDR"])

    def make(self, key: tuple | None, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Let the application make the page, and keep it when it is about a certificate."""
        told: list[Any] = []
        environ = {**environ, "HTTP_ACCEPT_ENCODING": "identity"}  # the text itself, not compressed

        def hear(status, headers, _trouble=None):
            told[:] = status, headers
            return lambda _text: None

        body = self.inner(environ, hear)
        text = b"".join(body).decode()
        if hasattr(body, "close"):
            body.close()
        status, headers = told
        page = (status, [(k, v) for k, v in headers if k.lower() not in OWN], text.split(CHECKED_AT))
        if key and status.startswith("200"):
            self.pages[key] = page
            while len(self.pages) > MOST:
                self.pages.popitem(last=False)
        return self.answer(page, start_response)

    def answer(self, page: tuple[str, list, list[str]], start_response: Callable) -> list[bytes]:
        """The page with the moment of this answer in it."""
        status, headers, parts = page
        body = moment(clock.now()).join(parts).encode()
        start_response(status, [*headers, ("Content-Length", str(len(body)))])
        return [body]


def language(environ: dict) -> str:
    """What `?lang=` asks for; nothing else decides on these pages."""
    return parse_qs(environ.get("QUERY_STRING", "")).get("lang", [""])[0]
