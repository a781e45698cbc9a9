"""The packaging sheet as DOMAIN 5.3 says."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retail.rules import Kind
from surveys.rules.form import Line, Record, Tally
from surveys.rules.packaging import Counts, WarningKind, judge, measure_sheet, reduction, used_of
from surveys.rules.words import MaterialClass, Measure, SubShare
from tests.surveys.sheets import DEFAULT, PERIOD, bought, proven, worked_lines

END = date(2026, 9, 30)
E1, E4, E5, N, R, X, Z = (MaterialClass(name) for name in ("E1", "E4", "E5", "N", "R", "X", "Z"))


def measured(*lines, **more):
    return measure_sheet(DEFAULT, Record(Kind.SUPERMARKET, lines=lines, **{**PERIOD, **more}))


def test_used_is_what_left_the_stock():
    line = Line("P01", N, opening=Decimal(1100), purchased=Decimal(5200), closing=Decimal(900), returned=Decimal(10))
    assert used_of(line) == 5390


@pytest.mark.parametrize(("line", "counts", "why"), [
    (bought("P01", N, 1), Counts.CONVENTIONAL, None),
    (bought("P01", X, 1), Counts.CLAIMED, None),
    (proven("P01", E1, 1), Counts.ECO, None),
    (proven("P01", E1, 1)._replace(proof_expires_on=END), Counts.ECO, None),
    (proven("P01", E1, 1)._replace(proof_expires_on=date(2026, 9, 29)), Counts.EXPIRED, WarningKind.EXPIRED),
    (proven("P01", E1, 1)._replace(proof_number=""), Counts.CLAIMED, WarningKind.NO_PROOF),
    (proven("P01", E1, 1)._replace(proof_holder=""), Counts.CLAIMED, WarningKind.NO_PROOF),
    (proven("P01", E1, 1)._replace(proof_expires_on=None), Counts.CLAIMED, WarningKind.NO_PROOF),
    (proven("P01", E4, 1), Counts.ECO, None),
    (bought("P01", E4, 1), Counts.CLAIMED, WarningKind.NO_STATEMENT),
    (proven("P01", E5, 1), Counts.CLAIMED, WarningKind.NOT_ACCEPTED),
    (bought("P01", R, 1), Counts.AVOIDED, None),
    (bought("P01", Z, 1), Counts.AVOIDED, None),
])
def test_what_a_line_counts_as(line, counts, why):
    assert judge(line, END, DEFAULT.accepted) == (counts, why)


def test_a_class_counts_once_the_set_accepts_it():
    assert judge(proven("P01", E5, 1), END, DEFAULT.accepted | {E5}) == (Counts.ECO, None)


def test_shares_of_the_worked_example():
    sheet = measured(*worked_lines())
    assert sheet.share == Fraction(33900 * 100, 78900)
    assert [used.share for used in sheet.categories] == [40, 50, 100]
    assert [sheet.sub_share(sub) for sub in SubShare] == [40, 50, 100, None]
    assert sheet.conventional_grams == 45000


def test_what_is_only_tracked_leaves_the_ratio_alone():
    sheet = measured(*worked_lines(), bought("P17", N, 400), bought("P19", N, 400))
    assert sheet.share == Fraction(33900 * 100, 78900)
    assert [used.rule.code for used in sheet.categories] == ["P01", "P04", "P11", "P17", "P19"]


def test_own_bags_come_from_the_count():
    sheet = measured(bought("P01", N, 6000), receipts=4000, tally=Tally(plastic=50, eco=25, own=15, none=10))
    assert sheet.categories[0].avoided == 1000
    added = measured(bought("P01", N, 6000), bought("P01", R, 200), receipts=4000, tally=Tally(50, 25, 15, 10))
    assert added.categories[0].avoided == 1200


@pytest.mark.parametrize("more", [{"tally": Tally(50, 25, 15, 9), "receipts": 4000}, {"tally": Tally(50, 25, 15, 10)}])
def test_an_unfinished_count_counts_nothing(more):
    assert measured(bought("P01", N, 6000), **more).categories[0].avoided == 0


def test_proof_is_weighed_by_grams():
    """E 1,000 × 6 g of E + X + expired: 6,000 + 2,000 × 6 + 500 × 2 = 19,000 g."""
    expired = proven("P02", E1, 500)._replace(proof_expires_on=date(2026, 1, 1))
    sheet = measured(proven("P01", E1, 1000), bought("P01", X, 2000), expired, bought("P04", N, 9))
    assert sheet.measure(Measure.PROOF) == Fraction(6000 * 100, 19000)
    assert measured(bought("P01", N, 9)).measure(Measure.PROOF) is None


def test_a_line_below_zero_is_told_and_counts_nothing():
    sheet = measured(Line("P01", N, closing=Decimal(5)), bought("P01", Z, 5))
    assert [(told.category, told.kind) for told in sheet.warnings] == [("P01", WarningKind.NEGATIVE)]
    assert sheet.share == 100


def test_plastic_after_2025_is_against_article_64():
    assert measured(bought("P01", N, 1)).violates_art_64
    assert not measured(bought("P01", N, 1), period_to=date(2025, 12, 31)).violates_art_64


def test_reduction_against_the_baseline():
    """45 kg at 10,000 receipts after 60 kg at 8,000: 4.5 g a receipt after 7.5 g."""
    assert reduction(Decimal(45000), 10000, Decimal(60000), 8000) == 40
    assert reduction(Decimal(90000), 10000, Decimal(60000), 8000) == -20
    assert reduction(Decimal(45000), 0, Decimal(60000), 8000) is None
    assert reduction(Decimal(45000), 10000, Decimal(0), 8000) is None


COUNTED = [category.code for category in DEFAULT.categories if category.in_ratio]
lines = st.dictionaries(
    st.tuples(st.sampled_from(COUNTED), st.sampled_from(list(MaterialClass))),
    st.integers(0, 90_000), min_size=1, max_size=10,
).map(lambda made: [proven(code, kind, amount) for (code, kind), amount in made.items()])
replacing = st.sampled_from([MaterialClass.E1, MaterialClass.E2, MaterialClass.E3, E4, R, Z])
few = settings(max_examples=60, deadline=None)


@few
@given(lines, st.sampled_from(COUNTED), replacing, st.integers(1, 5000))
def test_more_replaced_plastic_never_lowers_a_share(sheet, code, kind, amount):
    before, after = measured(*sheet), measured(*sheet, proven(code, kind, amount))
    for share in ("share", "proof_share"):
        assert (getattr(after, share) or 0) >= (getattr(before, share) or 0)
    assert all((after.sub_share(sub) or 0) >= (before.sub_share(sub) or 0) for sub in SubShare)


@few
@given(lines, replacing, st.data())
def test_replacing_plastic_never_lowers_a_share(sheet, kind, data):
    place = data.draw(st.integers(0, len(sheet) - 1))
    line = sheet[place]
    part = data.draw(st.integers(0, int(line.purchased)))
    kept = [line._replace(material_class=N), *sheet[:place], *sheet[place + 1:]]
    turned = [line._replace(material_class=N, purchased=line.purchased - part), proven(line.category, kind, part),
              *sheet[:place], *sheet[place + 1:]]
    before, after = measured(*kept), measured(*turned)
    assert (after.share or 0) >= (before.share or 0)
    assert after.used_grams == before.used_grams
