"""The bag measurement of art. 64 (DOMAIN 5.2, rule 11). Pure."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from surveys.rules.figures import half_up
from surveys.rules.form import Bag

SIDE_CM = 50  # Decree 08/2022, art. 64: smaller than 50 cm × 50 cm …
THICKNESS_UM = 50  # … and thinner than 50 µm
READINGS = 5


class Verdict(StrEnum):
    """What art. 64 says of a bag."""

    BANNED = "banned"
    ALLOWED = "allowed"
    MEASURE_AGAIN = "measure_again"  # readings on both sides of 50 µm: neither yes nor no
    INCOMPLETE = "incomplete"


def readings_of(bag: Bag) -> list[Decimal]:
    """The thickness readings taken so far, in µm."""
    return [reading for reading in bag.readings_um if reading is not None]


def mean_of(bag: Bag) -> Decimal | None:
    """Mean thickness in µm, one decimal, of the readings taken so far; None before the first."""
    readings = readings_of(bag)
    return half_up(Fraction(sum(readings)) / len(readings), 1) if readings else None


def lies_outside(bag: Bag) -> bool:
    """Whether one fact alone takes the bag out of art. 64: it packs goods before sale, degrades, or is large."""
    sides = [side for side in (bag.width_cm, bag.height_cm) if side is not None]
    return bag.prepack is True or bag.hard_to_degrade is False or any(side >= SIDE_CM for side in sides)


def verdict_on(bag: Bag) -> Verdict:
    """The verdict: the mean of five readings decides, unless they lie on both sides of 50 µm."""
    if lies_outside(bag):
        return Verdict.ALLOWED
    readings = readings_of(bag)
    if None in (bag.width_cm, bag.height_cm, bag.hard_to_degrade, bag.prepack) or len(readings) < READINGS:
        return Verdict.INCOMPLETE
    if min(readings) < THICKNESS_UM < max(readings):
        return Verdict.MEASURE_AGAIN
    return Verdict.BANNED if sum(readings) < THICKNESS_UM * len(readings) else Verdict.ALLOWED
