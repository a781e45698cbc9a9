"""Exact figures: shares stay fractions until they are shown or become points. Never float.

static/js/scoring/figures.js does the same on the tablet.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

SHOWN = 6  # decimals of a share in the stored score; comparisons use the fraction itself
UNITS = [Decimal(1).scaleb(-places) for places in range(SHOWN + 1)]

Figure = Fraction | Decimal | int


def scaled(value: Figure, places: int) -> int:
    """The value in units of its last place, rounded half up (away from zero at the middle)."""
    top, bottom = value.as_integer_ratio()
    units = (2 * abs(top) * 10**places + bottom) // (2 * bottom)
    return -units if top < 0 else units


def half_up(value: Figure, places: int = 2) -> Decimal:
    """Rounded half up, e.g. 3.125 → 3.13."""
    if isinstance(value, Decimal):
        return value.quantize(UNITS[places], ROUND_HALF_UP) + 0  # no −0.00
    return Decimal(scaled(value, places)).scaleb(-places)


def plain(value: Figure | None, places: int = SHOWN) -> str | None:
    """Text without exponent or idle zeros: "33900", "40", "42.965779"; None stays None."""
    if value is None:
        return None
    units = scaled(value, places)
    whole, rest = divmod(abs(units), 10**places)
    decimals = f".{rest:0{places}}".rstrip("0") if rest else ""
    return f"{'-' if units < 0 else ''}{whole}{decimals}"


def share(part: Decimal, whole: Decimal) -> Fraction | None:
    """`part` of `whole` in percent, exact; None when there is no whole."""
    if not whole:
        return None
    (top, under_top), (bottom, under_bottom) = part.as_integer_ratio(), whole.as_integer_ratio()
    return Fraction(100 * top * under_bottom, under_top * bottom)
