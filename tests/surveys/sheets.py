"""Packaging sheets and whole records for the tests of the rules."""

from datetime import date
from decimal import Decimal

from retail.rules import Kind
from surveys.actions.criteria import default_content
from surveys.rules.content import rules_from
from surveys.rules.form import Answer, Line, Record
from surveys.rules.words import AnswerType, CountMethod, MaterialClass

DEFAULT = rules_from(default_content())
PERIOD = {"period_from": date(2026, 7, 1), "period_to": date(2026, 9, 30)}
FULL = {
    AnswerType.BOOL: Answer(yes=True), AnswerType.SCALE4: Answer(step=4), AnswerType.COUNT: Answer(number=100),
    AnswerType.PERCENT: Answer(numerator=Decimal(60), denominator=Decimal(60)), AnswerType.COMPUTED: Answer(),
}


def bought(category, material_class, amount):
    """A line of which everything bought was used."""
    return Line(category, material_class, purchased=Decimal(amount))


def proven(category, material_class, amount):
    """The same with every paper it may need."""
    return Line(category, material_class, purchased=Decimal(amount), proof_number="NSTVN-0001",
                proof_holder="Công ty Bao bì", proof_expires_on=date(2027, 12, 31), has_statement=True)


def worked_lines():
    """The worked example of DOMAIN 5.3."""
    N, E4, Z = MaterialClass.N, MaterialClass.E4, MaterialClass.Z
    return (proven("P01", N, 6000), proven("P01", E4, 3000), proven("P01", Z, 1000), proven("P04", N, 2000),
            proven("P04", E4, 2000), proven("P11", E4, 1500))


def filled(**changed):
    """A supermarket with full points everywhere but where `changed`."""
    answers = {rule.code: FULL[rule.type] for group in DEFAULT.groups for rule in group.criteria}
    lines = tuple(proven(code, MaterialClass.E4, 1000) for code in ("P01", "P04", "P11"))
    return Record(Kind.SUPERMARKET, answers={**answers, **changed}, lines=lines, receipts=12000,
                  count_method=CountMethod.BOTH, counted_by="Kế toán kho", **PERIOD)
