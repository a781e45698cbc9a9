"""Submitting: refused while something is missing, then closed for good with its score."""

import pytest

from accounts.permissions import Role
from foundation.errors import Forbidden, Invalid, RuleBroken
from surveys.actions import add_evidence, save_survey, submit_survey
from surveys.queries import document_of, list_missing, record_of, rules_of
from surveys.rules.scoring import score
from surveys.rules.words import EvidenceKind, Side, SurveyState
from tests.conftest import AT
from tests.pictures import picture
from tests.surveys.conftest import strike


def test_everything_missing_is_named(survey, inspector):
    with pytest.raises(Invalid) as refused:
        submit_survey(survey, by=inspector, at=AT)
    fields = refused.value.fields
    assert {"answers.A1", "answers.A4", "answers.A6", "answers.B4", "answers.B9", "signatures.team",
            "signatures.store"} == set(fields)
    assert "A6 Tiêu chí A6: " in str(refused.value)
    assert survey.submitted_at is None and survey.score is None


@pytest.mark.parametrize(("part", "path"), [
    ({"answers": {"A6": {"na": True}}}, "answers.A6"),
    ({"tally": {"plastic": 99}}, "tally"),
    ({"signatures": {"store": None}}, "signatures.store"),
])
def test_one_missing_thing_is_enough(ready, inspector, part, path):
    save_survey(ready, part, by=inspector, at=AT)
    assert [gap.path for gap in list_missing(ready)] == [path]
    with pytest.raises(Invalid):
        submit_survey(ready, by=inspector, at=AT)


def test_a_store_may_refuse_to_sign_with_its_reason(client, ready, inspector, session):
    said = {"title": "Quản lý", "refused": "Vắng mặt, sẽ ký sau"}
    save_survey(ready, {"signatures": {"store": said}}, by=inspector, at=AT)
    assert document_of(ready)["signatures"]["store"] == {**said, "signed_at": "2026-11-24T03:00:00Z"}
    submit_survey(ready, by=inspector, at=AT)
    session.commit()
    rows = {row.side: (row.refused, bool(row.strokes)) for row in ready.signatures}
    assert rows == {Side.TEAM: ("", True), Side.STORE: ("Vắng mặt, sẽ ký sau", False)}
    page = client.sign_in(inspector).get(f"/surveys/{ready.id}").text
    assert "không ký" in page and "Vắng mặt, sẽ ký sau" in page


def test_the_team_may_not_refuse_and_strokes_go_before_a_reason(ready, inspector):
    with pytest.raises(Invalid) as wrong:
        save_survey(ready, {"signatures": {"team": {"refused": "Không"}}}, by=inspector, at=AT)
    assert "signatures.team.refused" in wrong.value.fields
    both = {"strokes": [[[1, 2], [3, 4]]], "refused": "Không"}
    save_survey(ready, {"signatures": {"store": both}}, by=inspector, at=AT)
    assert "refused" not in document_of(ready)["signatures"]["store"]
    save_survey(ready, {"signatures": {"store": {"refused": " "}}}, by=inspector, at=AT)
    assert [gap.path for gap in list_missing(ready)] == ["signatures.store"]


def test_a_line_below_zero_cannot_be_submitted(ready, inspector, document):
    lines = [{**document["lines"][0], "closing": "9000"}, *document["lines"][1:]]
    save_survey(ready, {"lines": lines}, by=inspector, at=AT)
    assert "lines.P01.N" in {gap.path for gap in list_missing(ready)}


def test_struck_out_evidence_does_not_count(ready, inspector):
    strike(ready, next(piece for piece in ready.evidence if piece.category.code == "P04"), inspector)
    assert [gap.path for gap in list_missing(ready)] == ["lines.P04.E4"]


def test_it_is_closed_with_its_score(ready, inspector, session):
    submit_survey(ready, by=inspector, at=AT)
    session.commit()
    session.expire_all()
    again = score(rules_of(ready.criteria_set), record_of(ready))
    assert ready.state == SurveyState.SUBMITTED and ready.submitted_at == AT
    assert ready.score == again.as_json() and ready.total == again.total
    assert (ready.replaced_grams, ready.used_grams) == (again.replaced_grams, again.used_grams)
    assert ready.coverage_conditions_met is True


def test_again_is_harmless(ready, inspector, lead):
    submit_survey(ready, by=inspector, at=AT)
    assert submit_survey(ready, by=lead, at=AT) is ready


def test_afterwards_nothing_changes(ready, inspector):
    submit_survey(ready, by=inspector, at=AT)
    with pytest.raises(RuleBroken):
        save_survey(ready, {"remarks": "thêm"}, by=inspector, at=AT)
    with pytest.raises(RuleBroken):
        add_evidence(ready, evidence_id="0d7f6a52-3c2b-4f46-9a53-0f9f4f7d3e11", kind=EvidenceKind.PHOTO,
                     content=picture(), by=inspector, at=AT)
    with pytest.raises(RuleBroken):
        strike(ready, ready.evidence[0], inspector)


def test_only_the_team_submits(ready, person):
    with pytest.raises(Forbidden):
        submit_survey(ready, by=person(Role.INSPECTOR), at=AT)
