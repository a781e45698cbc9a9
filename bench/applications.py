"""What the benchmarks serve: our application with its limits raised out of reach, and bare floors beside it."""

import json
import os
import sqlite3
import tempfile
import threading
from pathlib import Path

from flask import Flask, Response, request

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


def store() -> Flask:
    """Two routes that store what is PUT durably, and nothing else: JSON in SQLite, bytes in a file. BENCH_FOLDER."""
    app, folder, kept = Flask("store"), Path(os.environ["BENCH_FOLDER"]), threading.local()
    app.config["MAX_CONTENT_LENGTH"] = 32 * 1024 * 1024

    def connection() -> sqlite3.Connection:
        if not hasattr(kept, "connection"):
            kept.connection = sqlite3.connect(folder / "bare.sqlite", isolation_level=None, timeout=15)
            for pragma in ("journal_mode=WAL", "synchronous=FULL"):
                kept.connection.execute(f"PRAGMA {pragma}")
        return kept.connection

    connection().execute("CREATE TABLE IF NOT EXISTS surveys (id TEXT PRIMARY KEY, body TEXT)")  # before any thread

    @app.put("/api/surveys/<name>")
    def put_json(name: str):
        body = request.get_json()
        database = connection()
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO surveys VALUES (?, ?)", (name, json.dumps(body)))
        database.execute("COMMIT")
        return {"id": name}, 201

    @app.put("/api/surveys/<survey>/evidence/<name>")
    def put_bytes(survey: str, name: str):
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(request.get_data())
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).rename(folder / name)
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
        return {"id": name}, 201

    return app
