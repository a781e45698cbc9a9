"""Geometry of the figures, from numbers. Pure; the SVG is written by templates/progress/figures/*.svg."""

from progress.figures.hexes import HexMap, hex_map
from progress.figures.strip import Strip, strip
from progress.figures.trajectory import Mark, Trajectory, trajectory

__all__ = ["HexMap", "Mark", "Strip", "Trajectory", "hex_map", "strip", "trajectory"]
