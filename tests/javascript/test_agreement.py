"""Python and JavaScript find the same score and the same gaps, to the last character of their JSON.

`make agree` compares ten thousand surveys; the suite takes fewer, others each day. AGREE and AGREE_SEED choose.
"""

import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from foundation.config import ROOT
from surveys.rules.checking import check
from tests.javascript import node
from tests.surveys.chance import Chance
from tests.surveys.generated import case_in, cases, lines_of
from tests.surveys.generated_sets import any_set
from tests.surveys.test_scoring import VECTORS

COUNT = int(os.environ.get("AGREE", "1000"))
SEED = int(os.environ.get("AGREE_SEED", datetime.now(UTC).date().toordinal()))
AGREE = Path(__file__).with_name("agree.mjs")


def compare(lines, folder):
    """What JavaScript says of these cases: how many it compared, and those where it found something else."""
    program, written = node.need(), folder / "cases.jsonl"
    with written.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    run = subprocess.run([program, str(AGREE), str(written)], cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_on_the_vectors(tmp_path):
    found = compare(lines_of(case_in(json.loads(path.read_text(encoding="utf-8"))) for path in VECTORS), tmp_path)
    assert found == {"compared": len(VECTORS), "told": []}


def test_on_generated_surveys(tmp_path):
    found = compare(lines_of(cases(SEED, COUNT)), tmp_path)
    assert found["told"] == [], f"AGREE_SEED={SEED}; keep each as a vector in tests/surveys/vectors"
    assert found["compared"] == COUNT


def test_a_difference_is_told(tmp_path):
    lines = [line.replace('"total":"', '"total":"1') for line in lines_of(cases(1, 3))]
    assert len(compare(lines, tmp_path)["told"]) == 3


def test_generated_sets_could_be_published():
    chance = Chance(SEED)
    assert [found for _set in range(50) for found in check(any_set(chance))] == []


def test_the_same_seed_makes_the_same_surveys():
    assert list(lines_of(cases(7, 5))) == list(lines_of(cases(7, 5))) != list(lines_of(cases(8, 5)))
