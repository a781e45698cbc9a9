"""A draft moves to a newer criteria set: shown first, then done; the old one stays stored as it was."""

import copy
import re
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from accounts.permissions import Role
from foundation.audit import AuditEntry
from foundation.errors import Forbidden, Invalid, RuleBroken
from surveys.actions import move_survey, save_survey, submit_survey
from surveys.models import CriteriaSet, LevelRule, PackagingCategory, Survey
from surveys.queries import find_newer_set
from surveys.rules.words import AnswerType, SurveyState
from tests.conftest import AT
from tests.surveys.conftest import CRITERIA, make_group

pytestmark = pytest.mark.usefixtures("frozen")
LATER = AT + timedelta(hours=2)


@pytest.fixture
def newer(session, criteria_set):
    """THU 2.0: A4 has other steps, A6 is gone, A9 is new, P04 is weighed instead of counted, P11 is gone."""
    steps = {"weight": 20, "anchors_vi": [f"Bước {n}" for n in range(5)], "anchors_en": None}
    groups = {"A": [CRITERIA["A"][0], ("A4", AnswerType.SCALE4, steps), ("A9", AnswerType.BOOL, {"weight": 20})],
              "B": CRITERIA["B"]}
    made = CriteriaSet(
        code="THU", version="2.0", name_vi="Bộ thử", name_en="Test set", accepted_classes=["E1", "E4"],
        validity_months=36, created_at=LATER,
        groups=[make_group(place, code, rows) for place, (code, rows) in enumerate(groups.items())],
        categories=[PackagingCategory(position=place, code=code, name_vi=f"Bao bì {code}", name_en=f"Packaging {code}",
                                      unit_vi=unit, unit_en=unit, grams=Decimal(5), in_ratio=True,
                                      takes_tally=code == "P01") for place, (code, unit) in enumerate(
                                          [("P01", "cái"), ("P04", "kg")])],
        levels=[LevelRule(rank=1, name_vi="Đạt", name_en="Pass", least_total=Decimal(65), least_group=Decimal(40),
                          least_by_group={})])
    session.add(made)
    session.flush()
    made.published_at = LATER
    session.commit()
    return made


def go(survey, newer, by, name=None):
    return move_survey(survey, newer, name or str(uuid.uuid4()), by=by, at=LATER)


def test_the_form_and_the_visit_offer_it(client, ready, inspector, newer):
    client.sign_in(inspector)
    page = client.get(f"/surveys/{ready.id}/edit").text
    assert "THU 2.0" in page and f'data-needs-sent href="/surveys/{ready.id}/move"' in page
    assert "2.0" in client.get(f"/visits/{ready.visit_id}").text


def test_without_a_newer_set_nothing_is_offered(client, ready, inspector):
    client.sign_in(inspector)
    assert "data-needs-sent" not in client.get(f"/surveys/{ready.id}/edit").text
    page = client.get(f"/surveys/{ready.id}/move")
    assert page.status_code == 200 and "Không có bộ tiêu chí mới hơn" in page.text
    assert client.post(f"/surveys/{ready.id}/move").status_code == 409


def test_what_is_kept_dropped_and_new_is_shown_with_the_old_answers(client, ready, inspector, newer):
    page = client.sign_in(inspector).get(f"/surveys/{ready.id}/move").text
    left = page[page.index('id="left"'):page.index('id="kept"')]
    for words in ("A4", "bậc 3: Bậc 3", "A6", "45 / 60", "P04", "A9", "đổi đơn vị"):
        assert words in left
    assert "A1" in page[page.index('id="kept"'):]
    assert "1 tệp ở lại bản nháp cũ" in page


