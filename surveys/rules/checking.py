"""Whether a criteria set can be published: every problem, none stops at the first. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from typing import Any

from surveys.rules.content import STEPS, CriterionContent, LevelContent, SetContent
from surveys.rules.words import AnswerType, Applies, Instrument, Measure

ALL_POINTS = Decimal(100)
SIDES = (Applies.STORES, Applies.TRADE_CENTRES)
LINEAR = (AnswerType.PERCENT, AnswerType.COMPUTED)
CODE = re.compile(r"[A-Z][A-Z0-9]{0,5}")
ALIKE = 0.4  # titles less alike than this have another meaning


class Trouble(StrEnum):
    """What can be wrong with a set; the words are in surveys.labels."""

    # when its file is read
    NO_SHEET = "no_sheet"
    NO_COLUMN = "no_column"
    NO_ROWS = "no_rows"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_DAY = "not_a_day"
    NOT_ONE_OF = "not_one_of"
    NOT_PAIRS = "not_pairs"
    NO_SUCH_GROUP = "no_such_group"
    # when the whole is checked
    TWICE = "twice"
    CODE_FORM = "code_form"
    GROUP_POINTS = "group_points"
    ALL_POINTS = "all_points"
    NO_CRITERIA = "no_criteria"
    MUST_TYPE = "must_type"
    MUST_WEIGHT = "must_weight"
    NO_WEIGHT = "no_weight"
    LO_HI = "lo_hi"
    NO_BANDS = "no_bands"
    BANDS_ORDER = "bands_order"
    BANDS_WEIGHT = "bands_weight"
    ANCHORS = "anchors"
    NO_MEASURE = "no_measure"
    MEASURED_NOTHING = "measured_nothing"
    COVERAGE_MUST = "coverage_must"
    INSTRUMENT_TWICE = "instrument_twice"
    REUSED = "reused"
    NO_LEVEL = "no_level"
    LEVEL_ORDER = "level_order"
    LEVEL_RANGE = "level_range"
    LEVEL_GROUP = "level_group"
    GRAMS = "grams"
    TALLY_TWICE = "tally_twice"
    NO_CLASSES = "no_classes"
    VALIDITY = "validity"
    VERSION_TAKEN = "version_taken"


@dataclass(frozen=True)
class Problem:
    """One problem. `sheet` is set, groups, criteria, packaging or levels; `row` as the spreadsheet counts."""

    sheet: str
    trouble: Trouble
    code: str = ""
    row: int | None = None
    params: dict[str, Any] = field(default_factory=dict)


def problem(sheet: str, trouble: Trouble, code: str = "", **params: Any) -> Problem:
    """Short for a problem without a row."""
    return Problem(sheet, trouble, code, None, params)


def check(content: SetContent, others: Iterable[SetContent] = ()) -> list[Problem]:
    """Every problem of a set; `others` are the other versions of its code."""
    others = list(others)
    return [*check_set(content, others), *check_groups(content), *check_criteria(content),
            *check_reuse(content, others), *check_packaging(content), *check_levels(content)]


def check_set(content: SetContent, others: list[SetContent]) -> Iterator[Problem]:
    """The set's own facts."""
    if any(other.version == content.version for other in others):
        yield problem("set", Trouble.VERSION_TAKEN, content.version)
    if not content.accepted_classes or any(not name.startswith("E") for name in content.accepted_classes):
        yield problem("set", Trouble.NO_CLASSES)
    if not 1 <= content.validity_months <= 120:
        yield problem("set", Trouble.VALIDITY, value=content.validity_months)


def check_groups(content: SetContent) -> Iterator[Problem]:
    """Points add up for stores and for trade centres, per group and to 100."""
    yield from twice("groups", [group.code for group in content.groups])
    for group in content.groups:
        if not group.criteria:
            yield problem("groups", Trouble.NO_CRITERIA, group.code)
        for side in SIDES:
            points = sum((c.weight for c in group.criteria if c.applies_to in (Applies.ALL, side)), Decimal(0))
            if points != group.weight:
                yield problem("groups", Trouble.GROUP_POINTS, group.code, side=side, points=points, weight=group.weight)
    total = sum((group.weight for group in content.groups), Decimal(0))
    if total != ALL_POINTS:
        yield problem("groups", Trouble.ALL_POINTS, points=total)


def check_criteria(content: SetContent) -> Iterator[Problem]:
    """Each question can be scored."""
    yield from twice("criteria", [criterion.code for criterion in content.criteria])
    for criterion in content.criteria:
        if not CODE.fullmatch(criterion.code):
            yield problem("criteria", Trouble.CODE_FORM, criterion.code)
        yield from check_weight(criterion)
        yield from check_scoring(criterion)
        if criterion.counts_for_coverage and not criterion.is_must:
            yield problem("criteria", Trouble.COVERAGE_MUST, criterion.code)
    for instrument in Instrument:
        holders = [c.code for c in content.criteria if c.instrument == instrument]
        if len(holders) > 1:
            yield problem("criteria", Trouble.INSTRUMENT_TWICE, holders[1], instrument=instrument, other=holders[0])


