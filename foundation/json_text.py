"""JSON as it is kept in columns and read from tablets: by orjson, where it can; else by Python's own, slowly."""

import json
from math import isfinite
from typing import Any

import orjson

STRICT = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS  # neither is JSON


def write_json(value: Any) -> str:
    """The text of a value. Halves of characters and numbers beyond 64 bits only Python can write."""
    try:
        return orjson.dumps(value, option=STRICT).decode()
    except TypeError:
        return json.dumps(value)


def read_json(text: str | bytes) -> Any:
    """The value of a text. Raises ValueError, RecursionError; NaN, Infinity and 1e400 are no JSON."""
    try:
        return orjson.loads(text)
    except ValueError:
        return json.loads(text, parse_constant=finite, parse_float=finite)


def finite(written: str) -> float:
    """A number that is one. Raises ValueError."""
    number = float(written)
    if not isfinite(number):
        raise ValueError(written)
    return number
