import pytest

from accounts.permissions import Role
from surveys.actions import copy_criteria_set, edit_criteria_set, load_default_criteria
from surveys.queries import content_of
from surveys.rules.editing import drop_piece
from tests.conftest import AT


@pytest.fixture
def default(session):
    made = load_default_criteria(by=None, at=AT)
    session.commit()
    return made


@pytest.fixture
def draft(session, default):
    made = copy_criteria_set(default, version="1.1", by=None, at=AT)
    session.commit()
    return made


def test_the_whole_form_with_how_each_line_scores(client, person, default):
    page = client.sign_in(person(Role.INSPECTOR)).get(f"/criteria/{default.id}").text
    assert "mặc định, chờ Sở phê duyệt" in page
    assert page.count('<tr id="') == 40 + 19 + 3
    assert "20 % được 0, 100 % được 12" in page
    assert "từ 0: 0; từ 1: 0,5; từ 3: 1; từ 6: 1,5; từ 10: 2" in page
    assert "Chỉ khi cơ sở không đóng gói thực phẩm tại chỗ." in page
    assert "Thêm: trả lời trong 7 ngày" in page
    assert "Sửa B4" not in page


def test_in_english(client, person, default):
    page = client.sign_in(person(Role.INSPECTOR)).get(f"/criteria/{default.id}?lang=en").text
    assert "Overall replaced share of the store" in page
    assert "Also: answered within 7 days" in page
    assert "Taken from the packaging sheet" in page


def test_a_draft_lists_what_is_wrong(session, client, person, draft):
    edit_criteria_set(draft, drop_piece(content_of(draft), "criteria", "B4"), by=None, at=AT)
    session.commit()
    page = client.sign_in(person(Role.ADMIN)).get(f"/criteria/{draft.id}?lang=en").text
    assert "2 problems keep this draft from being published" in page
    assert "Trade centres: the points of its criteria make 22, the group has 34." in page
    assert "Publish for good" not in page
    assert "Edit B5" in page


def test_a_published_set_offers_no_edits(client, person, default):
    page = client.sign_in(person(Role.ADMIN)).get(f"/criteria/{default.id}?lang=en").text
    assert "Copy to a new version" in page and "Retire it" in page
    assert "Edit B4" not in page


def test_publish_retire_discard(session, client, person, default, draft):
    client.sign_in(person(Role.ADMIN))
    assert client.post(f"/criteria/{draft.id}/publish").status_code == 302
    session.refresh(draft)
    assert draft.published_at is not None
    assert client.post(f"/criteria/{draft.id}/discard").status_code == 409
    assert client.post(f"/criteria/{draft.id}/retire").status_code == 302
    session.refresh(draft)
    assert draft.retired_at is not None


def test_discard(client, person, draft):
    client.sign_in(person(Role.ADMIN))
    number = draft.id
    assert client.post(f"/criteria/{number}/discard").headers["Location"] == "/criteria"
    assert client.get(f"/criteria/{number}").status_code == 404


def test_copy(client, person, default):
    client.sign_in(person(Role.ADMIN))
    assert client.get(f"/criteria/{default.id}/copy").status_code == 200
    answer = client.post(f"/criteria/{default.id}/copy?lang=en", data={"version": "1.0"})
    assert answer.status_code == 422
    assert "PT-PPBV has a version 1.0 already. Choose another version." in answer.text
    assert 'value="1.0"' in answer.text
    assert "Give the copy a version" in client.post(f"/criteria/{default.id}/copy?lang=en", data={}).text
    assert client.post(f"/criteria/{default.id}/copy", data={"version": "1.1"}).status_code == 302


def test_compare(session, client, person, default, draft):
    edit_criteria_set(draft, drop_piece(content_of(draft), "criteria", "B9"), by=None, at=AT)
    session.commit()
    client.sign_in(person(Role.INSPECTOR))
    page = client.get(f"/criteria/{draft.id}/changes/{default.id}?lang=en").text
    assert "4 differences" in page
    assert "Product groups sold loose or by refill" in page and "taken out" in page
    assert "The two are the same." in client.get(f"/criteria/{default.id}/changes/{default.id}?lang=en").text


@pytest.mark.parametrize("path", ["copy", "edit", "criteria/B4/edit", "criteria/add"])
def test_only_the_administrator_edits(client, person, draft, path):
    assert client.sign_in(person(Role.LEAD)).get(f"/criteria/{draft.id}/{path}").status_code == 403


@pytest.mark.parametrize("path", ["", "/export.xlsx", "/copy", "/edit", "/changes/998", "/criteria/B4/edit"])
def test_unknown(client, person, path):
    assert client.sign_in(person(Role.ADMIN)).get(f"/criteria/999{path}").status_code == 404


def test_statements_do_not_grow_with_the_set(client, person, default, count_statements):
    client.sign_in(person(Role.INSPECTOR))
    with count_statements() as seen:
        client.get(f"/criteria/{default.id}")
    assert len(seen) <= 9
