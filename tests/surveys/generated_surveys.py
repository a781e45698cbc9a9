"""Surveys of every odd kind, from a random generator.

Their values stand where something turns: halves of a hundredth, thirds, nothing below the line, the day a proof runs
out, readings on both sides of 50 µm, blanks that are no reason.
"""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from retail.rules import Kind
from surveys.rules.figures import plain
from surveys.rules.form import FormRules
from surveys.rules.words import AnswerType, CountMethod, MaterialClass, Side
from tests.surveys.chance import Chance

CLASSES = list(MaterialClass)
DAYS = [date(2025, 10, 1), date(2026, 1, 1), date(2026, 7, 1), date(2026, 7, 2), date(2024, 3, 1)]
AMOUNTS = ["0", "1", "3", "7", "100", "0.5", "0.333333", "999999.999999", "6000", "12000.25", "100000000000"]
FIGURES = ["0", "1", "3", "7", "600", "335", "0.000001", "33.333333", "100000000000", "-1"]
SIDES = [None, "30", "45.5", "49.999999", "50", "50.5", "1000"]
READINGS = [None, "40", "49.9", "49.95", "50", "50.05", "50.1", "60", "0.000001"]
TEXTS = ["", " ", "\u00a0", "\u2003", "\u001f", "\ufeff", "Không có", "Kế toán kho"]
RECEIPTS = [None, 0, 1, 7, 4000, 1_000_000_000]


def any_document(chance: Chance, rules: FormRules, kind: Kind) -> dict[str, Any]:
    """A document as a tablet sends it, from an empty one to one with everything."""
    wanted = chance.one([0, .3, .8, 1, 1, 1])
    first, last = any_period(chance)
    answers = {rule.code: any_answer(chance, rule) for group in rules.groups for rule in group.criteria
               if (rule.asked_of(kind) or chance.some(.1)) and chance.random() < wanted}
    return {
        "observed_at": None, "period_from": first and first.isoformat(), "period_to": last and last.isoformat(),
        "count_method": chance.one([None, *(method.value for method in CountMethod)]),
        "counted_by": chance.one(TEXTS), "receipts": chance.one(RECEIPTS), "floor_area_m2": None,
        "tally": any_tally(chance), "remarks": "", "store_remarks": "",
        "answers": {code: said for code, said in answers.items() if said},
        "lines": any_lines(chance, rules, last, wanted),
        "bags": [any_bag(chance) for _bag in range(chance.one([0, 0, 1, 1, 2, 4]))],
        "signatures": {side.value: any_signature(chance, side) for side in Side if chance.some(.7)},
    }


def any_signature(chance: Chance, side: Side) -> dict[str, Any]:
    """Strokes, or why the store gave none."""
    is_refused = side == Side.STORE and chance.some(.2)
    return {"title": "", "signed_at": None, **({"refused": "Vắng mặt"} if is_refused else {"strokes": [[[1, 2]]]})}


