"""One square per establishment, sorted by share: the whole population at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass

from progress.rules import Standing

STEP = 18
A_ROW = 60  # squares; more go on in the next row


@dataclass(frozen=True)
class Strip:
    """Squares as (x, y, standing)."""

    width: int
    height: int
    squares: list[tuple[int, int, Standing]]


def strip(marks: Sequence[Standing]) -> Strip:
    """Places of the squares, px in the view box."""
    squares = [(i % A_ROW * STEP, i // A_ROW * STEP, mark) for i, mark in enumerate(marks)]
    lines = -(-len(marks) // A_ROW)
    return Strip(max(20, min(len(marks), A_ROW)) * STEP, max(1, lines) * STEP + 1, squares)
