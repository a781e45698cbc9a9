"""The application that serves has settled; one made for tests leaves the collector alone."""

import subprocess
import sys

import pytest

from foundation.config import ROOT

CODE = "import gc; from app import create_app; create_app(%s); print(gc.get_threshold(), gc.get_freeze_count() > 10000)"


@pytest.mark.parametrize("settings, settled", [("", True), ("TESTING=True", False)])
def test_who_serves_has_settled(tmp_path, settings, settled):
    told = subprocess.run([sys.executable, "-c", CODE % settings], cwd=ROOT, capture_output=True, text=True, check=True,
                          env={"PPX_INSTANCE": str(tmp_path), "PATH": "/usr/bin:/bin"})
    assert told.stdout.strip() == ("(50000, 20, 20) True" if settled else "(700, 10, 10) False")
