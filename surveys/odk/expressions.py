"""The score of a criteria set as calculations of a form, line by line as surveys.rules.scoring has it. Pure."""

from collections.abc import Iterable
from decimal import Decimal

from surveys.odk.names import ANSWERED_BY, BY_CHOICE, NOT_APPLICABLE, part_of
from surveys.odk.repeats import subs_of
from surveys.odk.xpath import NEARLY, Calculation, figure, hundredths, ref, total_of
from surveys.rules.content import CategoryContent, CriterionContent, GroupContent, LevelContent, SetContent
from surveys.rules.document import SIDES_OF_TALLY
from surveys.rules.figures import half_up
from surveys.rules.results import State
from surveys.rules.words import AnswerType, Applies, Measure

CENTRE = {Applies.STORES: "${is_centre} = 0", Applies.TRADE_CENTRES: "${is_centre} = 1"}


def asked(criterion: CriterionContent) -> str:
    """Whether this kind of establishment answers; empty when every kind does."""
    return CENTRE.get(criterion.applies_to, "")


def where_asked(criterion: CriterionContent, expression: str, otherwise: str) -> str:
    """The expression for those who are asked."""
    condition = asked(criterion)
    return f"if({condition}, {expression}, {otherwise})" if condition else expression


def calculations(content: SetContent) -> list[Calculation]:
    """Everything outside the repeats, in an order in which each uses earlier ones only."""
    lines = [pair for criterion in content.criteria for pair in of_criterion(criterion)]
    groups = [pair for group in content.groups for pair in of_group(group)]
    return [*of_sheet(content), *lines, *groups, *of_whole(content)]


# The sheet as a whole.

def of_sheet(content: SetContent) -> list[Calculation]:
    """Sums over the lines and the count at the checkout; R."""
    if not content.categories:  # nothing is measured; what asks for a sum finds none
        parts = [f"_{sub}" for sub in subs_of(content)]
        return [(name, "0") for name in (
            "sum_eco", "sum_claimed", "sheet_started", *(f"sum_{what}{part}" for what in ("grams", "replaced")
                                                         for part in ("", *parts)))]
    takers = [category for category in content.categories if category.takes_tally]
    tally = total_of(f"coalesce(${{tally_{side}}}, 0)" for side in SIDES_OF_TALLY)
    own = (f"if(${{tally_done}} = 'yes' and ({tally}) = 100 and coalesce(${{receipts}}, 0) > 0, "
           "${receipts} * (coalesce(${tally_own}, 0) + coalesce(${tally_none}, 0)) div 100, 0)")
    found: list[Calculation] = [("own_bags", own if takers else "0")]
    for name in ("grams", "replaced"):
        found.append((f"sum_{name}", summed(f"line_{name}", takers)))
        found += [(f"sum_{name}_{sub}", summed(f"line_{name}_{sub}", [c for c in takers if c.sub_share == sub]))
                  for sub in subs_of(content)]
    started = "if(sum(${line_begun}) > 0 or ${own_bags} > 0, 1, 0)"
    return [*found, ("sum_eco", summed("line_eco", [])), ("sum_claimed", summed("line_claimed", [])),
            ("sheet_started", started), ("ratio", percent_of("sum_replaced", "sum_grams"))]


def summed(name: str, takers: Iterable[CategoryContent]) -> str:
    """A sum over the lines, and the own bags of the categories that take the count."""
    own = (f"${{own_bags}} * {figure(category.grams)}" for category in takers if category.in_ratio)
    return total_of([f"sum({ref(name)})", *own])


def percent_of(part: str, whole: str) -> str:
    """A share in percent with two decimals, to be shown."""
    return f"if({ref(whole)} > 0, {hundredths(f'{ref(part)} * 100 div {ref(whole)}')}, '')"


# One criterion.

