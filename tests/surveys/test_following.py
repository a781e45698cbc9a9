"""A follow-up starts from the earlier survey, asks for what was not in order and lets nothing else change."""

import copy

import pytest

from surveys.rules.following import begin, strayed
from surveys.rules.form import CriterionRule, FormRules, GroupRule
from surveys.rules.words import AnswerType, Instrument

RULES = FormRules(groups=(GroupRule("A", 100, (
    CriterionRule("A1", AnswerType.BOOL), CriterionRule("B1", AnswerType.BOOL, instrument=Instrument.BAGS))),))


def test_it_begins_unsigned_with_the_asked_answers_empty(document):
    earlier = copy.deepcopy(document)
    begun = begin(document, ["A1"], RULES)
    assert document == earlier
    assert "A1" not in begun["answers"] and begun["answers"]["A4"] == document["answers"]["A4"]
    assert begun["signatures"] == {} and begun["observed_at"] is None and begun["remarks"] == ""
    assert begun["lines"] == document["lines"] and begun["bags"] == document["bags"]


def test_bags_are_measured_anew_where_the_criterion_rests_on_them(document):
    assert begin(document, ["B1"], RULES)["bags"] == []


def test_answering_what_is_asked_strays_from_nothing(document):
    begun = begin(document, ["A1"], RULES)
    begun["answers"]["A1"] = {"yes": True, "note": "Đã khắc phục"}
    begun |= {"remarks": "Đã xem lại", "observed_at": "2026-12-01T02:00:00Z", "signatures": {"team": {}}}
    assert strayed(document, begun, ["A1"], RULES) == []


@pytest.mark.parametrize(("change", "path"), [
    ({"receipts": 5}, "receipts"), ({"lines": []}, "lines"), ({"bags": []}, "bags"), ({"tally": None}, "tally")])
def test_what_was_not_asked_stays(document, change, path):
    assert strayed(document, begin(document, ["A1"], RULES) | change, ["A1"], RULES) == [path]


def test_another_answer_strays(document):
    begun = begin(document, ["A1"], RULES)
    begun["answers"] = {"A4": {"step": 4}}
    assert strayed(document, begun, ["A1"], RULES) == ["answers.A4", "answers.A6", "answers.B9"]


def test_bags_may_change_where_they_are_measured_anew(document):
    begun = begin(document, ["B1"], RULES) | {"bags": [{"label": "Túi mới"}]}
    begun["answers"]["B1"] = {"yes": True}
    assert strayed(document, begun, ["B1"], RULES) == []
