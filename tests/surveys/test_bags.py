"""The bag measurement of art. 64."""

from decimal import Decimal

import pytest

from surveys.rules.bags import Verdict, mean_of, verdict_on
from surveys.rules.form import Bag


def bag(*readings, width="30", height="45", hard=True, prepack=False):
    return Bag(width and Decimal(width), height and Decimal(height),
               tuple(None if reading is None else Decimal(reading) for reading in readings), hard, prepack)


@pytest.mark.parametrize(("sample", "verdict"), [
    (bag("40", "41", "39", "40", "40"), Verdict.BANNED),
    (bag("49.9", "50", "50", "50", "50"), Verdict.BANNED),  # mean 49.98, none above 50
    (bag("50", "50", "50", "50", "50"), Verdict.ALLOWED),  # not thinner than 50
    (bag("60", "61", "59", "60", "60"), Verdict.ALLOWED),
    (bag("49", "51", "50", "50", "50"), Verdict.MEASURE_AGAIN),
    (bag("40", "41", "39", "40", None), Verdict.INCOMPLETE),
    (bag("40", "41", "39", "40", "40", width=None), Verdict.INCOMPLETE),
    (bag("40", "41", "39", "40", "40", hard=None), Verdict.INCOMPLETE),
    (bag("40", "41", "39", "40", "40", prepack=None), Verdict.INCOMPLETE),
    (bag("40", "41", "39", "40", "40", width="50"), Verdict.ALLOWED),  # both sides below 50
    (bag("40", "41", "39", "40", "40", width="49.9", height="49.9"), Verdict.BANNED),
    (bag(hard=False), Verdict.ALLOWED),
    (bag(prepack=True), Verdict.ALLOWED),
    (bag(), Verdict.INCOMPLETE),
    (Bag(), Verdict.INCOMPLETE),
])
def test_verdict(sample, verdict):
    assert verdict_on(sample) == verdict


def test_the_mean_is_of_the_readings_so_far():
    assert mean_of(bag("40", "41", None)) == Decimal("40.5")
    assert mean_of(bag("40", "40", "41")) == Decimal("40.3")
    assert mean_of(bag()) is None
