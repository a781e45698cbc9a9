"""Criteria sets of every odd kind, from a random generator; each could be published."""

from decimal import Decimal
from typing import Any

from surveys.rules.content import CategoryContent, CriterionContent, GroupContent, LevelContent, SetContent
from surveys.rules.words import AnswerType, Applies, EvidenceKind, Instrument, MaterialClass, Measure, SubShare
from tests.surveys.chance import Chance

TYPES = [AnswerType.BOOL, AnswerType.SCALE4, AnswerType.PERCENT, AnswerType.PERCENT, AnswerType.COUNT]
ECO = [MaterialClass(f"E{number}") for number in range(1, 6)]
HUNDRED = Decimal(100)


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