def of_criterion(criterion: CriterionContent) -> list[Calculation]:
    """Its value where it has one, its state as `surveys.rules.results.State`, its points."""
    code = criterion.code
    values = [(f"value_{code}", where_asked(criterion, value_of(criterion), "''"))] if has_value(criterion) else []
    return [*values, (f"state_{code}", where_asked(criterion, state_of(criterion), "''")),
            (f"points_{code}", f"if(${{state_{code}}} = '{State.ANSWERED}', {points_for(criterion)}, 0)")]


def has_value(criterion: CriterionContent) -> bool:
    """Whether its points come from a share."""
    return criterion.type in (AnswerType.PERCENT, AnswerType.COMPUTED)


def value_of(criterion: CriterionContent) -> str:
    """A share in percent; empty when there is none."""
    code = criterion.code
    if criterion.type == AnswerType.PERCENT:
        part, whole = ref(f"part_{code}"), ref(f"whole_{code}")
        return (f"if({part} = '' or {whole} = '', '', "
                f"if({whole} > 0 and {part} >= 0 and {part} <= {whole}, {part} * 100 div {whole}, ''))")
    part, whole = measured_by(criterion.measure)
    return f"if({whole} > 0, {part} * 100 div ({whole}), '')"


def measured_by(measure: Measure | None) -> tuple[str, str]:
    """Numerator and denominator of what the sheet measures."""
    if measure is None:
        return "0", "0"
    if measure == Measure.OVERALL:
        return "${sum_replaced}", "${sum_grams}"
    if measure == Measure.PROOF:
        return "${sum_eco}", "${sum_eco} + ${sum_claimed}"
    return f"${{sum_replaced_{measure}}}", f"${{sum_grams_{measure}}}"


def state_of(criterion: CriterionContent) -> str:
    """Answered, missing or not applicable."""
    if criterion.type == AnswerType.COMPUTED:
        without = f"if(${{sheet_started}} = 1, '{State.NA}', '{State.MISSING}')" if criterion.na_allowed else (
            f"'{State.MISSING}'")
        return f"if(${{value_{criterion.code}}} != '', '{State.ANSWERED}', {without})"
    answer = "value" if has_value(criterion) else ANSWERED_BY[criterion.type]
    said = f"if(${{{answer}_{criterion.code}}} != '', '{State.ANSWERED}', '{State.MISSING}')"
    if not criterion.na_allowed:
        return said
    reasoned = f"if(normalize-space(${{na_reason_{criterion.code}}}) != '', '{State.NA}', '{State.MISSING}')"
    return f"if({is_na(criterion)}, {reasoned}, {said})"


def is_na(criterion: CriterionContent) -> str:
    """Whether "not applicable" was chosen."""
    if criterion.type in BY_CHOICE:
        return f"${{{ANSWERED_BY[criterion.type]}_{criterion.code}}} = '{NOT_APPLICABLE}'"
    return f"selected(${{na_{criterion.code}}}, '{NOT_APPLICABLE}')"


def points_for(criterion: CriterionContent) -> str:
    """The points of an answer (DOMAIN 5.2, rule 2)."""
    weight, code = criterion.weight, criterion.code
    if criterion.type == AnswerType.BOOL:
        return f"if(${{yes_{code}}} = 'yes', {figure(half_up(weight))}, 0)"
    if criterion.type == AnswerType.SCALE4:
        return hundredths(f"{figure(weight)} * ${{step_{code}}} div 4")
    if criterion.type == AnswerType.COUNT:
        points = "0"
        for least, earned in criterion.bands or ():
            points = f"if(${{number_{code}}} >= {least}, {figure(half_up(earned))}, {points})"
        return points
    lo = Decimal(0) if criterion.lo is None else criterion.lo
    hi = Decimal(100) if criterion.hi is None else criterion.hi
    value = ref(f"value_{code}")
    between = hundredths(f"{figure(weight)} * ({value} - {figure(lo)}) div {figure(hi - lo)}")
    return f"if({value} <= {figure(lo)}, 0, if({value} >= {figure(hi)}, {figure(half_up(weight))}, {between}))"


