from datetime import date
from decimal import Decimal

import pytest

from foundation.forms import parse_day, parse_number


@pytest.mark.parametrize(("text", "value"), [
    ("1.250,5", "1250.5"), ("1250.5", "1250.5"), ("1 250", "1250"), ("0.500", "0.500"), ("21,3", "21.3"),
    ("1.250", "1250"), ("12.345.678", "12345678"), ("1.25", "1.25"), ("-3", "-3"),
])
def test_numbers_typed_the_vietnamese_way(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "abc", "1e5", "12.34,5", "1,2,3", "٣", "NaN", "1.250."])
def test_what_is_no_number(text):
    assert parse_number(text) is None


@pytest.mark.parametrize("text", ["31/12/2026", "31-12-2026", "31.12.2026", "2026-12-31"])
def test_days(text):
    assert parse_day(text) == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["31/02/2026", "1/2", "a/b/c", "2026", "31/12/26"])
def test_what_is_no_day(text):
    assert parse_day(text) is None
