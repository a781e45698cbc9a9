"""Scoring as DOMAIN 5.2 says, on the default set; and the vectors any other implementation must reproduce."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from retail.rules import Kind
from surveys.rules.figures import half_up, plain
from surveys.rules.form import Answer, Line, Record, Tally, record_from
from surveys.rules.results import State
from surveys.rules.scoring import score
from surveys.rules.words import AnswerType, MaterialClass
from tests.surveys.generated import case_in
from tests.surveys.sheets import DEFAULT, PERIOD, bought, filled, worked_lines

VECTORS = sorted((Path(__file__).parent / "vectors").rglob("*.json"))  # those of other sets bring their rules
RULES = {rule.code: rule for group in DEFAULT.groups for rule in group.criteria}


def line_for(code, record):
    return next(line for line in score(DEFAULT, record).lines if line.rule.code == code)


def answered(code, **said):
    return line_for(code, Record(Kind.SUPERMARKET, answers={code: Answer(**said)}))


def test_the_worked_example():
    found = score(DEFAULT, Record(Kind.SUPERMARKET, lines=worked_lines(), **PERIOD))
    points = {line.rule.code: line.points for line in found.lines}
    assert half_up(found.sheet.share) == Decimal("42.97")
    assert points["B4"] == Decimal("3.44")
    assert points["B5"] == Decimal("1.25")
    assert points["B6"] == Decimal("3.13")
    assert points["B11"] == Decimal("2.00")
    assert found.sheet.avoided_kg == Decimal("33.9")
    assert (found.replaced_grams, found.used_grams) == (33900, 78900)


def test_the_worked_example_with_the_count_of_100_customers():
    lines = tuple(line for line in worked_lines() if line.material_class != MaterialClass.Z)
    record = Record(Kind.SUPERMARKET, lines=lines, receipts=4000, tally=Tally(60, 15, 15, 10), **PERIOD)
    assert score(DEFAULT, record).replaced_grams == 33900


@pytest.mark.parametrize(("said", "points"), [
    ({"yes": True}, "2.00"), ({"yes": False}, "0.00"), ({}, None), ({"step": 4}, None)])
def test_yes_or_no(said, points):
    assert answered("A5", **said).points == (points and Decimal(points))


@pytest.mark.parametrize(("step", "points"), [(0, "0.00"), (1, "0.75"), (3, "2.25"), (4, "3.00")])
def test_a_scale_of_steps(step, points):
    assert answered("B7", step=step).points == Decimal(points)


@pytest.mark.parametrize(("number", "points"), [(0, "0.00"), (1, "0.50"), (2, "0.50"), (3, "1.00"), (9, "1.50"),
                                                (10, "2.00"), (99, "2.00")])
def test_a_number_in_bands(number, points):
    assert answered("B9", number=number).points == Decimal(points)


@pytest.mark.parametrize(("part", "whole", "points"), [
    ("0", "60", "0.00"), ("45", "60", "3.33"), ("54", "60", "4.00"), ("60", "60", "4.00"), ("0", "0", None),
    ("61", "60", None), ("-1", "60", None)])
def test_a_share_that_is_entered(part, whole, points):
    found = answered("A6", numerator=Decimal(part), denominator=Decimal(whole))
    assert found.points == (points and Decimal(points))


def test_points_are_exact_before_they_are_rounded():
    """335/600 of 3 points is 1.675, which 28 decimals of a repeating share would make 1.67."""
    assert answered("D1", numerator=Decimal(335), denominator=Decimal(600)).points == Decimal("1.68")


def test_a_share_below_the_range_gives_nothing_and_above_it_everything():
    assert answered("E2", numerator=Decimal(10), denominator=Decimal(100)).points == 0
    assert answered("E2", numerator=Decimal(70), denominator=Decimal(100)).points == 4


def test_missing_no_and_not_applicable_are_three_things():
    assert answered("E3").state == State.MISSING
    assert answered("E3", step=0).state == State.ANSWERED
    assert answered("E3", na=True, na_reason="Không bán thực phẩm").state == State.NA


def test_not_applicable_needs_leave_and_a_reason():
    assert answered("E3", na=True, na_reason=" ").state == State.MISSING
    assert answered("E2", na=True, na_reason="Không có").state == State.MISSING


def test_a_computed_line_is_measured_whatever_was_typed():
    assert answered("B11", na=True, na_reason="Không có khu ăn uống").state == State.MISSING


def test_nothing_to_measure():
    """Once the sheet is begun, lines that may be not applicable are; R waits for something used."""
    found = score(DEFAULT, Record(Kind.SUPERMARKET, lines=(bought("P17", MaterialClass.N, 5),)))
    states = {line.rule.code: line.state for line in found.lines if line.rule.type == AnswerType.COMPUTED}
    assert states == {"B4": State.MISSING, "B5": State.MISSING, "B6": State.NA, "B10": State.NA, "B11": State.NA}
    assert found.sheet.share is None
    assert found.sheet.used_grams == 0


def test_a_must_answered_no_is_a_nonconformity_whatever_the_points():
    found = score(DEFAULT, filled(B2=Answer(yes=False)))
    assert found.total == 100
    assert found.nonconformities == ["B2"]
    assert found.level is None
    assert not found.coverage_conditions_met
    assert [lack.as_json() for lack in found.levels[0][1]] == [
        {"what": "must", "code": "B2", "need": None, "have": None}]


def test_a_must_that_does_not_apply_stands_in_no_way():
    found = score(DEFAULT, filled(B2=Answer(na=True, na_reason="Không đóng gói")))
    assert found.level == 3
    assert found.coverage_conditions_met
    assert found.as_json()["musts"] == {"met": 6, "total": 6}


def test_an_empty_survey():
    found = score(DEFAULT, Record(Kind.SUPERMARKET))
    assert len(found.missing) == 38
    assert (found.total, found.level, found.coverage_conditions_met) == (0, None, False)


def test_a_trade_centre_answers_its_own_questions():
    found = score(DEFAULT, Record(Kind.TRADE_CENTRE))
    assert len(found.missing) == 37
    assert {"T1", "T2"} <= set(found.missing)
    assert not {"C1", "C3", "C4"} & set(found.missing)


def test_a_group_counts_what_applies_once_it_is_complete():
    record = filled(D2=Answer(na=True, na_reason="Không có tủ"), D3=Answer(step=2))
    group = next(g for g in score(DEFAULT, record).groups if g.code == "D")
    assert (group.earned, group.applicable, group.score) == (Decimal("7.50"), 9, Decimal("10.00"))
    answers = {code: answer for code, answer in record.answers.items() if code != "D5"}
    group = next(g for g in score(DEFAULT, replace(record, answers=answers)).groups if g.code == "D")
    assert (group.earned, group.score, group.is_complete) == (Decimal("5.50"), Decimal("5.50"), False)


def test_much_that_does_not_apply_needs_the_reviewers_word():
    na = Answer(na=True, na_reason="Không có")
    groups = {g.code: g for g in score(DEFAULT, filled(D2=na, E3=na)).groups}
    assert not groups["D"].na_needs_confirmation  # 3 of 12
    assert not groups["E"].na_needs_confirmation  # 4 of 14: 28.6 %
    assert next(g for g in score(DEFAULT, filled(C4=na)).groups if g.code == "C").na_needs_confirmation is False
    rules = replace(DEFAULT, groups=tuple(
        replace(g, criteria=tuple(replace(c, na_allowed=True) for c in g.criteria)) for g in DEFAULT.groups))
    assert next(g for g in score(rules, filled(D1=na, D2=na)).groups if g.code == "D").na_needs_confirmation


def test_a_group_of_which_nothing_applies_is_left_out():
    na = Answer(na=True, na_reason="Không có")
    rules = replace(DEFAULT, groups=tuple(
        replace(g, criteria=tuple(replace(c, na_allowed=True) for c in g.criteria)) for g in DEFAULT.groups))
    found = score(rules, filled(F1=na, F2=na, F3=na))
    assert (found.total, found.applicable, found.level) == (92, 92, 3)
    assert found.as_json()["groups"][5]["score"] is None


def test_levels_say_what_lacks():
    record = filled(D1=Answer(numerator=Decimal(0), denominator=Decimal(1)), D2=Answer(numerator=Decimal(0),
                    denominator=Decimal(1)), D3=Answer(step=0), D4=Answer(yes=False), D5=Answer(step=4))
    found = score(DEFAULT, record)
    assert found.total == 90
    assert found.level is None
    assert [lack.as_json() for lack in found.levels[0][1]] == [
        {"what": "group", "code": "D", "need": "40", "have": "16.67"}]


def test_levels_begin_on_their_number():
    """65 points, 60 % of B, 40 % of the others: each reached exactly."""
    rules = replace(DEFAULT, levels=DEFAULT.levels[:1])
    full = score(rules, filled())
    assert full.level == 1
    record = filled(F1=Answer(number=0), F2=Answer(numerator=Decimal(0), denominator=Decimal(1)), F3=Answer(step=4))
    assert [lack.code for lack in score(rules, record).levels[0][1]] == ["F"]  # 2 of 8 is 25 %
    record = filled(F1=Answer(number=2), F2=Answer(numerator=Decimal(0), denominator=Decimal(1)), F3=Answer(step=0))
    assert [lack.code for lack in score(rules, record).levels[0][1]] == ["F"]  # 37.5 %
    record = filled(F1=Answer(number=2), F2=Answer(numerator=Decimal("3.333335"), denominator=Decimal(100)),
                    F3=Answer(step=0))
    assert score(rules, record).levels[0][1] == ()  # 3.20 of 8 is 40 %


def test_yes_beside_a_banned_bag_is_a_warning():
    bag = {"width_cm": "30", "height_cm": "45", "readings_um": ["40", "41", "39", "40", "40"], "hard_to_degrade": True,
           "prepack": False}
    record = replace(filled(), bags=record_from({"bags": [bag]}, Kind.SUPERMARKET).bags)
    found = score(DEFAULT, record).as_json()
    assert found["bags"] == [{"position": 1, "mean_um": "40.0", "verdict": "banned"}]
    assert found["warnings"] == [{"criterion": "B1", "kind": "bag_contradicts"}]


def test_figures():
    assert half_up(Fraction(25, 8)) == Decimal("3.13")
    assert half_up(Fraction(-25, 8)) == Decimal("-3.13")
    assert plain(Decimal("6000.000000")) == "6000"
    assert plain(Fraction(33900 * 100, 78900)) == "42.965779"
    assert plain(0) == "0"
    assert plain(None) is None


@pytest.mark.parametrize("path", VECTORS, ids=[path.stem for path in VECTORS])
def test_vectors(path):
    vector = json.loads(path.read_text(encoding="utf-8"))
    found, lacks = case_in(vector).found()
    assert (found, lacks) == (vector["score"], vector.get("missing", lacks))


def test_there_are_a_dozen_vectors():
    assert len(VECTORS) >= 12


def test_a_period_makes_a_proof_expire():
    late = Line("P02", MaterialClass.E1, purchased=Decimal(100), proof_number="N", proof_holder="H",
                proof_expires_on=date(2026, 9, 29))
    found = score(DEFAULT, Record(Kind.SUPERMARKET, lines=(late,), **PERIOD)).as_json()["replaced"]
    assert found["categories"][0]["n"] == "100"
    assert found["warnings"] == [{"category": "P02", "class": "E1", "kind": "expired"}]
    assert found["proof_share"] == "0"
