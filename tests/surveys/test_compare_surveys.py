"""Two surveys of one visit, side by side: only what differs, both values; which one stands is for a reviewer."""

import copy
import uuid

import pytest
from sqlalchemy import select

from accounts.permissions import Role
from foundation.audit import AuditEntry
from foundation.errors import Invalid, RuleBroken
from surveys.actions import add_evidence, review_survey, save_survey, start_survey, submit_survey
from surveys.queries import find_rivalry, list_rivals
from surveys.rules.words import EvidenceKind, ReviewOutcome, SurveyState
from tests.conftest import AT
from tests.pictures import picture

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def twins(session, ready, lead, inspector, document):
    """Two submitted surveys of one visit: the head of the team said otherwise in A1, P01 N and one photo."""
    other = copy.deepcopy(document)
    other["answers"]["A1"] = {"yes": False, "note": "Chưa có cam kết"}
    other["lines"][0]["purchased"] = "6500"
    submit_survey(ready, by=inspector, at=AT)
    second = start_survey(ready.visit, str(uuid.uuid4()), by=lead, at=AT)
    save_survey(second, other, by=lead, at=AT)
    for code, colour in (("P01", "seagreen"), ("P04", "navy")):
        add_evidence(second, evidence_id=str(uuid.uuid4()), category_code=code, kind=EvidenceKind.PHOTO,
                     content=picture((320, 240), colour), by=lead, at=AT)
    submit_survey(second, by=lead, at=AT)
    session.commit()
    return ready, second


@pytest.fixture
def reviewer(person):
    return person(Role.REVIEWER, name="Lê Thị Thẩm Xét")


def approve(survey, by, reasons="Số liệu khớp hoá đơn."):
    return review_survey(survey, outcome=ReviewOutcome.APPROVED, reasons=reasons, by=by, at=AT)


def test_the_page_shows_what_differs_and_nothing_else(client, twins, reviewer):
    first, _second = twins
    page = client.sign_in(reviewer).get(f"/visits/{first.visit_id}/differences").text
    assert "khác nhau ở 2 chỗ" in page
    for words in ("Nguyễn Thị Khảo Sát", "Trần Văn Trưởng Đoàn", "Chưa có cam kết", "6.000", "6.500", "P04"):
        assert words in page
    assert "Tiêu chí A4" not in page and "<b>P01 E4</b>" not in page
    assert page.count("size=thumb") == 2


def test_visit_review_and_record_say_so(client, twins, reviewer):
    first, second = twins
    client.sign_in(reviewer)
    for address in (f"/visits/{first.visit_id}", f"/reviews/{second.id}", f"/surveys/{first.id}"):
        page = client.get(address).text
        assert "khác nhau ở 2 chỗ" in page and "Thêm 1 chỗ" in page and f"/visits/{first.visit_id}/differences" in page


def test_with_one_survey_there_is_nothing_to_compare(client, ready, reviewer):
    client.sign_in(reviewer)
    assert "Chưa có gì để so" in client.get(f"/visits/{ready.visit_id}/differences").text
    assert "khác nhau" not in client.get(f"/visits/{ready.visit_id}").text


def test_any_two_may_be_named(client, twins, reviewer):
    first, second = twins
    page = client.sign_in(reviewer).get(
        f"/visits/{first.visit_id}/differences?left={second.id}&right={first.id}").text
    assert page.index("6.500") < page.index("6.000")
    assert client.get(f"/visits/{first.visit_id}/differences?left=x&right=%00").status_code == 200


def test_unknown_elsewhere_or_without_the_right(client, twins, person, unit):
    first, _second = twins
    client.sign_in(person(Role.REVIEWER, territory=unit("Xã Ở Kia", code="08002")))
    assert client.get(f"/visits/{first.visit_id}/differences").status_code == 404
    assert client.get("/visits/999999/differences").status_code == 404
    assert client.sign_in(person(Role.STORE)).get(f"/visits/{first.visit_id}/differences").status_code == 403


def test_approving_one_sets_the_other_aside_with_the_reasons(session, twins, reviewer):
    first, second = twins
    with pytest.raises(Invalid) as refused:
        approve(second, reviewer, " ")
    assert list(refused.value.fields) == ["reasons"]
    approve(second, reviewer)
    session.commit()
    assert (first.state, second.state) == (SurveyState.SET_ASIDE, SurveyState.APPROVED)
    assert first.reviews[-1].reasons == "Số liệu khớp hoá đơn."
    written = session.scalars(select(AuditEntry).where(AuditEntry.verb == "review_survey")).all()
    assert [entry.detail.get("chosen") for entry in written] == [second.id, None]
    assert find_rivalry(first.visit) is None


def test_what_is_set_aside_stays_readable_and_is_never_reviewed_or_corrected(client, session, twins, reviewer,
                                                                             inspector):
    first, second = twins
    approve(second, reviewer)
    session.commit()
    page = client.sign_in(inspector).get(f"/surveys/{first.id}").text
    assert "Không dùng" in page and "Số liệu khớp hoá đơn." in page
    with pytest.raises(RuleBroken):
        approve(first, reviewer)
    with pytest.raises(RuleBroken):
        start_survey(first.visit, str(uuid.uuid4()), replaces=first, by=inspector, at=AT)


def test_one_that_arrives_after_the_approval_is_set_aside_by_itself(client, session, ready, lead, inspector, document,
                                                                   reviewer):
    submit_survey(ready, by=inspector, at=AT)
    approve(ready, reviewer, "")
    late = start_survey(ready.visit, str(uuid.uuid4()), by=lead, at=AT)
    save_survey(late, document, by=lead, at=AT)
    for code in ("P01", "P04"):
        add_evidence(late, evidence_id=str(uuid.uuid4()), category_code=code, kind=EvidenceKind.PHOTO,
                     content=picture((320, 240)), by=lead, at=AT)
    submit_survey(late, by=lead, at=AT)
    session.commit()
    assert list_rivals(late) == [ready]
    page = client.sign_in(reviewer).get(f"/reviews/{late.id}").text
    assert 'value="set_aside"' in page and 'value="approved"' not in page
    refused = client.post(f"/reviews/{late.id}", data={"outcome": "approved", "reasons": "x"})
    assert refused.status_code == 409 and "đã được đồng ý" in refused.text
    assert client.post(f"/reviews/{late.id}", data={"outcome": "set_aside", "reasons": ""}).status_code == 422
    assert client.post(f"/reviews/{late.id}", data={"outcome": "set_aside", "reasons": "Gửi muộn"}).status_code == 302
    session.expire_all()
    assert (late.state, ready.state) == (SurveyState.SET_ASIDE, SurveyState.APPROVED)


def test_nothing_is_set_aside_while_none_is_approved(twins, reviewer):
    first, _second = twins
    with pytest.raises(RuleBroken):
        review_survey(first, outcome=ReviewOutcome.SET_ASIDE, reasons="Không cần", by=reviewer, at=AT)


def test_returning_one_leaves_the_other_to_wait(twins, reviewer):
    first, second = twins
    review_survey(first, outcome=ReviewOutcome.RETURNED, reasons="Thiếu ảnh", by=reviewer, at=AT)
    assert (first.state, second.state) == (SurveyState.RETURNED, SurveyState.SUBMITTED)


def test_the_team_does_not_choose(twins, lead):
    with pytest.raises(RuleBroken):
        approve(twins[0], lead)
