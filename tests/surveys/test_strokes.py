"""Signatures as SVG paths."""

from surveys.rules.strokes import path_of


def test_lines_and_dots():
    assert path_of([[[1, 2], [3, 4], [5, 6]], [[7, 8]], []]) == "M1 2L3 4L5 6 M7 8h.1"
    assert path_of([]) == ""
