"""The calculations of the exported form give the score that Python gives."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retail.rules import Kind
from surveys.actions.criteria import default_content
from surveys.odk.names import clashes, part_of
from surveys.odk.scores import score_from
from surveys.odk.words import Words
from surveys.rules.content import rules_from
from surveys.rules.figures import half_up
from surveys.rules.form import record_from
from surveys.rules.scores import differences_of_scores
from surveys.rules.scoring import score
from surveys.rules.words import AnswerType, CountMethod, EvidenceKind, MaterialClass
from tests.surveys.odk.filling import convert_form, fill, values_of
from tests.surveys.odk.sets import contents, set_of
from tests.surveys.odk.xpath import Form

VECTORS = sorted((Path(__file__).parents[1] / "vectors").glob("*.json"))
CONTENT = default_content()
NAMES = {member: Words(member.value, member.value)
         for words in (Kind, CountMethod, MaterialClass, EvidenceKind) for member in words}


@cache
def default_form():
    """The default set, converted once."""
    return convert_form(CONTENT, NAMES).xform


def as_score(found, scored):
    """The form's figures in the shape of the part of a score they stand for."""
    def figure(name):
        return None if found[name] == "" else str(half_up(Decimal(found[name])))

    return {
        "total": figure("total"), "level": int(found["level"]) or None, "applicable": str(Decimal(found["applicable"])),
        "musts_open": int(found["musts_open"]), "coverage": found["coverage_open"] == "0",
        "ratio": figure("ratio") if "ratio" in found else None, "bags": listed(found, "bag_verdict"),
        "groups": {group.code: figure(f"score_{part_of(group.code)}") for group in scored.groups},
        "lines": {line.rule.code: (found[f"state_{line.rule.code}"], figure(f"points_{line.rule.code}"))
                  for line in scored.lines}}


def listed(found, name):
    """A repeat's values, however many there are."""
    value = found.get(name, [])
    return [value] if isinstance(value, str) else value


def expected(scored):
    """The same of Python's score."""
    musts = scored.as_json()["musts"]
    return {
        "total": str(scored.total), "level": scored.level, "applicable": str(scored.applicable.normalize() + 0),
        "musts_open": musts["total"] - musts["met"], "coverage": scored.coverage_conditions_met,
        "ratio": None if scored.sheet.share is None else str(half_up(scored.sheet.share)),
        "bags": [verdict.value for _mean, verdict in scored.bags],
        "groups": {group.code: None if group.score is None else str(group.score) for group in scored.groups},
        "lines": {line.rule.code: (line.state.value, str(half_up(line.points or Decimal(0))))
                  for line in scored.lines}}


def check(document, kind, content=CONTENT, xform=None):
    """What the form calculates of a document is its score."""
    xform = xform or default_form()
    scored = score(rules_from(content), record_from(document, Kind(kind)))
    values = values_of(document, content, kind=kind)
    found = Form(xform, fill(xform, values)).calculate()
    assert as_score(found, scored) == expected(scored)
    assert differences_of_scores(scored.as_json(), score_from({**values, **found}, content)) == []


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_the_vectors(path):
    vector = json.loads(path.read_text())
    if "rules" not in vector:
        return check(vector["document"], vector["kind"])
    content, document = set_of(vector)
    return check(document, vector["kind"], content, convert_form(content, NAMES).xform)


AMOUNT = st.decimals(0, 10_000, places=2).map(str)
SAID = {
    AnswerType.BOOL: st.fixed_dictionaries({"yes": st.booleans()}),
    AnswerType.SCALE4: st.fixed_dictionaries({"step": st.integers(0, 4)}),
    AnswerType.COUNT: st.fixed_dictionaries({"number": st.integers(0, 12)}),
    AnswerType.PERCENT: st.integers(1, 700).flatmap(lambda whole: st.fixed_dictionaries(
        {"numerator": st.integers(0, whole).map(str), "denominator": st.just(str(whole))})),
}
NA = st.just({"na": True, "na_reason": "Không có quầy"})


@st.composite
def documents(draw, content=CONTENT):
    """A whole survey, with gaps, N/A, odd stocks, missing and expired papers."""
    answers = {}
    for criterion in content.criteria:
        if criterion.type != AnswerType.COMPUTED and draw(st.integers(0, 19)):
            is_na = criterion.na_allowed and not draw(st.integers(0, 2))
            answers[criterion.code] = draw(NA if is_na else SAID[criterion.type])
    places = draw(st.lists(st.tuples(st.sampled_from([c.code for c in content.categories] or [""]),
                                     st.sampled_from(list(MaterialClass))), max_size=8, unique=True))
    lines = [{"category": category, "class": material.value, "opening": draw(AMOUNT), "purchased": draw(AMOUNT),
              "closing": draw(AMOUNT), "returned": "0",
              "proof_number": draw(st.sampled_from(["", "NSTVN-1"])), "proof_holder": "Công ty",
              "proof_expires_on": draw(st.sampled_from([None, "2026-09-29", "2026-09-30", "2027-01-01"])),
              "has_statement": draw(st.booleans()), "note": ""} for category, material in places if category]
    own = draw(st.integers(0, 60))
    tally = draw(st.sampled_from([None, {"plastic": 40, "eco": 0, "own": own, "none": 60 - own}])) if lines else None
    return {"period_from": "2026-07-01", "period_to": "2026-09-30", "receipts": draw(st.integers(1, 9999)),
            "tally": tally, "answers": answers, "lines": lines, "bags": []}


@settings(max_examples=12, deadline=None)
@given(documents(), st.sampled_from([Kind.SUPERMARKET, Kind.TRADE_CENTRE]))
def test_any_survey(document, kind):
    check(document, kind.value)


@settings(max_examples=6, deadline=None)
@given(st.data())
def test_any_set(data):
    """Other codes, weights, bands, measures, groups of one side only; pyxform converts each without a word."""
    content = data.draw(contents())
    assert list(clashes(content)) == []
    converted = convert_form(content, NAMES)
    assert converted.warnings == []
    for kind in (Kind.MINI, Kind.TRADE_CENTRE):
        check(data.draw(documents(content)), kind.value, content, converted.xform)
