"""`make run`: migrate, fill an empty database with demo data, say where to look, serve.

    python -m operations.serve --port 8000
"""

import argparse
import logging
import os
import socket
import sys

import waitress
from flask import current_app

from accounts.queries import count_users
from app import create_app
from foundation.db import db
from foundation.errors import AppError
from operations import checks, demo
from operations.setting_up import make_tables


def prepare() -> None:
    """Migrations, then demo data when nobody has an account yet."""
    make_tables()
    if not count_users():
        demo.load(host=current_app.config["PPX_HOST"], say=lambda text: print(text, flush=True))
    db.session.commit()
    checks.mark_demo()


def announce(address: str) -> None:
    """Where to look and as whom."""
    print(f"\n  Phân phối xanh  {address}\n")
    for line in demo.welcome(address):
        print(f"  {line}")
    print("\n  Ctrl+C stops it.\n", flush=True)


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there yet and we may."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def main(arguments: list[str]) -> int:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="operations.serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    chosen = parser.parse_args(arguments)
    if os.environ.get("PPX_ENV") == "production":
        print("`make run` is for trying the system. In production see docs/production.md.", file=sys.stderr)
        return 1
    if not is_free(chosen.host, chosen.port):
        print(f"Something else answers on {chosen.host}:{chosen.port} already. "
              f"Stop it, or take another port: make run PORT={chosen.port + 1}", file=sys.stderr)
        return 1
    os.environ.setdefault("PPX_HOST", f"{chosen.host}:{chosen.port}")
    app = create_app()
    with app.app_context():
        try:
            prepare()
        except AppError as error:
            print(error, file=sys.stderr)
            return 1
        announce(f"http://{chosen.host}:{chosen.port}")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news
    waitress.serve(app, host=chosen.host, port=chosen.port, threads=8, _quiet=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
