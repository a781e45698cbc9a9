"""What the form's page brings along, so that a tablet scores and says what lacks without a network."""

import json
import re
import subprocess
import uuid

import pytest

from foundation.config import ROOT
from surveys.actions import plan_visit, save_survey, start_survey, submit_survey
from surveys.queries import content_of, document_of, form_data, list_missing, score_of
from surveys.rules.completeness import Lacking
from surveys.rules.content import rules_from
from surveys.rules.words import Nature
from tests.conftest import AT
from tests.javascript import node
from tests.surveys.generated import rules_in


def rules_on(page):
    """The JSON in a page."""
    return json.loads(re.search(r'<script type="application/json" id="rules">(.*?)</script>', page, re.DOTALL)[1])


def test_the_page_brings_the_rules(client, inspector, survey):
    page = client.sign_in(inspector).get(f"/surveys/{survey.id}/edit").text
    assert rules_on(page) == form_data(survey) == form_data(survey.visit)


def test_the_rules_are_whole_and_every_figure_is_text(survey):
    found = form_data(survey)
    rules = {part: found[part] for part in ("groups", "categories", "levels", "accepted")}
    json.loads(json.dumps(rules), parse_float=lambda text: pytest.fail(f"{text} is not exact"))
    assert rules_in(found) == rules_from(content_of(survey.criteria_set))
    assert found["groups"][0]["criteria"][2] == {
        "code": "A6", "type": "percent", "weight": "20", "is_must": False, "applies_to": "ALL", "lo": "0", "hi": "90",
        "bands": [], "measure": None, "instrument": None, "na_allowed": True, "evidence_kinds": [],
        "counts_for_coverage": False}
    assert (found["kind"], found["asked"]) == ("sieu_thi_tong_hop", None)
    assert found["bounds"] == {"long_side": 2560, "quality": 85, "most_bytes": 31457280, "most_files": 300}


def test_the_words_are_those_of_the_page(client, inspector, survey):
    client.sign_in(inspector)
    for language, title, side, answer in (("vi", "Tiêu chí A1", "Đại diện đoàn khảo sát", "câu trả lời"),
                                          ("en", "Criterion A1", "For the survey team", "answer")):
        words = rules_on(client.get(f"/surveys/{survey.id}/edit?lang={language}").text)["words"]
        assert (words["titles"]["A1"], words["sides"]["team"], words["lacking"]["answer"]) == (title, side, answer)
        assert words["lacking"].keys() == {*Lacking, "signature"}


def test_a_published_set_is_read_once(survey, count_statements):
    form_data(survey)
    with count_statements() as seen:
        form_data(survey)
    assert seen == []


def shown(survey):
    """What the page's script makes of the survey."""
    evidence = [{"kind": piece.kind, "criterion": piece.criterion and piece.criterion.code,
                 "category": piece.category and piece.category.code} for piece in survey.evidence]
    given = {"rules": form_data(survey), "document": document_of(survey), "evidence": evidence}
    run = subprocess.run([node.need(), "tests/javascript/gaps.mjs"], cwd=ROOT, input=json.dumps(given),
                         capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def said(survey):
    """The same from the server."""
    return {"score": score_of(survey), "missing": [vars(gap) for gap in list_missing(survey)]}


def test_the_script_says_what_the_server_says(survey, ready):
    assert shown(ready) == said(ready)
    assert said(ready)["missing"] == []


def test_the_script_says_what_lacks_in_the_servers_words(survey):
    assert shown(survey) == said(survey)
    assert said(survey)["missing"][-1] == {
        "path": "signatures.store", "code": "", "title": "Đại diện cơ sở", "words": "chữ ký"}


def test_a_follow_up_asks_only_for_what_was_open(session, frozen, ready, lead, inspector):
    save_survey(ready, {"answers": {"A1": {"yes": False}}}, by=inspector, at=AT)
    submit_survey(ready, by=inspector, at=AT)
    visit = plan_visit(establishment=ready.establishment, nature=Nature.FOLLOW_UP, planned_on=AT.date(), team=[lead],
                       lead=lead, by=lead, at=AT)
    again = start_survey(visit, str(uuid.uuid4()), by=lead, at=AT)
    session.commit()
    assert form_data(again)["asked"] == form_data(visit)["asked"] == ["A1"]
    assert shown(again) == said(again)
    assert [gap.path for gap in list_missing(again)] == ["answers.A1", "signatures.team", "signatures.store"]
