"""What must hold of the score of any survey."""

import json
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from retail.rules import Kind
from surveys.rules.form import Answer
from surveys.rules.results import points_for
from surveys.rules.scoring import score
from surveys.rules.words import AnswerType, MaterialClass
from tests.surveys.sheets import DEFAULT, filled, proven
from tests.surveys.test_scoring import RULES


def shares():
    whole = st.integers(1, 500)
    return whole.flatmap(lambda w: st.integers(0, w).map(
        lambda part: Answer(numerator=Decimal(part), denominator=Decimal(w))))


def answer_to(rule):
    said = {AnswerType.BOOL: st.booleans().map(lambda yes: Answer(yes=yes)),
            AnswerType.SCALE4: st.integers(0, 4).map(lambda step: Answer(step=step)),
            AnswerType.COUNT: st.integers(0, 20).map(lambda number: Answer(number=number)),
            AnswerType.PERCENT: shares(), AnswerType.COMPUTED: st.just(Answer())}[rule.type]
    na = [st.just(Answer(na=True, na_reason="Không có"))] if rule.na_allowed else []
    return st.one_of(said, st.just(Answer()), *na)


def lines():
    amounts = st.integers(0, 50_000).map(Decimal)
    pairs = st.tuples(st.sampled_from([c.code for c in DEFAULT.categories]), st.sampled_from(list(MaterialClass)))
    return st.dictionaries(pairs, amounts, max_size=8).map(
        lambda made: tuple(proven(code, kind, amount) for (code, kind), amount in made.items()))


@st.composite
def records(draw):
    asked = [rule for rule in RULES.values() if rule.type != AnswerType.COMPUTED]
    chosen = draw(st.lists(st.sampled_from(asked), unique_by=lambda rule: rule.code, max_size=12))
    changed = {rule.code: draw(answer_to(rule)) for rule in chosen}
    kind = draw(st.sampled_from([Kind.SUPERMARKET, Kind.TRADE_CENTRE]))
    return replace(filled(**changed), kind=kind, lines=draw(lines()))


few = settings(max_examples=40, deadline=None)


@few
@given(records(), st.randoms())
def test_order_never_matters(record, random):
    answers, sheet = list(record.answers.items()), list(record.lines)
    random.shuffle(answers)
    random.shuffle(sheet)
    shuffled = replace(record, answers=dict(answers), lines=tuple(sheet))
    assert score(DEFAULT, shuffled).as_json() == score(DEFAULT, record).as_json()


@few
@given(records())
def test_the_total_is_the_sum_and_nothing_exceeds_its_weight(record):
    found = score(DEFAULT, record)
    assert found.total == sum(group.score for group in found.groups if group.score is not None)
    for group in found.groups:
        assert group.score is None or 0 <= group.score <= group.weight
        assert group.share is None or 0 <= group.share <= 100
        assert all(line.points is None or 0 <= line.points <= line.rule.weight for line in group.criteria)
    assert json.loads(json.dumps(found.as_json())) == found.as_json()
    assert score(DEFAULT, record).as_json() == found.as_json()


@few
@given(records(), st.sampled_from([rule for rule in RULES.values() if rule.na_allowed]))
def test_not_applicable_never_raises_a_group_over_its_weight(record, rule):
    changed = replace(record, answers={**record.answers, rule.code: Answer(na=True, na_reason="Không có")})
    assert all(group.score is None or group.score <= group.weight for group in score(DEFAULT, changed).groups)


@few
@given(records(), st.sampled_from(list(AnswerType)), st.fractions(0, 100), st.fractions(0, 100))
def test_a_higher_share_never_gives_fewer_points(record, kind, one, other):
    for rule in (rule for rule in RULES.values() if rule.type == kind and kind != AnswerType.BOOL):
        assert points_for(rule, min(one, other)) <= points_for(rule, max(one, other))
