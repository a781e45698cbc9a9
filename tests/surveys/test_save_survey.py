"""Saving a survey document: what is kept, what is refused in which words, what two savers see."""

import json
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.permissions import Role
from foundation.audit import AuditEntry
from foundation.errors import Forbidden, Invalid
from surveys.actions import Stale, save_survey, start_survey
from surveys.queries import document_of
from tests.conftest import AT
from tests.surveys.conftest import line


def save(survey, by, **part):
    return save_survey(survey, part, by=by, at=AT)


def refuse(survey, by, part):
    """The errors of a document that cannot be saved; nothing of it is."""
    before = document_of(survey)
    with pytest.raises(Invalid) as refused:
        save_survey(survey, part, by=by, at=AT)
    assert document_of(survey) == before
    return refused.value.fields


def test_what_is_saved_is_read_back(survey, inspector, document, session):
    save_survey(survey, {**document, "revision": 0}, by=inspector, at=AT)
    session.commit()
    session.expire_all()
    assert document_of(survey) == document


def test_saving_the_same_again_writes_nothing(survey, inspector, document, session):
    save_survey(survey, {**document, "revision": 0}, by=inspector, at=AT)
    session.commit()
    entries = session.query(AuditEntry).count()
    save_survey(survey, {**document, "revision": 0}, by=inspector, at=AT)
    assert survey.revision == 1 and session.query(AuditEntry).count() == entries


def test_parts_are_laid_over_what_is_there(survey, inspector, document):
    save_survey(survey, document, by=inspector, at=AT)
    save(survey, inspector, answers={"A4": {"step": 4}, "B9": {}}, signatures={"store": None}, receipts=None)
    saved = document_of(survey)
    assert saved["answers"] == {**{k: v for k, v in document["answers"].items() if k != "B9"}, "A4": {"step": 4}}
    assert saved["signatures"] == {"team": document["signatures"]["team"]}
    assert saved["receipts"] is None and saved["lines"] == document["lines"]


def test_missing_no_and_not_applicable_are_three_things(survey, inspector):
    save(survey, inspector, answers={"A1": {"yes": False}, "A6": {"na": True, "na_reason": "Chưa có nhân viên"}})
    assert document_of(survey)["answers"] == {
        "A1": {"yes": False}, "A6": {"na": True, "na_reason": "Chưa có nhân viên"}}


def test_lines_come_back_in_the_order_of_the_sheet(survey, inspector):
    save(survey, inspector, lines=[line("P11", "N", "1"), line("P01", "Z", "2"), line("P01", "N", "3")])
    assert [(found["category"], found["class"]) for found in document_of(survey)["lines"]] == [
        ("P01", "N"), ("P01", "Z"), ("P11", "N")]


def test_numbers_of_json_and_their_text_are_the_same(survey, inspector):
    save(survey, inspector, answers={"A6": {"numerator": 45.50, "denominator": "060.0"}})
    assert document_of(survey)["answers"]["A6"] == {"numerator": "45.5", "denominator": "60"}


def test_a_stale_revision_is_told_the_current_one(survey, inspector, lead):
    save(survey, inspector, revision=0, remarks="một")
    with pytest.raises(Stale) as stale:
        save(survey, lead, revision=0, remarks="hai")
    assert stale.value.current == 1 and survey.document["remarks"] == "một"


def test_only_the_team_saves(survey, person):
    with pytest.raises(Forbidden):
        save(survey, person(Role.INSPECTOR), remarks="x")


def test_the_audit_trail_names_what_changed(survey, inspector, document, session):
    save_survey(survey, document, by=inspector, at=AT)
    save(survey, inspector, answers={"A4": {"step": 1}})
    entry = session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert entry.detail == {"revision": 2, "before": {"answers.A4.step": 3}, "after": {"answers.A4.step": 1}}
    assert "strokes" not in json.dumps([e.detail for e in session.query(AuditEntry)])


