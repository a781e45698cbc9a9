"""Exact figures: shares stay fractions until they are shown or become points. Never float."""

from decimal import Decimal
from fractions import Fraction

SHOWN = 6  # decimals of a share in the stored score; comparisons use the fraction itself


def half_up(value: Fraction | Decimal | int, places: int = 2) -> Decimal:
    """Rounded half up (away from zero at the middle), e.g. 3.125 → 3.13."""
    exact = Fraction(value)
    scaled = (2 * abs(exact.numerator) * 10**places + exact.denominator) // (2 * exact.denominator)
    return Decimal(-scaled if exact < 0 else scaled).scaleb(-places)


def plain(value: Fraction | Decimal | int | None, places: int = SHOWN) -> str | None:
    """Text without exponent or idle zeros: "33900", "40", "42.965779"; None stays None."""
    if value is None:
        return None
    text = format(half_up(value, places), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def share(part: Decimal, whole: Decimal) -> Fraction | None:
    """`part` of `whole` in percent, exact; None when there is no whole."""
    return Fraction(part) * 100 / Fraction(whole) if whole else None
