"""`make run`: migrate, fill an empty database with demo data, say where to look, serve.

    python -m operations.serve --port 8000
"""

import argparse
import os
import sys
from pathlib import Path

import flask_migrate
import waitress
from sqlalchemy import func, select

from accounts.models import User
from app import create_app
from foundation.db import db
from operations import demo

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def prepare() -> None:
    """Migrations, then demo data when nobody has an account yet."""
    flask_migrate.upgrade(str(MIGRATIONS))
    if not db.session.scalar(select(func.count()).select_from(User)):
        demo.load(say=lambda text: print(text, flush=True))
        db.session.commit()


def announce(address: str) -> None:
    """Where to look and as whom."""
    print(f"\n  Phân phối xanh  {address}\n")
    for line in demo.welcome(address):
        print(f"  {line}")
    print("\n  Ctrl+C stops it.\n", flush=True)


def main(arguments: list[str]) -> int:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="operations.serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    chosen = parser.parse_args(arguments)
    if os.environ.get("PPX_ENV") == "production":
        print("`make run` is for trying the system. In production see docs/production.md.", file=sys.stderr)
        return 1
    os.environ.setdefault("PPX_HOST", f"{chosen.host}:{chosen.port}")
    app = create_app()
    with app.app_context():
        prepare()
        announce(f"http://{chosen.host}:{chosen.port}")
    waitress.serve(app, host=chosen.host, port=chosen.port, threads=8, _quiet=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
