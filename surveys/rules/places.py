"""Where a photo was taken, against where the establishment stands. Pure."""

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

EARTH = 6_371_000  # metres, mean radius
FAR = 500  # metres from the registered position, over which a reviewer is told


def distance(lat: Decimal, lon: Decimal, other_lat: Decimal, other_lon: Decimal) -> int:
    """Metres between two positions along a great circle."""
    north, other_north = radians(lat), radians(other_lat)
    half = sin((other_north - north) / 2) ** 2
    half += cos(north) * cos(other_north) * sin(radians(other_lon - lon) / 2) ** 2
    return round(2 * EARTH * asin(min(1.0, sqrt(half))))
