"""What the benchmarks serve: our application with its limits raised out of reach, and bare floors beside it."""

import os
from pathlib import Path

from flask import Flask, Response

from foundation import web


def ours() -> Flask:
    """The whole application; its request limits are counted as always, but never reached."""
    web.VERIFY_LIMIT = "1000000 per second"
    from app import create_app  # only now: the limit is read when the doors are imported

    return create_app()


def bare() -> Flask:
    """One route that returns the bytes of the file BENCH_BODY as HTML, and nothing else."""
    app = Flask("bare")
    body = Path(os.environ["BENCH_BODY"]).read_bytes()

    @app.get("/bare")
    def answer() -> Response:
        return Response(body, mimetype="text/html")

    return app