def test_moving_keeps_both(client, ready, inspector, newer, session):
    before = copy.deepcopy((ready.document, ready.manifest))
    client.sign_in(inspector)
    form = dict(re.findall(r'name="(id|set|revision)" value="([^"]*)"', client.get(f"/surveys/{ready.id}/move").text))
    answer = client.post(f"/surveys/{ready.id}/move", data=form)
    assert answer.status_code == 302 and answer.location == f"/surveys/{form['id']}/edit"
    session.expire_all()
    moved = session.get(Survey, form["id"])
    assert (ready.state, moved.state) == (SurveyState.MOVED, SurveyState.DRAFT)
    assert (ready.document, ready.manifest) == before and ready.criteria_set.version == "1.0"
    assert (moved.moved_from_id, moved.criteria_set_id, ready.visit.criteria_set_id) == (ready.id, newer.id, newer.id)
    assert moved.document["answers"] == {code: before[0]["answers"][code] for code in ("A1", "B9")}
    assert [line["category"] for line in moved.document["lines"]] == ["P01", "P01"]
    assert moved.document["signatures"] == {} and moved.document["bags"] == before[0]["bags"]
    assert [(item["category"], item["sha256"]) for item in moved.manifest] == [
        (item["category"], item["sha256"]) for item in before[1] if item["category"] == "P01"]
    assert [piece.received_sha256 for piece in moved.evidence] == [item["sha256"] for item in moved.manifest]
    page = client.get(answer.location).text
    assert "Bước 3" in page and "data-needs-sent" not in page
    entry = session.scalar(select(AuditEntry).where(AuditEntry.verb == "move_survey"))
    assert entry.detail["left"].keys() == {"A4", "A6"} and entry.detail["moved_to"] == moved.id


def test_the_moved_draft_is_read_only_and_leads_on(client, ready, inspector, newer, session):
    moved = go(ready, newer, inspector)
    session.commit()
    client.sign_in(inspector)
    assert client.get(f"/surveys/{ready.id}/edit").location == f"/surveys/{moved.id}/edit"
    assert client.get(f"/surveys/{ready.id}/move").location == f"/surveys/{moved.id}/edit"
    assert "đi tiếp" in client.get(f"/surveys/{ready.id}").text
    with pytest.raises(RuleBroken):
        save_survey(ready, {"receipts": 4}, by=inspector, at=LATER)
    with pytest.raises(RuleBroken):
        submit_survey(ready, by=inspector, at=LATER)


def test_again_is_the_same_survey(ready, inspector, newer):
    moved = go(ready, newer, inspector)
    assert go(ready, newer, inspector) is moved


def test_what_was_shown_must_still_stand(client, ready, inspector, newer, session):
    client.sign_in(inspector)
    form = dict(re.findall(r'name="(id|set|revision)" value="([^"]*)"', client.get(f"/surveys/{ready.id}/move").text))
    save_survey(ready, {"receipts": 4}, by=inspector, at=LATER)
    session.commit()
    answer = client.post(f"/surveys/{ready.id}/move", data=form)
    assert answer.status_code == 409 and "Hãy xem lại" in answer.text
    assert client.post(f"/surveys/{ready.id}/move", data={}).status_code == 409


def test_only_forward_to_a_published_set_of_the_same_code(ready, inspector, newer, criteria_set, session):
    assert find_newer_set(criteria_set) is newer and find_newer_set(newer) is None
    moved = go(ready, newer, inspector)
    with pytest.raises(RuleBroken):
        go(moved, criteria_set, inspector)
    newer.retired_at = LATER
    session.flush()
    assert find_newer_set(criteria_set) is None


def test_only_a_draft_of_the_team_whose_files_have_arrived(client, ready, inspector, newer, person, session):
    with pytest.raises(Forbidden):
        go(ready, newer, person(Role.INSPECTOR))
    with pytest.raises(Invalid):
        go(ready, newer, inspector, "1")
    item = {**ready.manifest[0], "id": str(uuid.uuid4()), "sha256": "a" * 64}
    save_survey(ready, {}, manifest=[*ready.manifest, item], by=inspector, at=LATER)
    with pytest.raises(RuleBroken, match="máy tính bảng|tablet"):
        go(ready, newer, inspector)
    save_survey(ready, {}, manifest=ready.manifest[:-1], by=inspector, at=LATER)
    submit_survey(ready, by=inspector, at=LATER)
    with pytest.raises(RuleBroken):
        go(ready, newer, inspector)
    session.commit()
    assert client.sign_in(inspector).get(f"/surveys/{ready.id}/move").status_code == 409
    assert client.get(f"/surveys/{uuid.uuid4()}/move").status_code == 404
    assert client.sign_in(person(Role.INSPECTOR)).get(f"/surveys/{ready.id}/move").status_code in (403, 404)
    assert client.sign_in(person(Role.REVIEWER)).post(f"/surveys/{ready.id}/move").status_code == 403
