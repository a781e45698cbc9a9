"""One hexagon per commune on its stored place (odd rows stand half a hexagon to the right)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, pi, sin, sqrt
from typing import Any

WIDTH = 20.0
SIDE = WIDTH / sqrt(3)
CORNERS = [(round(SIDE * sin(pi / 3 * k), 1), round(-SIDE * cos(pi / 3 * k), 1)) for k in range(6)]
SHAPE = "M" + "L".join(f"{x:g} {y:g}" for x, y in CORNERS) + "z"


@dataclass(frozen=True)
class Cell:
    """A hexagon's middle, px, and whatever it stands for."""

    x: float
    y: float
    what: Any


@dataclass(frozen=True)
class HexMap:
    """Cells, and the paths of the outer border and of the borders between owners."""

    width: int
    height: int
    shape: str
    cells: list[Cell]
    outer: str
    inner: str


def middle(column: int, row: int) -> tuple[float, float]:
    """The middle of a place, px."""
    return round((column + row % 2 / 2 + 0.5) * WIDTH + 2, 1), round(row * 1.5 * SIDE + SIDE + 2, 1)


def around(column: int, row: int) -> list[tuple[int, int]]:
    """The six places next to one, clockwise from the upper right: side k lies between corners k and k + 1."""
    odd = row % 2
    return [(column + odd, row - 1), (column + 1, row), (column + odd, row + 1), (column - 1 + odd, row + 1),
            (column - 1, row), (column - 1 + odd, row - 1)]


def hex_map(places: Sequence[tuple[int, int, Any, Any]]) -> HexMap:
    """`places` are (column, row, owner, what); a border runs where the owner changes and around everything."""
    owner = {(column, row): who for column, row, who, _what in places}
    outer, inner = [], []
    for place, who in owner.items():
        for k, other in enumerate(around(*place)):
            if other not in owner:
                outer.append(edge(place, k))
            elif owner[other] != who and place < other:
                inner.append(edge(place, k))
    cells = [Cell(*middle(column, row), what) for column, row, _who, what in places]
    return HexMap(ceil(max((c.x for c in cells), default=0) + WIDTH / 2 + 2),
                  ceil(max((c.y for c in cells), default=0) + SIDE + 2), SHAPE, cells, "".join(outer), "".join(inner))


def edge(place: tuple[int, int], k: int) -> str:
    """The path of side k of a hexagon."""
    x, y = middle(*place)
    (ax, ay), (bx, by) = CORNERS[k], CORNERS[(k + 1) % 6]
    return f"M{x + ax:.1f} {y + ay:.1f}L{x + bx:.1f} {y + by:.1f}"
