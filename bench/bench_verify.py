"""/v/CODE at 16 clients against a bare Flask route that returns the same bytes under the same server."""

import gzip
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import event

from app import create_app
from bench.fixtures import add_certificate, build
from bench.serving import compare, serve
from foundation import clock
from foundation.config import ROOT
from foundation.db import db

CODE = "7K3M9QXWTRA"


def run() -> Iterator[tuple[str, float, str, bool]]:
    """Rate, weight and statements of the page behind a code."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(INSTANCE=Path(folder), LIMITED=False,
                         SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder}/phan-phoi-xanh.sqlite")
        with app.app_context():
            build()
            add_certificate(CODE, valid_until=clock.today() + timedelta(900))
            db.session.commit()
            seen: list[str] = []
            event.listen(db.engine, "checkout", lambda driver, *_rest: driver.set_trace_callback(seen.append))
            page = app.test_client().get(f"/v/{CODE}").get_data()
            statements = [text for text in seen if text.startswith("SELECT")]
        weight = sum(len(gzip.compress(part)) for part in (page, (ROOT / "static/css/ppx.css").read_bytes()))
        yield "/v/CODE: statements", len(statements), "= 1", len(statements) == 1
        yield "/v/CODE: page and style sheet, KB compressed", weight / 1024, "<= 14", weight <= 14 * 1024
        (Path(folder) / "body").write_bytes(page)
        with serve("bench.applications:ours()", PPX_INSTANCE=folder, DATABASE_URL="") as port, \
                serve("bench.applications:bare()", BENCH_BODY=f"{folder}/body") as floor:
            ratio = compare((port, f"/v/{CODE}"), (floor, "/bare"), clients=16)
        yield "/v/CODE: rate at 16 clients of a bare route's", ratio, ">= 0.6", ratio >= 0.6
