"""JSON as columns keep it: what Python's own reads and writes, however it is spelt, and nothing that is no JSON."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.json_text import read_json, write_json

TEXT = st.text(st.characters())
PLAIN = (st.none() | st.booleans() | st.integers(-2**63, 2**64 - 1)
         | st.floats(allow_nan=False, allow_infinity=False) | TEXT)
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=20)


@settings(max_examples=150)
@given(VALUES)
def test_what_is_written_is_read_by_either(value):
    assert json.loads(write_json(value)) == value
    assert read_json(json.dumps(value)) == value


@given(st.characters(categories=["Cs"]))
def test_half_a_character_is_no_reason_to_lose_the_rest(text):
    assert read_json(write_json({"caption": text})) == {"caption": text}


@pytest.mark.parametrize("text", [
    "NaN", "[Infinity]", "-Infinity", "1e400", '{"a": -1e400}', "", "{", "'a'", "[1,]", "\ufeff1"])
def test_what_is_no_json_is_refused(text):
    with pytest.raises(ValueError):
        read_json(text)


@pytest.mark.parametrize("value", [Decimal("1.5"), datetime(2026, 11, 24, tzinfo=UTC), {1, 2}, b"a", float])
def test_what_has_no_json_is_refused(value):
    with pytest.raises(TypeError):
        write_json({"a": value})
