import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retail.rules import Kind, is_below_standard, read_tax_code, search_text, suggest_class


@pytest.mark.parametrize("kind, area, items, expected", [
    (Kind.SUPERMARKET, 5000, 20000, 1), (Kind.SUPERMARKET, 5000, 19999, 2), (Kind.SUPERMARKET, 4999, 30000, 2),
    (Kind.SUPERMARKET, 500, 4000, 3), (Kind.SUPERMARKET, 499, 4000, None), (Kind.SUPERMARKET, 5000, None, None),
    (Kind.SPECIALISED, 1000, 2000, 1), (Kind.SPECIALISED, 500, 1000, 2), (Kind.SPECIALISED, 250, 500, 3),
    (Kind.SPECIALISED, 249, 500, None), (Kind.TRADE_CENTRE, 50000, None, 1), (Kind.TRADE_CENTRE, 30000, None, 2),
    (Kind.TRADE_CENTRE, 10000, 0, 3), (Kind.TRADE_CENTRE, 9999, None, None), (Kind.CONVENIENCE, 9000, 90000, None),
])
def test_the_class_of_decision_1371(kind, area, items, expected):
    assert suggest_class(kind, area, items) == expected


@pytest.mark.parametrize("kind, area, items, expected", [
    (Kind.SUPERMARKET, 499, 4000, True), (Kind.SUPERMARKET, None, 3999, True), (Kind.SUPERMARKET, None, None, False),
    (Kind.SUPERMARKET, 500, None, False), (Kind.TRADE_CENTRE, 9999, None, True), (Kind.MINI, 10, 10, False),
])
def test_below_the_standard(kind, area, items, expected):
    assert is_below_standard(kind, area, items) is expected


@settings(max_examples=60)
@given(st.sampled_from(list(Kind)), st.integers(0, 60_000), st.integers(0, 30_000), st.integers(0, 10_000))
def test_more_area_never_lowers_the_class(kind, area, items, more):
    rank = suggest_class(kind, area, items) or 4
    assert (suggest_class(kind, area + more, items) or 4) <= rank
    assert (suggest_class(kind, area, items + more) or 4) <= rank
    assert not (rank < 4 and is_below_standard(kind, area, items))


@pytest.mark.parametrize("typed, code", [
    ("2600123456", "2600123456"), (" 2600 123.456 ", "2600123456"), ("2600123456001", "2600123456-001"),
    ("2600123456-001", "2600123456-001"), ("001234567890", "001234567890"), ("260012345", None), ("", None),
    (None, None), ("26001234ab", None), ("２６００１２３４５６", None),
])
def test_tax_codes_have_one_spelling(typed, code):
    assert read_tax_code(typed) == code


def test_search_text_is_folded_and_says_each_word_once():
    assert search_text("Siêu thị Việt Trì", None, "", "CS-000001", "Phường Việt Trì") == \
        "sieu thi viet tri cs-000001 phuong"
