"""A signature as the path of an SVG. Pure."""

from collections.abc import Sequence

Strokes = Sequence[Sequence[Sequence[int]]]


def path_of(strokes: Strokes) -> str:
    """Pen strokes ([[x, y], …] each) as path data; a dot is a very short line, so that its round ends show."""
    return " ".join(_stroke(stroke) for stroke in strokes if stroke)


def _stroke(points: Sequence[Sequence[int]]) -> str:
    (x, y), *rest = points
    return f"M{x} {y}" + ("".join(f"L{x} {y}" for x, y in rest) or "h.1")