BAD = [
    ({"answers": {"A6": {"denominator": "0"}}}, "answers.A6.denominator"),
    ({"answers": {"A6": {"numerator": "7", "denominator": "5"}}}, "answers.A6.numerator"),
    ({"answers": {"A6": {"numerator": "-1"}}}, "answers.A6.numerator"),
    ({"answers": {"A6": {"numerator": "1,5"}}}, "answers.A6.numerator"),
    ({"answers": {"A6": {"numerator": "NaN"}}}, "answers.A6.numerator"),
    ({"answers": {"A6": {"numerator": float("nan")}}}, "answers.A6.numerator"),
    ({"answers": {"A6": {"numerator": True}}}, "answers.A6.numerator"),
    ({"answers": {"A6": {"numerator": "1.1234567"}}}, "answers.A6.numerator"),
    ({"answers": {"A4": {"step": 5}}}, "answers.A4.step"),
    ({"answers": {"A4": {"yes": True}}}, "answers.A4.yes"),
    ({"answers": {"A1": {"yes": "có"}}}, "answers.A1.yes"),
    ({"answers": {"A1": {"na": True, "na_reason": "x"}}}, "answers.A1.na"),
    ({"answers": {"A1": "yes"}}, "answers.A1"),
    ({"answers": {"Z9": {"yes": True}}}, "answers.Z9"),
    ({"answers": {"T1": {"numerator": "1", "denominator": "2"}}}, "answers.T1"),
    ({"answers": {"B9": {"number": 2.5}}}, "answers.B9.number"),
    ({"answers": {"B9": {"number": "٣"}}}, "answers.B9.number"),
    ({"answers": [1]}, "answers"),
    ({"lines": {"P01": 1}}, "lines"),
    ({"lines": [line("P99", "N", "1")]}, "lines.P99.N.category"),
    ({"lines": [line("P01", "Q", "1")]}, "lines.P01.Q.class"),
    ({"lines": [{"category": "P01"}]}, "lines.0.class"),
    ({"lines": [line("P01", "N", "1"), line("P01", "N", "2")]}, "lines.P01.N"),
    ({"lines": [line("P01", "N", "-5")]}, "lines.P01.N.purchased"),
    ({"lines": [line("P01", "N", "1" * 13)]}, "lines.P01.N.purchased"),
    ({"lines": [line("P01", "E1", "1", proof_expires_on="31/12/2026")]}, "lines.P01.E1.proof_expires_on"),
    ({"lines": [line("P01", "E1", "1", proof_number="9" * 61)]}, "lines.P01.E1.proof_number"),
    ({"bags": [{"readings_um": ["1"] * 6}]}, "bags.0.readings_um"),
    ({"bags": [{"readings_um": ["1", "x"]}]}, "bags.0.readings_um.1"),
    ({"bags": [{"width_cm": "0"}]}, "bags.0.width_cm"),
    ({"bags": [{}] * 31}, "bags"),
    ({"tally": {"plastic": 60, "eco": 60}}, "tally"),
    ({"tally": {"plastic": -1}}, "tally.plastic"),
    ({"signatures": {"team": {"strokes": [[[0, 2000]]]}}}, "signatures.team.strokes"),
    ({"signatures": {"team": {"strokes": "<svg>"}}}, "signatures.team.strokes"),
    ({"signatures": {"guest": {"strokes": [[[0, 0]]]}}}, "signatures.guest"),
    ({"observed_at": "2026-11-24T02:10:00"}, "observed_at"),
    ({"observed_at": 5}, "observed_at"),
    ({"period_from": "2026-10-01", "period_to": "2026-09-30"}, "period_to"),
    ({"period_to": "2026-02-30"}, "period_to"),
    ({"count_method": "guess"}, "count_method"),
    ({"receipts": 1.5}, "receipts"),
    ({"floor_area_m2": 0}, "floor_area_m2"),
    ({"remarks": "x" * 4001}, "remarks"),
    ({"remarks": 5}, "remarks"),
    ({"score": 100}, "score"),
]


@pytest.mark.parametrize(("part", "path"), BAD)
def test_what_cannot_be_used_is_named_by_its_path(survey, inspector, part, path):
    fields = refuse(survey, inspector, part)
    assert list(fields) == [path] and fields[path]


def test_everything_wrong_is_named_at_once(survey, inspector):
    fields = refuse(survey, inspector, {"receipts": "x", "answers": {"A4": {"step": 9}, "A6": {"numerator": "x"}}})
    assert set(fields) == {"receipts", "answers.A4.step", "answers.A6.numerator"}


def test_a_document_that_is_none_is_refused(survey, inspector):
    assert refuse(survey, inspector, [1, 2])


figures = st.decimals(0, 10**9, places=3).map(lambda d: format(d, "f"))
documents = st.fixed_dictionaries({}, optional={
    "receipts": st.none() | st.integers(0, 10**6), "remarks": st.text(max_size=60),
    "answers": st.fixed_dictionaries({}, optional={
        "A1": st.fixed_dictionaries({}, optional={"yes": st.none() | st.booleans(), "note": st.text(max_size=20)}),
        "A4": st.fixed_dictionaries({}, optional={"step": st.none() | st.integers(0, 4)}),
        "A6": st.fixed_dictionaries({}, optional={"numerator": figures, "na": st.booleans(),
                                                  "na_reason": st.text(max_size=20)}),
        "B9": st.fixed_dictionaries({"number": st.integers(0, 50)})}),
    "lines": st.lists(st.builds(line, st.sampled_from(["P01", "P04", "P11"]), st.sampled_from(["N", "X", "E1", "Z"]),
                                figures), max_size=5, unique_by=lambda row: (row["category"], row["class"])),
    "bags": st.lists(st.fixed_dictionaries({}, optional={
        "label": st.text(max_size=10), "readings_um": st.lists(st.none() | st.integers(1, 99), max_size=5),
        "prepack": st.none() | st.booleans()}), max_size=3),
    "signatures": st.fixed_dictionaries({}, optional={"team": st.none() | st.fixed_dictionaries({
        "title": st.text(max_size=10), "strokes": st.lists(st.lists(
            st.tuples(st.floats(0, 1000), st.floats(0, 1000)), min_size=1, max_size=3), max_size=2)})}),
})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=documents, second=documents)
def test_saving_its_own_document_changes_nothing(survey, inspector, session, first, second):
    """Whatever was saved, saving `document_of` gives the same document, and the same on an empty survey."""
    save_survey(survey, first, by=inspector, at=AT)
    save_survey(survey, second, by=inspector, at=AT)
    session.expire_all()
    saved = document_of(survey)
    save_survey(survey, saved, by=inspector, at=AT)
    assert document_of(survey) == saved
    copy = start_survey(survey.visit, str(uuid.uuid4()), by=inspector, at=AT)
    save_survey(copy, {**saved, "revision": 0}, by=inspector, at=AT)
    assert document_of(copy) == saved
