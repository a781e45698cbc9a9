"""A record whose photo its tablet lost: it is taken back there, and the survey that goes on from it names it."""

import uuid
from datetime import timedelta

import pytest

from accounts.permissions import Role
from foundation import clock
from foundation.audit import AuditEntry
from surveys.actions import plan_visit
from surveys.models import Survey
from surveys.queries import find_receipt, list_rivals, receipt_number
from surveys.rules.words import Nature, SurveyState
from tests.conftest import AT
from tests.surveys.door import OTHER, body_of, photos, put, send, send_all


@pytest.fixture
def arriving(client, inspector, visit, document):
    """A sealed record of which one photo of two is here: (its id, answer, bytes by id)."""
    client.sign_in(inspector)
    files, manifest = photos("P01", "P04")
    name = str(uuid.uuid4())
    answer = put(client, name, body_of(visit, document, manifest, submit=True))
    first, _second = answer.json["lacks"]
    send(client, first["to"], files[first["id"]])
    return name, answer, files


def go_on(client, visit, document, takes_back, name=None, **more):
    """What the tablet sends next, with all its photos; its id."""
    name, (files, manifest) = name or str(uuid.uuid4()), photos("P01", "P04")
    answer = put(client, name, body_of(visit, {**document, "remarks": "chụp lại"}, manifest, copy=OTHER,
                                       takes_back=takes_back, **more))
    assert answer.status_code in (200, 201)
    send_all(client, answer, files)
    return name


def find(session, survey_id):
    session.expire_all()
    return session.get(Survey, survey_id)


@pytest.mark.parametrize("is_sealed", [False, True])
def test_the_successor_names_it_and_it_waits_no_more(client, arriving, visit, document, session, person, is_sealed):
    old, _answer, _files = arriving
    new = go_on(client, visit, document, old, submit=is_sealed)
    record = find(session, old)
    assert (record.state, record.taken_back_by_id) == (SurveyState.TAKEN_BACK, new)
    assert find(session, new).state == (SurveyState.SUBMITTED if is_sealed else SurveyState.DRAFT)
    listed = client.get("/surveys?state=taken_back").text
    assert f"/surveys/{old}" in listed and f"/surveys/{new}" not in listed and "Đã lấy lại" in listed
    assert f"/surveys/{old}" not in client.get("/surveys?state=arriving").text
    client.sign_in(person(Role.REVIEWER))
    page = client.get(f"/surveys/{old}").text
    assert "có phiếu khác thay thế" in page and f"/surveys/{new}" in page and "đang được gửi" not in page
    assert "các phiếu của chuyến này" not in page.lower() and "tiếp nối" in client.get(f"/surveys/{new}").text
    if is_sealed:
        review = client.get(f"/reviews/{new}").text
        assert f"/surveys/{old}" in review and list_rivals(find(session, new)) == []


def test_it_is_noted_once_and_again_is_harmless(client, arriving, visit, document, session):
    old, _answer, _files = arriving
    new = go_on(client, visit, document, old)
    go_on(client, visit, {**document, "receipts": 7}, old, name=new, revision=1)
    other = go_on(client, visit, document, old)
    assert find(session, old).taken_back_by_id == new and find(session, other).state == SurveyState.DRAFT
    entries = session.query(AuditEntry).filter_by(verb="take_survey_back").all()
    assert [(entry.subject_id, entry.detail["moved_to"]) for entry in entries] == [(old, new)]


@pytest.mark.parametrize("named", ["itself", "nothing", "no id", 7, ["x"], "x" * 90, "whole", "a draft", "elsewhere"])
def test_what_cannot_be_taken_back_is_passed_over(client, arriving, visit, establishment, inspector, document,
                                                 session, named):
    old, answer, files = arriving
    on, new = visit, str(uuid.uuid4())
    if named == "whole":
        send(client, answer.json["lacks"][1]["to"], files[answer.json["lacks"][1]["id"]])
    elif named == "elsewhere":
        on = plan_visit(establishment=establishment("Siêu thị Khác"), nature=Nature.PLANNED, planned_on=AT.date(),
                        team=[inspector], lead=inspector, by=inspector, at=AT)
        session.commit()
    elif named == "a draft":
        old = go_on(client, visit, document, None)
    wanted = {"itself": new, "nothing": None, "whole": old, "a draft": old, "elsewhere": old}.get(
        named if isinstance(named, str) else "", named)
    go_on(client, on, document, wanted, name=new)
    assert session.query(Survey).filter(Survey.taken_back_by_id.is_not(None)).count() == 0


def test_the_visit_is_not_done_by_it(client, arriving, visit, document, session, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=2))
    assert "Đã làm trong 30 ngày qua" in client.get("/visits").text
    go_on(client, visit, document, arriving[0])
    page = client.get("/visits").text
    assert "Chưa xong" in page and "Đã làm trong 30 ngày qua" not in page


def test_should_its_photo_come_after_all_the_reviewer_chooses(client, arriving, visit, document, session):
    old, answer, files = arriving
    new = go_on(client, visit, document, old, submit=True)
    last = answer.json["lacks"][1]
    assert send(client, last["to"], files[last["id"]]).json["state"] == "complete"
    assert find(session, old).state == SurveyState.SUBMITTED
    assert [one.id for one in list_rivals(find(session, new))] == [old]


def test_both_receipts_say_so(app, client, arriving, visit, document, session):
    old, _answer, _files = arriving
    number = receipt_number(find_receipt(f"BN-2026-{old.replace('-', '')[:10]}"))
    new = go_on(client, visit, document, old)
    stranger = app.test_client()
    page = stranger.get(f"/r/{number}").text
    assert "nộp lại phiếu này" in page and "còn tệp đang gửi" not in page and "/r/BN" not in page
    assert "<dd>1/2</dd>" in page  # its files: what is here, not what will never be
    go_on(client, visit, document, old, name=new, revision=1, submit=True)
    assert f"/r/{receipt_number(find(session, new))}" in stranger.get(f"/r/{number}").text
    team = client.get(f"/surveys/{old}/receipt").text
    assert "có phiếu khác thay thế" in team and f"/surveys/{new}" in team and "Đang nhận" not in team