# Groups, musts, levels.

def of_group(group: GroupContent) -> list[Calculation]:
    """Open answers, applicable and earned points, score; the score is empty when nothing of the group applies."""
    code = part_of(group.code)
    gaps = total_of(f"if(${{state_{c.code}}} = '{State.MISSING}', 1, 0)" for c in group.criteria)
    out = total_of(f"if(${{state_{c.code}}} = '{State.NA}', {figure(c.weight)}, 0)"
                   for c in group.criteria if c.weight and c.na_allowed)
    earned, left = f"${{earned_{code}}}", f"${{applicable_{code}}}"
    complete = hundredths(f"{earned} * {figure(group.weight)} div {left}")
    score = f"if({left} > {NEARLY}, if(${{gaps_{code}}} > 0, {hundredths(earned)}, {complete}), '')"
    return [(f"gaps_{code}", gaps), (f"applicable_{code}", f"{weight_asked(group)} - ({out})"),
            (f"earned_{code}", total_of(f"${{points_{c.code}}}" for c in group.criteria if c.weight)),
            (f"score_{code}", score)]


def weight_asked(group: GroupContent) -> str:
    """The points of the criteria this kind of establishment answers."""
    points = {side: sum((c.weight for c in group.criteria if c.applies_to in (Applies.ALL, side)), Decimal(0))
              for side in CENTRE}
    stores, centres = figure(points[Applies.STORES]), figure(points[Applies.TRADE_CENTRES])
    return stores if stores == centres else f"if(${{is_centre}} = 1, {centres}, {stores})"


def of_whole(content: SetContent) -> list[Calculation]:
    """Total, what keeps levels away, each level, the highest one reached (0: none), the conditions of coverage."""
    parts = [part_of(group.code) for group in content.groups]
    weights = total_of(f"if(${{score_{part}}} != '', {figure(group.weight)}, 0)"
                       for part, group in zip(parts, content.groups, strict=True))
    musts = [c for c in content.criteria if c.is_must]
    covers = [c for c in content.criteria if c.counts_for_coverage]
    levels = sorted(content.levels, key=lambda level: level.rank)
    reached = "0"
    for level in levels:
        reached = f"if(${{level_{level.rank}}} = 1, {level.rank}, {reached})"
    return [
        ("total", hundredths(total_of(f"coalesce(${{score_{part}}}, 0)" for part in parts))),
        ("applicable", f"int(({weights}) * 1000000 + 0.5) div 1000000"),  # weights have at most six decimals
        ("gaps", total_of(f"${{gaps_{part}}}" for part in parts)),
        ("musts_open", total_of(map(is_open, musts))),
        ("coverage_open", total_of(map(is_open, covers))),
        *((f"level_{level.rank}", of_level(level, content)) for level in levels),
        ("level", reached)]


def is_open(criterion: CriterionContent) -> str:
    """1 unless it is met, not applicable or not asked."""
    state = f"${{state_{criterion.code}}}"
    return f"if({state} = '' or {state} = '{State.NA}' or ${{yes_{criterion.code}}} = 'yes', 0, 1)"


def of_level(level: LevelContent, content: SetContent) -> str:
    """1 when the level is reached (rule 6): musts, total, the least share of each group, on rounded figures."""
    wanted = ["${musts_open} = 0", "${applicable} > 0",
              f"${{total}} * 100 + {NEARLY} >= {figure(level.least_total)} * ${{applicable}}"]
    for group in content.groups:
        least = level.least_by_group.get(group.code, level.least_group)
        score = f"score_{part_of(group.code)}"
        wanted.append(f"(${{{score}}} = '' or ${{{score}}} * 100 + {NEARLY} >= {figure(least * group.weight)})")
    return f"if({' and '.join(wanted)}, 1, 0)"