def check_weight(criterion: CriterionContent) -> Iterator[Problem]:
    """A must is yes or no and has no points; everything else has some."""
    if criterion.is_must and criterion.type != AnswerType.BOOL:
        yield problem("criteria", Trouble.MUST_TYPE, criterion.code)
    if criterion.is_must and criterion.weight:
        yield problem("criteria", Trouble.MUST_WEIGHT, criterion.code)
    if not criterion.is_must and criterion.weight <= 0:
        yield problem("criteria", Trouble.NO_WEIGHT, criterion.code)


def check_scoring(criterion: CriterionContent) -> Iterator[Problem]:
    """What its type needs is there."""
    if criterion.type in LINEAR:
        lo, hi = criterion.lo, criterion.hi
        if lo is None or hi is None or not 0 <= lo < hi <= 100:
            yield problem("criteria", Trouble.LO_HI, criterion.code)
    if criterion.type == AnswerType.COMPUTED and criterion.measure is None:
        yield problem("criteria", Trouble.NO_MEASURE, criterion.code)
    if criterion.type == AnswerType.COUNT:
        yield from check_bands(criterion)
    if criterion.type == AnswerType.SCALE4:
        for texts in (criterion.anchors_vi, criterion.anchors_en):
            if texts is None or len(texts) != STEPS or not all(texts):
                yield problem("criteria", Trouble.ANCHORS, criterion.code)
                break


def check_bands(criterion: CriterionContent) -> Iterator[Problem]:
    """Bands begin at 0, rise in number and points, and end on the full weight."""
    bands = criterion.bands or ()
    if not bands:
        yield problem("criteria", Trouble.NO_BANDS, criterion.code)
        return
    starts, points = [start for start, _points in bands], [points for _start, points in bands]
    if starts[0] != 0 or starts != sorted(set(starts)) or points != sorted(points) or points[0] < 0:
        yield problem("criteria", Trouble.BANDS_ORDER, criterion.code)
    if points[-1] != criterion.weight:
        yield problem("criteria", Trouble.BANDS_WEIGHT, criterion.code, points=points[-1], weight=criterion.weight)


def check_reuse(content: SetContent, others: list[SetContent]) -> Iterator[Problem]:
    """A code keeps its meaning through all versions: figures over years compare by code."""
    for other in others:
        known = {criterion.code: criterion for criterion in other.criteria}
        for criterion in content.criteria:
            was = known.get(criterion.code)
            if was and not same_meaning(was, criterion):
                yield problem("criteria", Trouble.REUSED, criterion.code, version=other.version, title=was.title_vi)
        units = {category.code: category for category in other.categories}
        for category in content.categories:
            if (kept := units.get(category.code)) and kept.unit_vi != category.unit_vi:
                yield problem("packaging", Trouble.REUSED, category.code, version=other.version, title=kept.name_vi)


def same_meaning(was: CriterionContent, now: CriterionContent) -> bool:
    """Answered and measured the same way, under a title that is at most reworded."""
    alike = SequenceMatcher(None, was.title_vi.lower(), now.title_vi.lower()).ratio() >= ALIKE
    return alike and (was.type, was.measure) == (now.type, now.measure)


def check_packaging(content: SetContent) -> Iterator[Problem]:
    """Categories weigh something, one takes the count, and every computed question has something to measure."""
    yield from twice("packaging", [category.code for category in content.categories])
    for category in content.categories:
        if category.grams <= 0:
            yield problem("packaging", Trouble.GRAMS, category.code)
    takers = [category.code for category in content.categories if category.takes_tally]
    if len(takers) > 1:
        yield problem("packaging", Trouble.TALLY_TWICE, takers[1], other=takers[0])
    shares = {category.sub_share for category in content.categories if category.in_ratio}
    for criterion in content.criteria:
        whole = criterion.measure in (Measure.OVERALL, Measure.PROOF)
        if criterion.measure and (not shares if whole else criterion.measure.value not in shares):
            yield problem("criteria", Trouble.MEASURED_NOTHING, criterion.code, measure=criterion.measure)


def check_levels(content: SetContent) -> Iterator[Problem]:
    """At least one level; a higher one never asks for less."""
    if not content.levels:
        yield problem("levels", Trouble.NO_LEVEL)
    yield from twice("levels", [str(level.rank) for level in content.levels])
    codes = {group.code for group in content.groups}
    for level in content.levels:
        wanted = [level.least_total, level.least_group, *level.least_by_group.values()]
        if level.rank < 1 or any(not 0 <= share <= 100 for share in wanted):
            yield problem("levels", Trouble.LEVEL_RANGE, str(level.rank))
        for code in sorted(set(level.least_by_group) - codes):
            yield problem("levels", Trouble.LEVEL_GROUP, str(level.rank), group=code)
    for lower, higher in pairwise(sorted(content.levels, key=lambda level: level.rank)):
        pairs = zip(asks(lower, codes), asks(higher, codes), strict=True)
        if any(more < less for less, more in pairs):
            yield problem("levels", Trouble.LEVEL_ORDER, str(higher.rank), other=lower.rank)


def asks(level: LevelContent, codes: set[str]) -> list[Decimal]:
    """Everything a level asks for, in one order."""
    return [level.least_total, *(level.least_by_group.get(code, level.least_group) for code in sorted(codes))]


def twice(sheet: str, codes: list[str]) -> Iterator[Problem]:
    """Codes that occur more than once."""
    for code, count in Counter(codes).items():
        if count > 1:
            yield problem(sheet, Trouble.TWICE, code)
