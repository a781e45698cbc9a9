"""The tests written in JavaScript, one case a file: node's own runner over tests/javascript/*.test.mjs."""

import subprocess
from pathlib import Path

import pytest

from foundation.config import ROOT
from tests.javascript import node

FILES = sorted(Path(__file__).parent.glob("*.test.mjs"))


@pytest.mark.parametrize("path", FILES, ids=[path.name.removesuffix(".test.mjs") for path in FILES])
def test_javascript(path):
    run = subprocess.run([node.need(), "--test", str(path.relative_to(ROOT))], cwd=ROOT, capture_output=True,
                         text=True, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr
