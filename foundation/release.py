"""Which program this is: a short hash over everything it is made of."""

import hashlib
from functools import cache

from foundation.config import ROOT

SOURCES = ("static/**/*", "templates/**/*", "*/**/*.py", "*/**/*.po", "*.py", "package-lock.json")
APART = {"node_modules", "tests", "bench", "docs", "instance"}


@cache
def app_version() -> str:
    """Twelve hex digits, the same on every machine that runs the same files; worked out once a process."""
    files = sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)
                    if path.is_file() and path.relative_to(ROOT).parts[0] not in APART
                    and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)})
    found = hashlib.sha256()
    for path in files:
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:12]
