"""A signature drawn as a picture, traced back into pen strokes: thinned to a line, then followed."""

import io
from collections.abc import Iterator

from PIL import Image, ImageOps

ACROSS = 300  # pixels of the wider side while tracing
DARK = 150  # of 255: what is darker is ink
UNITS = 1000  # of a stroke, across the wider side
MOST_PIXELS = 20_000_000
Point = tuple[int, int]
Turns = tuple[int, int, int]
AROUND = ((0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1))  # clockwise from above
EDGES: tuple[tuple[Turns, Turns], ...] = (((0, 2, 4), (2, 4, 6)), ((0, 2, 6), (0, 4, 6)))  # right and below, then left


def trace(content: bytes) -> list[list[list[int]]]:
    """The strokes of a picture of a signature ([[x, y], …] each); none when it is empty or no picture."""
    ink = read_ink(content)
    if not ink:
        return []
    line = thin(ink)
    scale = UNITS / ACROSS
    return [[[round(x * scale), round(y * scale)] for x, y in stroke] for stroke in follow(line)]


def read_ink(content: bytes) -> set[Point]:
    """The dark pixels, on a grid ACROSS wide; a transparent ground is white."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as image:
            if image.width * image.height > MOST_PIXELS:
                return set()
            flat = Image.new("RGBA", image.size, "white")
            flat.alpha_composite(image.convert("RGBA"))
    except Exception:  # decoders of foreign bytes fail in many ways; each means the same
        return set()
    grey = ImageOps.contain(flat.convert("L"), (ACROSS, ACROSS))
    return {(place % grey.width, place // grey.width) for place, shade in enumerate(grey.tobytes()) if shade < DARK}


def neighbours(point: Point) -> list[Point]:
    """The eight points around one, clockwise from above."""
    x, y = point
    return [(x + dx, y + dy) for dx, dy in AROUND]


def thin(ink: set[Point]) -> set[Point]:
    """The ink worn down to lines one point wide (Zhang and Suen, 1984): each pass takes points off the edge."""
    ink = set(ink)
    while True:
        worn = False
        for edge in EDGES:
            gone = {point for point in ink if may_go(point, ink, edge)}
            ink -= gone
            worn = worn or bool(gone)
        if not worn:
            return ink


def may_go(point: Point, ink: set[Point], edge: tuple[Turns, Turns]) -> bool:
    """Whether a point lies on an edge of this pass and holds nothing together."""
    around = [neighbour in ink for neighbour in neighbours(point)]
    if not 2 <= sum(around) <= 6:
        return False
    if sum(not here and there for here, there in zip(around, [*around[1:], around[0]], strict=True)) != 1:
        return False
    return not any(all(around[turn] for turn in turns) for turns in edge)


def follow(line: set[Point]) -> Iterator[list[Point]]:
    """The lines as strokes: from loose ends first, to the nearest point, straight on where it can, until all is drawn.

    A lone point beside a line is what thinning left of a corner; a lone point by itself is a dot.
    """
    left = set(line)
    while left:
        ends = [point for point in left if sum(one in left for one in neighbours(point)) <= 1]
        stroke = [min(ends or left)]
        left.discard(stroke[0])
        heading = 2
        while ways := [turn for turn, one in enumerate(neighbours(stroke[-1])) if one in left]:
            heading = min(ways, key=lambda turn: (turn % 2, min((turn - heading) % 8, (heading - turn) % 8)))
            stroke.append(neighbours(stroke[-1])[heading])
            left.discard(stroke[-1])
        if len(stroke) > 1 or not line.intersection(neighbours(stroke[0])):
            yield straighten(stroke)


def straighten(stroke: list[Point]) -> list[Point]:
    """Every third point, and the last: enough to draw it again."""
    return [*stroke[:-1:3], stroke[-1]]
