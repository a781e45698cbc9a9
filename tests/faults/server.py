"""The application as a process that a test may kill: `python -m tests.faults.server FOLDER PORT`."""

import sys
from pathlib import Path

from werkzeug.serving import make_server

from app import create_app


def settings(folder: Path) -> dict:
    """The same for whoever looks into its database."""
    return {"TESTING": True, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'killed.sqlite'}", "INSTANCE": folder,
            "STORAGE": str(folder / "files"), "LIMITED": False, "SECRET_KEY": "only for tests"}


if __name__ == "__main__":
    make_server("127.0.0.1", int(sys.argv[2]), create_app(**settings(Path(sys.argv[1]))), threaded=True).serve_forever()
