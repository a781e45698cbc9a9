"""Counting answers without scoring says what the score says, of whatever was typed."""

from surveys.queries import answered
from surveys.rules.form import record_from
from surveys.rules.scoring import score
from surveys.rules.words import AnswerType
from tests.surveys.generated import cases


def test_as_the_score_has_it():
    for case in cases(seed=11, count=60):
        record = record_from(case.document, case.kind)
        lines = [line for group in score(case.rules, record).groups for line in group.criteria]
        asked = [line for line in lines if line.rule.type != AnswerType.COMPUTED]
        given = sum(line.state != "missing" for line in asked)
        assert answered(case.document, case.rules, case.kind) == (given, len(asked))
