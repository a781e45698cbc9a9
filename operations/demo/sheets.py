"""Filled-in forms of the demonstration: answers of a wanted quality, a packaging sheet of a wanted replaced share."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from surveys.models import CriteriaSet, Criterion
from surveys.rules.words import AnswerType, Applies, MaterialClass

GRAM_SHARES = {  # of all plastic that would be used: where a food store spends it, in percent
    "P01": 40, "P02": 13, "P03": 6, "P04": 6, "P05": 12, "P06": 3, "P07": 2, "P08": 8,
    "P09": 4, "P10": 1, "P11": 1, "P12": 2, "P13": 2,
}
GRAM_SHARES_DRY = {"P01": 70, "P02": 10, "P15": 20}  # a store without food
TILT = {"P02": 4, "P03": -12, "P04": 10, "P05": -5, "P06": -20, "P07": 12, "P08": -3, "P09": 6, "P10": -8, "P11": 20,
        "P12": 8, "P13": 9, "P15": -6}  # how far a category is ahead of the store's share, in points
OWN, NONE = 14, 6  # of 100 customers at the checkout
QUALITY = {None: 0.60, 1: 0.72, 2: 0.86, 3: 0.99}  # how well a store of a level does, 0 to 1
REASON = "Cơ sở không có khu ăn uống và không bán thực phẩm (minh hoạ)."


@dataclass(frozen=True)
class Wanted:
    """What one survey of the story should show."""

    share: Decimal  # R, percent
    period_from: date
    period_to: date
    plastic_kg: int  # standard plastic of everything used in the period
    level: int | None  # the level it should reach
    fails: frozenset[str] = frozenset()  # musts answered no
    sells_food: bool = True
    is_trade_centre: bool = False


def make_document(wanted: Wanted, criteria: CriteriaSet, random: Random) -> dict:
    """The survey document (without signatures and evidence), as a tablet would send it."""
    lines, receipts = packaging(wanted, criteria)
    return {
        "period_from": wanted.period_from.isoformat(), "period_to": wanted.period_to.isoformat(),
        "count_method": "both", "counted_by": "Trưởng quầy (minh hoạ)", "receipts": receipts, "floor_area_m2": None,
        "tally": {"plastic": 45, "eco": 100 - 45 - OWN - NONE, "own": OWN, "none": NONE},
        "remarks": "", "store_remarks": "",
        "answers": answers(wanted, criteria, random), "lines": lines, "bags": [bag(wanted, random)],
    }


def answers(wanted: Wanted, criteria: CriteriaSet, random: Random) -> dict[str, dict]:
    """An answer to every criterion that applies and is not computed."""
    asked = [c for group in criteria.groups for c in group.criteria if applies(c, wanted.is_trade_centre)]
    given = {c.code: answer(c, wanted, random) for c in asked}
    return {code: value for code, value in given.items() if value}


def applies(criterion: Criterion, is_trade_centre: bool) -> bool:
    """Whether this kind of store is asked."""
    return criterion.applies_to in (Applies.ALL, Applies.TRADE_CENTRES if is_trade_centre else Applies.STORES)


def answer(criterion: Criterion, wanted: Wanted, random: Random) -> dict:
    """One answer; empty for what the sheet computes."""
    certified = wanted.level is not None
    quality = 1.0 if certified and criterion.group.code == "B" else QUALITY[wanted.level]
    if criterion.na_allowed and not wanted.sells_food and criterion.code in ("B11", "E3"):
        return {"na": True, "na_reason": REASON}
    if criterion.is_must:
        return {"yes": criterion.code not in wanted.fails}
    if criterion.type is AnswerType.BOOL:
        return {"yes": quality > 0.65}
    if criterion.type is AnswerType.SCALE4:
        return {"step": min(4, max(0, round(4 * quality + random.uniform(-0.35, 0.35))))}
    if criterion.type is AnswerType.PERCENT:
        assert criterion.lo is not None and criterion.hi is not None
        reached = min(1.0, quality + random.uniform(-0.05, 0.05))
        share = float(criterion.lo) + float(criterion.hi - criterion.lo) * reached
        return {"numerator": str(round(share * 10)), "denominator": "1000"}
    if criterion.type is AnswerType.COUNT:
        bands = criterion.bands or [[0, "0"]]
        return {"number": bands[round(quality * (len(bands) - 1))][0]}
    return {}


def replaced_by_category(wanted: Wanted, shares: dict[str, int]) -> dict[str, Decimal]:
    """A share for each category, in percent, so that all of them weigh up to the wanted one."""
    for factor in (Decimal(1), Decimal("0.5"), Decimal("0.25"), Decimal(0)):
        rest = {code: min(Decimal(100), max(Decimal(0), wanted.share + TILT[code] * factor))
                for code in shares if code != "P01"}
        first = (wanted.share * 100 - sum(shares[code] * rest[code] for code in rest)) / shares["P01"]
        if 0 <= first <= 100:
            return {"P01": first, **rest}
    return dict.fromkeys(shares, wanted.share)


def packaging(wanted: Wanted, criteria: CriteriaSet) -> tuple[list[dict], int]:
    """Lines of the sheet and the number of receipts; bags brought or not taken are counted at the checkout."""
    shares = GRAM_SHARES if wanted.sells_food else GRAM_SHARES_DRY
    grams = {category.code: category.grams for category in criteria.categories}
    replaced = replaced_by_category(wanted, shares)
    lines, receipts = [], 0
    for code, weight in shares.items():
        units = round(wanted.plastic_kg * 10 * weight / grams[code])
        friendly = round(units * replaced[code] / 100)
        if code == "P01":
            receipts = round(friendly * Decimal("0.35") * 100 / (OWN + NONE))
            friendly -= round(receipts * Decimal(OWN + NONE) / 100)
        lines += [line(code, MaterialClass.N, units - round(units * replaced[code] / 100), wanted)]
        lines += split(code, friendly, wanted)
    return [entry for entry in lines if entry["purchased"] != "0"], receipts


def split(code: str, friendly: int, wanted: Wanted) -> list[dict]:
    """Bags are certified plastic for a third, paper and the like for the rest; dishes come back to be washed."""
    if code == "P13":
        return [line(code, MaterialClass.R, friendly, wanted)]
    certified = friendly // 3 if code in ("P01", "P02", "P03") else 0
    return [line(code, MaterialClass.E1, certified, wanted), line(code, MaterialClass.E4, friendly - certified, wanted)]


def line(code: str, material: MaterialClass, used: int, wanted: Wanted) -> dict:
    """One line whose stock and purchases come to `used`."""
    counted = material is not MaterialClass.R
    opening, closing = (used * 15 // 100, used * 12 // 100) if counted else (0, 0)
    entry: dict[str, object] = {
        "category": code, "class": material.value, "opening": str(opening), "closing": str(closing),
        "purchased": str(used - opening + closing), "returned": "0"}
    if material is MaterialClass.E1:
        entry |= {"proof_number": "NSTVN-MH-0012", "proof_holder": "Nhà sản xuất bao bì Minh Hoạ",
                  "proof_expires_on": date(wanted.period_to.year + 2, 6, 30).isoformat()}
    if material is MaterialClass.E4:
        entry |= {"has_statement": True, "note": "Bản khai vật liệu của nhà cung ứng (minh hoạ)"}
    return entry


def bag(wanted: Wanted, random: Random) -> dict:
    """The checkout bag as measured: thin and plain where B1 was answered no."""
    banned = "B1" in wanted.fails
    middle = 38 if banned else 56
    return {"label": "Túi tại quầy thu ngân", "width_cm": "30", "height_cm": "45", "hard_to_degrade": banned,
            "prepack": False, "readings_um": [str(middle + random.randint(-2, 2)) for _ in range(5)]}
