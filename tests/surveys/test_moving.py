"""Moving a draft to a newer criteria set: what is kept is unaltered, and kept and left behind are all there was."""

import copy
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retail.rules import Kind
from surveys.rules.content import CategoryContent, CriterionContent, GroupContent, SetContent
from surveys.rules.moving import Fate, left_behind, move, plan_move
from surveys.rules.words import AnswerType, Applies

STEPS = tuple(f"Bậc {n}" for n in range(5))
BANDS = ((0, Decimal(0)), (1, Decimal(10)))
CRITERIA = {
    "A1": CriterionContent("A1", "Tiêu chí A1", "", AnswerType.BOOL),
    "A4": CriterionContent("A4", "Tiêu chí A4", "", AnswerType.SCALE4, anchors_vi=STEPS),
    "B9": CriterionContent("B9", "Tiêu chí B9", "", AnswerType.COUNT, bands=BANDS, na_allowed=True),
    "T1": CriterionContent("T1", "Tiêu chí T1", "", AnswerType.PERCENT, applies_to=Applies.TRADE_CENTRES),
}
CATEGORIES = {code: CategoryContent(code, f"Bao bì {code}", "", "cái", "pcs", Decimal(6), takes_tally=code == "P01")
              for code in ("P01", "P04")}


def set_of(criteria=None, categories=None, version="1.0"):
    """A set of these criteria and categories."""
    pieces = CRITERIA if criteria is None else criteria
    return SetContent("THU", version, "", "", groups=(GroupContent("A", "", "", Decimal(100), tuple(pieces.values())),),
                      categories=tuple((CATEGORIES if categories is None else categories).values()))


def plan(criteria=None, categories=None, kind=Kind.SUPERMARKET):
    return plan_move(set_of(), set_of(criteria, categories, "2.0"), kind)


def fates(steps):
    return {step.code: step.fate for step in steps}


def changed(code, **facts):
    return {**CRITERIA, code: replace(CRITERIA[code], **facts)}


@pytest.mark.parametrize(("code", "facts", "fate"), [
    ("A1", {"weight": Decimal(9), "is_must": True}, Fate.KEPT),
    ("A1", {"title_vi": "Viết lại"}, Fate.REWORDED),
    ("A1", {"type": AnswerType.PERCENT}, Fate.CHANGED),
    ("A4", {"anchors_vi": (*STEPS[:4], "Bậc khác")}, Fate.CHANGED),
    ("B9", {"bands": ((0, Decimal(0)), (1, Decimal(4)))}, Fate.KEPT),
    ("B9", {"bands": ((0, Decimal(0)), (60, Decimal(10)))}, Fate.CHANGED),
    ("A1", {"applies_to": Applies.TRADE_CENTRES}, Fate.GONE),
])
def test_what_becomes_of_a_criterion(code, facts, fate):
    assert fates(plan(changed(code, **facts)).criteria)[code] == fate


def test_new_ones_and_those_of_other_kinds():
    more = {**CRITERIA, "A9": CriterionContent("A9", "Mới", "", AnswerType.BOOL)}
    assert fates(plan(more).criteria) == {
        "A1": Fate.KEPT, "A4": Fate.KEPT, "B9": Fate.KEPT, "A9": Fate.NEW}
    assert "T1" in fates(plan(more, kind=Kind.TRADE_CENTRE).criteria)


def test_a_category_is_its_unit():
    other = {"P01": replace(CATEGORIES["P01"], grams=Decimal(5)), "P04": replace(CATEGORIES["P04"], unit_vi="kg")}
    assert fates(plan(categories=other).categories) == {"P01": Fate.KEPT, "P04": Fate.CHANGED}


def test_not_applicable_goes_along_only_where_it_may():
    said = {"answers": {"B9": {"na": True, "na_reason": "Không có"}}}
    assert move(said, plan())["answers"] == said["answers"]
    strict = plan(changed("B9", na_allowed=False))
    assert move(said, strict)["answers"] == {} and left_behind(said, strict)[0] == said["answers"]


def test_the_count_needs_a_category_and_files_an_owner():
    gone = plan({"A1": CRITERIA["A1"]}, {"P04": CATEGORIES["P04"]})
    assert move({"tally": {"plastic": 3}}, gone)["tally"] is None
    assert [gone.keeps_file(file) for file in (
        {"criterion": "A1"}, {"criterion": "A4"}, {"category": "P04"}, {"category": "P01"}, {})] == [
        True, False, True, False, True]


@settings(max_examples=80)
@given(st.data())
def test_kept_and_left_behind_are_all_there_was(data):
    codes = st.sampled_from([*CRITERIA, "X1"])
    document = {
        "revision": 7, "receipts": 12, "tally": {"plastic": 1}, "bags": [{"label": "Túi"}], "signatures": {"team": {}},
        "answers": data.draw(st.dictionaries(codes, st.sampled_from([{"yes": True}, {"na": True}, {"step": 2}]))),
        "lines": [{"category": code, "class": "N"} for code in data.draw(st.lists(
            st.sampled_from(["P01", "P04", "P99"]), unique=True))]}
    old = copy.deepcopy(document)
    newer = {code: replace(one, type=data.draw(st.sampled_from([one.type, AnswerType.PERCENT])),
                           na_allowed=data.draw(st.booleans()))
             for code, one in CRITERIA.items() if data.draw(st.booleans())}
    units = {code: replace(one, unit_vi=data.draw(st.sampled_from(["cái", "kg"])))
             for code, one in CATEGORIES.items() if data.draw(st.booleans())}
    made = plan(newer, units)
    moved, (answers, lines) = move(document, made), left_behind(document, made)
    assert document == old
    assert moved["answers"] | answers == old["answers"] and not moved["answers"].keys() & answers.keys()
    assert sorted(moved["lines"] + lines, key=str) == sorted(old["lines"], key=str)
    assert moved["signatures"] == {} and moved["receipts"] == 12 and moved["bags"] == old["bags"]
    assert moved["answers"].keys() <= {step.code for step in made.criteria if step.new}