def any_period(chance: Chance) -> tuple[date | None, date | None]:
    """Three months, twelve, any, or half of one."""
    first = chance.one(DAYS)
    month = first.month + chance.one([3, 3, 3, 12, 1]) - 1
    last = date(first.year + month // 12, month % 12 + 1, 1) - timedelta(days=chance.one([1, 1, 1, 1, 2]))
    return (None if chance.some(.05) else first), (None if chance.some(.1) else last)


def any_answer(chance: Chance, rule) -> dict[str, Any]:
    """An answer of the type; sometimes none, not applicable, or of which only a part is given."""
    if chance.some(.12):
        return {"na": True, "na_reason": chance.one(TEXTS)} if chance.some(.9) else {"na": True}
    if rule.type == AnswerType.BOOL:
        return {"yes": chance.some(.8)}
    if rule.type == AnswerType.SCALE4:
        return {"step": chance.upto(4)}
    if rule.type == AnswerType.COUNT:
        return {"number": max(0, chance.one(rule.bands)[0] + chance.upto(2) - 1)}
    return any_share(chance, rule) if rule.type == AnswerType.PERCENT else {}


def any_share(chance: Chance, rule) -> dict[str, Any]:
    """Numerator and denominator: at random, or so that the points fall on the middle of two hundredths."""
    way = chance.random()
    if way < .3:
        return {"numerator": chance.one(FIGURES), "denominator": chance.one(FIGURES)}
    if way < .35:
        return {"numerator": chance.one(FIGURES)}
    if way < .6:
        whole = 1 + chance.upto(999)
        return {"numerator": str(chance.upto(whole)), "denominator": str(whole)}
    half = Fraction(2 * chance.upto(int(rule.weight * 100)) + 1, 200)
    exact = (Fraction(rule.lo) + half / rule.rate) / 100
    part = exact + chance.one([0, 0, Fraction(1, 10**9), -Fraction(1, 10**9)])
    if not 0 <= part <= 1 or part.denominator > 10**11:
        return {"numerator": "1", "denominator": "3"}
    scale = chance.one([1, 1, 7, 1000])
    return {name: plain(Fraction(figure, scale)) for name, figure in
            (("numerator", part.numerator), ("denominator", part.denominator))}


def any_lines(chance: Chance, rules: FormRules, last: date | None, wanted: float) -> list[dict[str, Any]]:
    """Lines in any order, some below zero, with papers in every state."""
    pairs = [(category.code, material) for category in rules.categories for material in CLASSES]
    chosen = chance.sample(pairs, min(len(pairs), int(wanted * chance.upto(14))))
    return [any_line(chance, code, material, last) for code, material in chosen]


def any_line(chance: Chance, code: str, material: MaterialClass, last: date | None) -> dict[str, Any]:
    """One category and class."""
    amounts = {"opening": chance.one(AMOUNTS[:4]), "purchased": chance.one(AMOUNTS), "closing": "0", "returned": "0"}
    if chance.some(.2):
        amounts |= {"closing": chance.one(AMOUNTS[:8]), "returned": chance.one(AMOUNTS[:4])}
    expires = last and last + timedelta(days=chance.one([-1, 0, 0, 1, 400]))
    has_papers = chance.some(.8)
    return {"category": code, "class": material.value, **amounts, "proof_number": "NSTVN" if has_papers else "",
            "proof_holder": "Công ty" if chance.some(.9) else "",
            "proof_expires_on": expires.isoformat() if expires and chance.some(.9) else None,
            "has_statement": chance.some(.8), "note": ""}


def any_tally(chance: Chance) -> dict[str, int] | None:
    """Nobody counted, a hundred customers, or not quite."""
    if chance.some(.4):
        return None
    plastic, eco, own = (chance.upto(33) for _side in range(3))
    uncounted = chance.one([0, 0, 0, 1])
    return {"plastic": plastic, "eco": eco, "own": own, "none": 100 - plastic - eco - own - uncounted}


def any_bag(chance: Chance) -> dict[str, Any]:
    """A sample around the limits of article 64."""
    steady = chance.one(READINGS[1:])
    readings = [steady if chance.some(.7) else chance.one(READINGS) for _reading in range(5)]
    return {"label": "", "width_cm": chance.one(SIDES), "height_cm": chance.one(SIDES[1:]), "readings_um": readings,
            "hard_to_degrade": chance.one([None, True, True, True, False]),
            "prepack": chance.one([None, False, False, False, True])}


def any_evidence(chance: Chance, rules: FormRules) -> list[dict[str, Any]]:
    """Some of what claims ask for, and some of what they do not."""
    share = chance.one([0, .5, 1])
    owners = [(rule.code, None, kind.value) for group in rules.groups for rule in group.criteria
              for kind in rule.evidence_kinds]
    owners += [(None, category.code, "photo") for category in rules.categories]
    return [{"kind": kind, "criterion": criterion, "category": category} for criterion, category, kind in owners
            if chance.random() < share]
