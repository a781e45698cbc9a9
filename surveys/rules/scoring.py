"""Points, musts, levels of a survey, exactly as DOMAIN 5.2 says. Pure.

    score(rules, record).as_json()

Shares are exact fractions until they become points. The points of a criterion are rounded half up to two decimals;
a complete group's score is earned / applicable × weight of the rounded points, rounded the same way; the total is
the sum of the rounded groups, and levels compare those rounded figures. While a group is incomplete its score is the
points earned so far (rule 12). A group of which nothing applies is left out of the total, and levels then ask for
the same share of what remains.
"""

from fractions import Fraction

from surveys.rules.bags import mean_of, verdict_on
from surveys.rules.figures import share
from surveys.rules.form import SILENT, Answer, CriterionRule, FormRules, GroupRule, Record
from surveys.rules.packaging import Sheet, measure_sheet
from surveys.rules.results import CriterionScore, GroupScore, Score, State
from surveys.rules.words import AnswerType

NO, YES = Fraction(0), Fraction(1)


def score(rules: FormRules, record: Record) -> Score:
    """Score what was recorded by the rules of its set; the same input always gives the same score.

    What was said is read at once; points, totals and levels are worked out when they are asked for.
    """
    sheet = measure_sheet(rules, record)
    groups = (score_group(group, record, sheet) for group in rules.groups)
    return Score(
        groups=tuple(group for group in groups if group.criteria), sheet=sheet,
        bags=tuple((mean_of(bag), verdict_on(bag)) for bag in record.bags), level_rules=rules.levels)


def score_group(group: GroupRule, record: Record, sheet: Sheet) -> GroupScore:
    """The lines of a group that this kind of establishment answers."""
    return GroupScore(group.code, group.weight, tuple(
        score_criterion(rule, record.answers.get(rule.code, SILENT), sheet)
        for rule in group.asked[record.kind]))


def score_criterion(rule: CriterionRule, answer: Answer, sheet: Sheet) -> CriterionScore:
    """One line. N/A needs to be allowed and reasoned; a computed line is measured, whatever was typed."""
    if rule.type == AnswerType.COMPUTED:
        return score_measured(rule, sheet)
    if answer.na:
        allowed = rule.na_allowed and answer.na_reason.strip()
        return CriterionScore(rule, State.NA if allowed else State.MISSING)
    number = number_of(rule, answer)
    if number is None:
        return CriterionScore(rule, State.MISSING)
    return CriterionScore(rule, State.ANSWERED, number)


def score_measured(rule: CriterionRule, sheet: Sheet) -> CriterionScore:
    """A line taken from the sheet. Nothing to measure: not applicable where the set allows it, otherwise missing."""
    value = sheet.measure(rule.measure) if rule.measure else None
    if value is None:
        return CriterionScore(rule, State.NA if rule.na_allowed and sheet.is_started else State.MISSING)
    return CriterionScore(rule, State.ANSWERED, value)


def number_of(rule: CriterionRule, answer: Answer) -> Fraction | None:
    """The answer as a number: 0 or 1, step, number, or percent; None when it is missing or no share."""
    if rule.type == AnswerType.BOOL:
        return None if answer.yes is None else YES if answer.yes else NO
    if rule.type == AnswerType.SCALE4:
        return None if answer.step is None else Fraction(answer.step)
    if rule.type == AnswerType.COUNT:
        return None if answer.number is None else Fraction(answer.number)
    part, whole = answer.numerator, answer.denominator
    if part is None or whole is None or whole <= 0 or not 0 <= part <= whole:
        return None
    return share(part, whole)
