"""Log lines: one JSON object each in production, plain text elsewhere. Addresses typed, names and bodies stay out."""

import json
import logging
import secrets
import time
from datetime import UTC, datetime

from flask import Flask, g, has_request_context, request

requests = logging.getLogger("ppx.requests")


class JsonLines(logging.Formatter):
    """A log record as one line of JSON, with the request it belongs to."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
                "level": record.levelname.lower(), "logger": record.name, "message": record.getMessage(),
                **getattr(record, "facts", {})}
        if has_request_context():
            line["request"] = request_id()
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def request_id() -> str:
    """The name of this request in the logs, in the header X-Request-Id and on the page of a failure."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(6)
    return g.request_id


def init_app(app: Flask) -> None:
    """Name every request; in production log each with its route (not the address typed), status and time taken."""
    if app.config["PRODUCTION"]:
        handler = logging.StreamHandler()
        handler.setFormatter(JsonLines())
        logging.basicConfig(handlers=[handler], level=logging.INFO)
        logging.getLogger("alembic").setLevel(logging.WARNING)

    @app.before_request
    def start_watch():
        g.started = time.perf_counter()

    @app.after_request
    def finish(response):
        if "immutable" not in response.headers.get("Cache-Control", ""):  # else it would be named for ever
            response.headers["X-Request-Id"] = request_id()
        if app.config["PRODUCTION"]:
            taken = round(1000 * (time.perf_counter() - g.get("started", time.perf_counter())), 1)
            requests.info("request", extra={"facts": {
                "method": request.method, "route": str(request.url_rule or ""), "status": response.status_code,
                "ms": taken}})
        return response
