"""What keeps a survey from being submitted (DOMAIN 5.2, rule 4)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from retail.rules import Kind
from surveys.rules.completeness import Attached, missing, whole_months
from surveys.rules.form import Answer, Bag, Line, Record, Tally
from surveys.rules.words import EvidenceKind, MaterialClass
from tests.surveys.sheets import DEFAULT, bought, filled, proven

BAG = Bag(Decimal(30), Decimal(45), (Decimal(60),) * 5, True, False)
EVIDENCE = [Attached(kind, criterion=rule.code) for group in DEFAULT.groups for rule in group.criteria
            for kind in rule.evidence_kinds]
EVIDENCE += [Attached(EvidenceKind.PHOTO, category=code) for code in ("P01", "P04", "P11")]


def whole(**changed):
    return replace(filled(**changed), bags=(BAG,))


def lacks(record, evidence=EVIDENCE):
    return [(lack.code, lack.what.value, lack.detail) for lack in missing(DEFAULT, record, evidence)]


def test_a_whole_survey_lacks_nothing():
    assert lacks(whole()) == []


def test_an_empty_survey_lacks_everything():
    found = lacks(Record(Kind.SUPERMARKET), [])
    assert len([what for _code, what, _detail in found if what == "answer"]) == 33
    assert [code for code, what, _detail in found if what == "measured"] == ["B4", "B5", "B6", "B10", "B11"]
    assert [what for code, what, _detail in found if code == "B3"] == [
        "answer", "period", "count_method", "counted_by", "receipts", "sheet"]


@pytest.mark.parametrize(("changed", "lack"), [
    ({"A5": Answer()}, ("A5", "answer", "")),
    ({"E3": Answer(na=True)}, ("E3", "na_reason", "")),
    ({"E2": Answer(na=True, na_reason="không có")}, ("E2", "answer", "")),
    ({"A6": Answer(numerator=Decimal(9), denominator=Decimal(8))}, ("A6", "share", "")),
    ({"A6": Answer(numerator=Decimal(9))}, ("A6", "answer", "")),
])
def test_answers(changed, lack):
    assert lacks(whole(**changed)) == [lack]


def test_evidence_backs_claims_and_nothing_else():
    without = [piece for piece in EVIDENCE if piece.criterion not in ("A5", "E1", "B9", "E3")]
    assert lacks(whole(), without) == [("A5", "document", ""), ("B9", "photo", ""), ("E1", "photo", ""),
                                       ("E1", "document", ""), ("E3", "photo", "")]
    silent = whole(A5=Answer(yes=False), E1=Answer(yes=False), B9=Answer(number=0),
                   E3=Answer(na=True, na_reason="Không bán thực phẩm"))
    assert lacks(silent, without) == []


def test_bags():
    assert lacks(replace(whole(), bags=())) == [("B1", "bag", "")]
    half = replace(BAG, readings_um=(Decimal(60), None, None, None, None))
    assert lacks(replace(whole(), bags=(BAG, half))) == [("B1", "bag_facts", "2")]
    none = (bought("P01", MaterialClass.Z, 500), proven("P04", MaterialClass.E4, 5), proven("P11", MaterialClass.E4, 5))
    counted = {"lines": none, "tally": Tally(own=60, none=40)}
    assert lacks(replace(whole(), bags=(), **counted)) == []


@pytest.mark.parametrize(("changed", "lack"), [
    ({"period_to": None}, "period"), ({"period_to": date(2026, 9, 29)}, "whole_months"),
    ({"period_to": date(2026, 8, 31)}, "whole_months"), ({"count_method": None}, "count_method"),
    ({"counted_by": " "}, "counted_by"), ({"receipts": None}, "receipts")])
def test_the_head_of_the_sheet(changed, lack):
    assert lacks(replace(whole(), **changed)) == [("B3", lack, "")]


def test_lines_of_the_sheet():
    lines = (*whole().lines, Line("P05", MaterialClass.N, closing=Decimal(1)), proven("P06", MaterialClass.E4, 1),
             bought("P01", MaterialClass.R, 1))
    assert lacks(replace(whole(), lines=lines)) == [
        ("P05", "negative", "N"), ("P06", "photo", "E4"), ("P01", "tally", "")]
    assert lacks(replace(whole(), tally=Tally(plastic=99))) == [("P01", "tally_total", "")]


def test_whole_months():
    assert whole_months(date(2026, 1, 1), date(2026, 12, 31)) == 12
    assert whole_months(date(2025, 12, 1), date(2026, 2, 28)) == 3
    assert whole_months(date(2026, 1, 2), date(2026, 3, 31)) is None
    assert whole_months(date(2026, 3, 1), date(2026, 2, 28)) is None
