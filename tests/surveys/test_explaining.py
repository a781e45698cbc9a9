"""A score in words, in both languages."""

import json
from pathlib import Path

import pytest
from flask import render_template_string

from surveys.actions import load_default_criteria
from surveys.explaining import show_score
from tests.conftest import AT

VECTORS = Path(__file__).parent / "vectors"
PAGE = "{% import 'surveys/_score.html' as s with context %}{{ s.whole(shown, 60) }}"


@pytest.fixture
def shown(app, session):
    """A vector in words: `shown("02-worked-example", "en")`."""
    def make(name, language="vi"):
        criteria_set = load_default_criteria(by=None, at=AT)
        made = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
        with app.test_request_context(f"/?lang={language}"):
            found = show_score(made["score"], criteria_set)
            return found, render_template_string(PAGE, shown=found)

    return make


def why(found):
    return {line.code: line.why.replace("\xa0", " ") for group in found.groups for line in group.lines}


def test_the_worked_example_line_by_line(shown):
    found, page = shown("02-worked-example")
    assert why(found)["B4"] == "(42,97 − 20) / (100 − 20) × 12 = 3,44"
    assert why(found)["B5"] == "(40,00 − 20) / (100 − 20) × 5 = 1,25"
    assert why(found)["B6"] == "50,00 / 80 × 5 = 3,13"
    assert why(found)["B11"] == "100,00 %: đủ điểm từ 100 %"
    assert "Đã thay thế 33,9 kg trên 78,9 kg nhựa quy đổi." in page
    assert "Còn thiếu 33 câu trả lời: điểm là tạm tính." in page


def test_every_type_says_how(shown):
    found, page = shown("13-levels", "en")
    said = why(found)
    assert said["A5"] == "Yes = 2.00"
    assert said["B7"] == "step 2, “Discount or points for refusing a bag”: 2 / 4 × 3 = 1.50"
    assert said["B9"] == "100 gives 2.00"
    assert said["E2"] == "100.00 %: full points from 70 %"
    assert "78.82 points, needs 80; group B 72.26 %, needs 75 %" in page.replace("\xa0", " ")
    assert found.level == "Pass"


def test_not_applicable_and_missing(shown):
    found, _page = shown("05-not-applicable", "en")
    assert why(found)["D2"] == "Not applicable: leaves both sides of the group's score"
    assert why(found)["F3"] == "No answer yet"
    assert why(found)["B10"] == "100.00 %: full points from 100 %"
    groups = {group.code: group.why for group in found.groups}
    assert groups["D"] == "6.75 / 9 × 12 = 9.00"
    assert groups["F"] == "6.00 of 8 points so far"


def test_nothing_recorded(shown):
    found, page = shown("01-empty", "en")
    assert why(found)["B4"] == "Nothing on the packaging sheet to measure yet"
    assert "nothing measured yet" in page
    assert "The packaging sheet has no line yet." in page


def test_a_major_nonconformity_and_its_contradiction(shown):
    found, page = shown("04-must-no", "en")
    assert found.nonconformities == ["B1"]
    assert "B1 is a must and is answered no." in page
    assert "B1 must be yes" in page


def test_papers_that_do_not_hold(shown):
    found, page = shown("07-papers", "en")
    assert [text.partition(":")[0] for text in found.warnings] == ["P02 E1", "P02 E2", "P04 E4", "P05 E5"]
    assert found.warnings[0].endswith("so it counts as N")
    assert found.warnings[1].endswith("so it counts as X")
    assert page.count("not yet in line with article 64") == 4


def test_a_yes_beside_a_banned_bag(shown):
    found, _page = shown("12-bags", "en")
    assert "B1 is answered yes, but a measured bag falls under article 64" in found.warnings


@pytest.mark.parametrize("path", sorted(VECTORS.glob("*.json")), ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_vector_can_be_shown(shown, path, language):
    assert "{" not in shown(path.stem, language)[1].replace("{{", "")
