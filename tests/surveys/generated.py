"""Criteria sets and surveys of every odd kind, made from a seed: cheap enough for ten thousand at a time.

Each set could be published. The values of a survey stand where something turns: halves of a hundredth, thirds, nothing
below the line, the day a proof runs out, readings on both sides of 50 µm, blanks that are no reason.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from retail.rules import Kind
from surveys.rules.completeness import Attached, missing, path_of
from surveys.rules.content import (
    CategoryContent,
    CriterionContent,
    GroupContent,
    LevelContent,
    SetContent,
    rules_from,
)
from surveys.rules.figures import plain
from surveys.rules.form import CategoryRule, CriterionRule, FormRules, GroupRule, LevelRule, record_from
from surveys.rules.scoring import score
from surveys.rules.words import (
    AnswerType,
    Applies,
    CountMethod,
    EvidenceKind,
    Instrument,
    MaterialClass,
    Measure,
    Side,
    SubShare,
)
from tests.surveys.sheets import DEFAULT

SURVEYS_OF_ONE_SET = 20
TYPES = [AnswerType.BOOL, AnswerType.SCALE4, AnswerType.PERCENT, AnswerType.PERCENT, AnswerType.COUNT]
ECO = [MaterialClass(f"E{number}") for number in range(1, 6)]
CLASSES = list(MaterialClass)
KINDS = [Kind.SUPERMARKET, Kind.TRADE_CENTRE, *Kind]
HUNDRED = Decimal(100)
DAYS = [date(2025, 10, 1), date(2026, 1, 1), date(2026, 7, 1), date(2026, 7, 2), date(2024, 3, 1)]
AMOUNTS = ["0", "1", "3", "7", "100", "0.5", "0.333333", "999999.999999", "6000", "12000.25", "100000000000"]
FIGURES = ["0", "1", "3", "7", "600", "335", "0.000001", "33.333333", "100000000000", "-1"]
SIDES = [None, "30", "45.5", "49.999999", "50", "50.5", "1000"]
READINGS = [None, "40", "49.9", "49.95", "50", "50.05", "50.1", "60", "0.000001"]
TEXTS = ["", " ", "\u00a0", "\u2003", "\u001f", "\ufeff", "Không có", "Kế toán kho"]
RECEIPTS = [None, 0, 1, 7, 4000, 1_000_000_000]


class Chance(Random):
    """A random generator with the words used here."""

    def some(self, share: float) -> bool:
        return self.random() < share

    def one(self, things):
        return things[int(self.random() * len(things))]

    def upto(self, most: int) -> int:
        return int(self.random() * (most + 1))


@dataclass(frozen=True)
class Case:
    """One survey and the set it is made by."""

    rules: FormRules
    kind: Kind
    document: dict[str, Any]
    evidence: list[dict[str, Any]]  # as a manifest names it
    asked: list[str] | None

    def found(self) -> tuple[dict[str, Any], list[dict[str, str]]]:
        """What Python finds: the score, and what is missing with the field that mends it."""
        record = record_from(self.document, self.kind)
        scored = score(self.rules, record)
        held = [Attached(EvidenceKind(item["kind"]), item["criterion"], item["category"]) for item in self.evidence]
        lacks = [{"path": path_of(lack), "code": lack.code, "what": lack.what.value, "detail": lack.detail}
                 for lack in missing(self.rules, record, held, scored, asked=self.asked)]
        signed = self.document.get("signatures", {})
        return scored.as_json(), lacks + [
            {"path": f"signatures.{side.value}", "code": "", "what": "signature", "detail": side.value}
            for side in Side if side.value not in signed]


def cases(seed: int, count: int) -> Iterator[Case]:
    """As many surveys as asked for; two in five are made by the default set."""
    chance = Chance(seed)
    rules = DEFAULT
    for number in range(count):
        if number % SURVEYS_OF_ONE_SET == 0:
            rules = DEFAULT if chance.some(.4) else rules_from(any_set(chance))
        kind = chance.one(KINDS)
        asked = None if chance.some(.9) else [rule.code for rule in rules.asked(kind) if chance.some(.2)]
        yield Case(rules, kind, any_document(chance, rules, kind), any_evidence(chance, rules), asked)


def lines_of(made: Iterator[Case]) -> Iterator[str]:
    """What tests/javascript/agree.mjs reads: rules where they change; a survey, and on the next line what was found."""
    rules = None
    for case in made:
        if case.rules is not rules:
            rules = case.rules
            yield dumped({"rules": rules.as_json()})
        yield dumped({"kind": case.kind, "document": case.document, "evidence": case.evidence, "asked": case.asked})
        found, lacks = case.found()
        yield dumped({"score": found, "missing": lacks})


def rules_in(written: dict[str, Any]) -> FormRules:
    """The rules that `FormRules.as_json` wrote, for vectors that bring their own."""
    return FormRules(
        groups=tuple(GroupRule(group["code"], Decimal(group["weight"]), tuple(map(criterion_in, group["criteria"])))
                     for group in written["groups"]),
        categories=tuple(CategoryRule(line["code"], Decimal(line["grams"]), line["in_ratio"],
                                      line["sub_share"] and SubShare(line["sub_share"]), line["takes_tally"])
                         for line in written["categories"]),
        levels=tuple(LevelRule(level["rank"], Decimal(level["least_total"]), Decimal(level["least_group"]),
                               {code: Decimal(least) for code, least in level["least_by_group"].items()})
                     for level in written["levels"]),
        accepted=frozenset(map(MaterialClass, written["accepted"])))


def criterion_in(written: dict[str, Any]) -> CriterionRule:
    """One question of them."""
    figures = {name: Decimal(written[name]) for name in ("weight", "lo", "hi")}
    words = {name: written[name] and word(written[name]) for name, word in
             (("type", AnswerType), ("applies_to", Applies), ("measure", Measure), ("instrument", Instrument))}
    return CriterionRule(**{
        **written, **figures, **words, "bands": tuple((least, Decimal(points)) for least, points in written["bands"]),
        "evidence_kinds": tuple(map(EvidenceKind, written["evidence_kinds"]))})


def case_in(vector: dict[str, Any]) -> Case:
    """A vector of tests/surveys/vectors; by the default set where it brings no rules."""
    rules = rules_in(vector["rules"]) if "rules" in vector else DEFAULT
    return Case(rules, Kind(vector["kind"]), vector["document"], vector.get("evidence", []), vector.get("asked"))


def dumped(thing: Any) -> str:
    """JSON as JavaScript writes it."""
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":"))


# Criteria sets

def any_set(chance: Chance) -> SetContent:
    """A set that could be published."""
    categories = tuple(any_category(chance, number) for number in range(1, 2 + chance.upto(18)))
    if not any(category.in_ratio for category in categories):
        categories = (*categories, CategoryContent("Z9", "z", "z", "cái", "pc", Decimal("0.6")))
    measures = [Measure.OVERALL, Measure.PROOF, *(Measure(c.sub_share.value) for c in categories if c.in_ratio
                and c.sub_share and c.sub_share != SubShare.BOXES)]
    weights = parts_of(chance, HUNDRED, 1 + chance.upto(6))
    instruments = list(Instrument)
    groups = tuple(any_group(chance, code, weight, measures, instruments)
                   for code, weight in zip("ABCDEFG", weights, strict=False))
    accepted = tuple(material for material in ECO if chance.some(.6)) or (MaterialClass.E4,)
    return SetContent("THU", "1.0", "Thử", "Test", accepted_classes=accepted, groups=groups, categories=categories,
                      levels=any_levels(chance, [group.code for group in groups]))


def parts_of(chance: Chance, whole: Decimal, count: int) -> list[Decimal]:
    """A weight in so many parts above zero, in hundredths or coarser."""
    units = int(whole * 100)
    step = chance.one([1, 25, 50, 100])
    if units // step < count:
        step = 1
    cuts = sorted(chance.sample(range(1, max(units // step, count)), min(count - 1, units // step - 1)))
    edges = [0, *(cut * step for cut in cuts), units]
    return [Decimal(high - low) / 100 for low, high in zip(edges, edges[1:], strict=False)]


def any_group(chance: Chance, code: str, weight: Decimal, measures: list, instruments: list) -> GroupContent:
    """Questions whose points add up on both sides."""
    shared = weight if chance.some(.5) else parts_of(chance, weight, 2)[0] if weight > Decimal("0.05") else weight
    made = [(Applies.ALL, part) for part in parts_of(chance, shared, 1 + chance.upto(4))]
    if rest := weight - shared:
        made += [(side, part) for side in (Applies.STORES, Applies.TRADE_CENTRES)
                 for part in parts_of(chance, rest, 1 + chance.upto(1))]
    made += [(chance.one(list(Applies)), Decimal(0)) for _must in range(chance.upto(3))]
    chance.shuffle(made)
    return GroupContent(code, code, code, weight, tuple(
        any_criterion(chance, f"{code}{number}", applies, part, measures, instruments)
        for number, (applies, part) in enumerate(made, start=1)))


def any_criterion(chance: Chance, code: str, applies: Applies, weight: Decimal, measures: list,
                  instruments: list) -> CriterionContent:
    """A must where it has no points, otherwise a question of any type."""
    kind = AnswerType.BOOL if not weight else AnswerType.COMPUTED if chance.some(.2) else chance.one(TYPES)
    facts: dict[str, Any] = {}
    if kind in (AnswerType.PERCENT, AnswerType.COMPUTED):
        lo = Decimal(chance.one(["0", "0", "20", "12.5", "33.333333"]))
        facts = {"lo": lo, "hi": chance.one([HUNDRED, lo + 1, lo + Decimal("0.7"), Decimal("66.666667")])}
    if kind == AnswerType.COUNT:
        starts = [0, *sorted(chance.sample(range(1, 30), chance.upto(4)))]
        points = sorted(weight * chance.upto(8) / 8 for _start in starts[1:])
        facts = {"bands": tuple(zip(starts, [*points, weight], strict=True))}
    instrument = instruments.pop() if instruments and kind == AnswerType.BOOL and chance.some(.6) else None
    return CriterionContent(
        code, code, code, kind, is_must=not weight, weight=weight, applies_to=applies, **facts, instrument=instrument,
        measure=chance.one(measures) if kind == AnswerType.COMPUTED else None, na_allowed=chance.some(.5),
        evidence_kinds=tuple(kind for kind in EvidenceKind if chance.some(.3)),
        anchors_vi=tuple("abcde"), anchors_en=tuple("abcde"), counts_for_coverage=not weight and chance.some(.4))


def any_category(chance: Chance, number: int) -> CategoryContent:
    """A line of the packaging sheet; the first may take the count."""
    code = chance.one(["P0", "", "p", "Đ", "\U0001f6cd", "\uff30"]) + str(number)
    grams = chance.one(["6", "0.6", "3.5", "1000", "0.000001", "12.345678", "999999"])
    return CategoryContent(code, code, code, "cái", "pc", Decimal(grams), in_ratio=chance.some(.8),
                           sub_share=chance.one([None, *SubShare]), takes_tally=number == 1 and chance.some(.8))


def any_levels(chance: Chance, groups: list[str]) -> tuple[LevelContent, ...]:
    """Levels that never ask for less than the one below."""
    totals, leasts = (sorted(Decimal(chance.upto(10_000)) / 100 for _level in range(4)) for _what in range(2))
    by_group = {code: leasts[0] for code in groups if chance.some(.3)}
    return tuple(
        LevelContent(rank, str(rank), str(rank), totals[rank], leasts[rank],
                     {code: max(least, leasts[rank]) for code, least in by_group.items()})
        for rank in range(1, 2 + chance.upto(2)))


# Surveys

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
