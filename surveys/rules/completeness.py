"""What a survey still lacks before it can be submitted (DOMAIN 5.2, rule 4). Pure.

Evidence backs a claim: none is asked for an answer that claims nothing (no, 0, not applicable).
static/js/scoring/completeness.js says the same on the tablet.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from surveys.rules.bags import Verdict
from surveys.rules.form import SILENT, Answer, FormRules, Record
from surveys.rules.packaging import AVOIDED, Sheet, used_of
from surveys.rules.results import CriterionScore, Score, State
from surveys.rules.scoring import score
from surveys.rules.words import AnswerType, EvidenceKind, Instrument, MaterialClass

PERIODS = (3, 12)  # whole months a packaging sheet may cover (DOMAIN 5.3)


class Lacking(StrEnum):
    """What lacks; the code beside it is a criterion's or a packaging category's."""

    ANSWER = "answer"
    NA_REASON = "na_reason"
    SHARE = "share"  # numerator and denominator do not make a share
    MEASURED = "measured"  # nothing on the sheet to compute it from
    PHOTO = "photo"
    DOCUMENT = "document"
    BAG = "bag"  # no bag measured yet
    BAG_FACTS = "bag_facts"  # a sample lacks sides, readings or what kind of bag it is
    SHEET = "sheet"  # no line yet
    PERIOD = "period"
    WHOLE_MONTHS = "whole_months"  # the period is not 3 or 12 whole months
    COUNT_METHOD = "count_method"
    COUNTED_BY = "counted_by"
    RECEIPTS = "receipts"
    TALLY = "tally"  # own bags are claimed without the 100-customer count
    TALLY_TOTAL = "tally_total"  # the count is not of 100 customers
    NEGATIVE = "negative"  # used is below zero


@dataclass(frozen=True, order=True)
class Missing:
    """One thing that keeps a survey from being submitted. `detail`: material class or number of the bag."""

    code: str
    what: Lacking
    detail: str = ""


class Attached(NamedTuple):
    """A piece of evidence as far as it counts: what it belongs to and its kind."""

    kind: EvidenceKind
    criterion: str | None = None
    category: str | None = None


PATHS = {  # what lacks in the head of the sheet, and the field of the document that mends it
    Lacking.PERIOD: "period_to", Lacking.WHOLE_MONTHS: "period_to", Lacking.COUNT_METHOD: "count_method",
    Lacking.COUNTED_BY: "counted_by", Lacking.RECEIPTS: "receipts", Lacking.TALLY: "tally",
    Lacking.TALLY_TOTAL: "tally", Lacking.SHEET: "lines", Lacking.BAG: "bags",
}


def path_of(lack: Missing) -> str:
    """The field of the document that mends a lack: "answers.A1", "lines.P01.N", "bags.0", "period_to"."""
    if lack.what == Lacking.BAG_FACTS:
        return f"bags.{int(lack.detail) - 1}"
    return f"lines.{lack.code}.{lack.detail}" if lack.detail else PATHS.get(lack.what, f"answers.{lack.code}")


def missing(rules: FormRules, record: Record, evidence: Iterable[Attached] = (), scored: Score | None = None, *,
            asked: Collection[str] | None = None) -> list[Missing]:
    """Everything that keeps the survey from being submitted, in the order of the form; empty when nothing does.

    `asked` are the codes of the criteria a follow-up looks at again: only they can lack, the sheet stays as it was.
    """
    scored = scored or score(rules, record)
    held = frozenset(evidence)
    shown = {(piece.kind, piece.criterion) for piece in held}
    found: list[Missing] = []
    for line in scored.lines:
        if asked is not None and line.rule.code not in asked:
            continue
        answer = record.answers.get(line.rule.code, SILENT)
        found += missing_answer(line, answer)
        found += missing_evidence(line, shown)
        if line.rule.instrument == Instrument.BAGS:
            found += missing_bags(line.rule.code, scored)
        if line.rule.instrument == Instrument.SHEET:
            found += missing_header(line.rule.code, record)
    return found if asked is not None else found + list(missing_lines(rules, record, held))


def missing_answer(line: CriterionScore, answer: Answer) -> Iterator[Missing]:
    """Why a line has no answer."""
    if line.state != State.MISSING:
        return
    what = Lacking.ANSWER
    if line.rule.type == AnswerType.COMPUTED:
        what = Lacking.MEASURED
    elif answer.na and line.rule.na_allowed:
        what = Lacking.NA_REASON
    elif line.rule.type == AnswerType.PERCENT and None not in (answer.numerator, answer.denominator):
        what = Lacking.SHARE
    yield Missing(line.rule.code, what)


def claims_something(line: CriterionScore) -> bool:
    """Whether the answer says that something is there."""
    if line.state != State.ANSWERED:
        return False
    if line.rule.type == AnswerType.BOOL:
        return bool(line.met if line.rule.is_must else line.points)
    return bool(line.value)


def missing_evidence(line: CriterionScore, shown: set[tuple[EvidenceKind, str | None]]) -> Iterator[Missing]:
    """The kinds of evidence a claim still needs; `shown` are those at hand, with the criterion they are about."""
    if line.rule.evidence_kinds and claims_something(line):
        for kind in line.rule.evidence_kinds:
            if (kind, line.rule.code) not in shown:
                yield Missing(line.rule.code, Lacking(kind.value))


def missing_bags(code: str, scored: Score) -> Iterator[Missing]:
    """A measured bag, unless the sheet says that no plastic is handed out at the checkout; each one fully measured."""
    if not scored.bags and not hands_out_no_plastic(scored.sheet):
        yield Missing(code, Lacking.BAG)
    for position, (_mean, verdict) in enumerate(scored.bags, start=1):
        if verdict == Verdict.INCOMPLETE:
            yield Missing(code, Lacking.BAG_FACTS, str(position))


def hands_out_no_plastic(sheet: Sheet) -> bool:
    """Whether the sheet is begun and shows nothing but avoided bags at the checkout."""
    return sheet.is_started and not any(
        used.conventional or used.eco for used in sheet.categories if used.rule.takes_tally)


def missing_header(code: str, record: Record) -> Iterator[Missing]:
    """What the head of the packaging sheet lacks."""
    if record.period_from is None or record.period_to is None:
        yield Missing(code, Lacking.PERIOD)
    elif whole_months(record.period_from, record.period_to) not in PERIODS:
        yield Missing(code, Lacking.WHOLE_MONTHS)
    if record.count_method is None:
        yield Missing(code, Lacking.COUNT_METHOD)
    if not record.counted_by.strip():
        yield Missing(code, Lacking.COUNTED_BY)
    if not record.receipts:
        yield Missing(code, Lacking.RECEIPTS)
    if not record.lines:
        yield Missing(code, Lacking.SHEET)


def missing_lines(rules: FormRules, record: Record, held: frozenset[Attached]) -> Iterator[Missing]:
    """Lines below zero, non-plastic without a photo, own bags without the count."""
    lines = sorted(record.lines, key=lambda line: (line.category, line.material_class))
    for line in lines:
        if used_of(line) < 0:
            yield Missing(line.category, Lacking.NEGATIVE, line.material_class.value)
        shown = Attached(EvidenceKind.PHOTO, category=line.category)
        if line.material_class == MaterialClass.E4 and line.has_statement and shown not in held:
            yield Missing(line.category, Lacking.PHOTO, line.material_class.value)
    for rule in (rule for rule in rules.categories if rule.takes_tally):
        if record.tally is None:
            if any(line.category == rule.code and line.material_class in AVOIDED for line in lines):
                yield Missing(rule.code, Lacking.TALLY)
        elif not record.tally.is_complete:
            yield Missing(rule.code, Lacking.TALLY_TOTAL)


def whole_months(first: date, last: date) -> int | None:
    """How many whole calendar months a period covers; None when it starts or ends inside a month."""
    after = last + timedelta(days=1)
    if first.day != 1 or after.day != 1 or after <= first:
        return None
    return (after.year - first.year) * 12 + after.month - first.month
