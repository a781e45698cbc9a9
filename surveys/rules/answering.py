"""Whether a question is answered, without scoring the survey. Pure."""

from surveys.rules.form import Answer, CriterionRule
from surveys.rules.scoring import number_of


def is_answered(rule: CriterionRule, answer: Answer) -> bool:
    """Whether its line in the score would not be missing; of a question somebody answers, not of a measured one."""
    if answer.na:
        return rule.na_allowed and bool(answer.na_reason.strip())
    return number_of(rule, answer) is not None
