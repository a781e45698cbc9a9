"""A person's own tablets: on the page of the account, and each on a page of its own."""

from datetime import timedelta

import pytest

from accounts import actions
from accounts.permissions import Role
from accounts.rules import Report
from tests.conftest import AT

pytestmark = pytest.mark.usefixtures("frozen")
NAME = "Máy tính bảng của Công Tằng Tôn Nữ Nguyễn Hoàng Bảo Ngọc"


@pytest.fixture
def tablet(session, inspector):
    """A tablet with something unsent for three days, its clock slow."""
    device, _token = actions.issue_device(inspector, name=NAME, by=inspector, at=AT - timedelta(days=9))
    actions.report_device(device, Report(
        count=3, files=41, bytes=12_300_000, oldest_at=AT - timedelta(hours=73), drafts=2, app_version="0.2.0",
        persisted=False, free=2_500_000_000), skew_ms=-6 * 60_000, at=AT - timedelta(minutes=61))
    session.commit()
    return device


def test_the_account_lists_its_tablets(client, inspector, tablet, session):
    page = client.sign_in(inspector).get("/account").text
    for words in (NAME, "3 phiếu chưa gửi, 41 tệp · 3 ngày", "Đồng hồ chậm 6 phút", "24/11/2026 08:59",
                  f"/account/devices/{tablet.id}"):
        assert words in page
    assert 'class="tag no"' in page
    actions.report_device(tablet, Report(), skew_ms=100, at=AT)
    session.commit()
    page = client.get("/account").text
    assert "Đã gửi hết" in page and "chưa gửi" not in page and "Đồng hồ" not in page


def test_without_tablets_it_says_how_one_comes(client, inspector, account):
    assert "Chưa có máy nào" in client.sign_in(inspector).get("/account").text
    assert 'id="devices"' not in client.sign_in(account(Role.CLERK)).get("/account").text


def test_what_ends_tokens_is_said(client, inspector, tablet, session):
    page = client.sign_in(inspector).get("/account").text
    assert page.count("Máy tính bảng giữ nguyên") == 2  # beside the password, and at signing out everywhere
    actions.sign_out_everywhere(inspector, by=inspector, at=AT)
    session.commit()
    assert "Đã đăng xuất" in client.sign_in(inspector).get("/account").text


def test_its_page_tells_all_it_said(client, inspector, tablet):
    page = client.sign_in(inspector).get(f"/account/devices/{tablet.id}").text
    for words in (NAME, "3 phiếu chưa gửi, 41 tệp · 3 ngày", "12\u00a0MB, cũ nhất từ 21/11/2026 09:06",
                  "Chậm 6 phút. Hãy đặt máy", "Trình duyệt có thể tự xoá", "Còn trống 2,5\u00a0GB", "0.2.0",
                  "Trên máy còn 3 phiếu chưa gửi", "Thu hồi máy này"):
        assert words in page, words


def test_renaming(client, inspector, tablet, session, trail):
    client.sign_in(inspector)
    answer = client.post(f"/account/devices/{tablet.id}", data={"name": "  Máy   số 2 "})
    assert answer.location == "/account#devices"
    session.refresh(tablet)
    assert tablet.name == "Máy số 2"
    assert trail()[-1] == "rename_device"
    count = len(trail())
    client.post(f"/account/devices/{tablet.id}", data={"name": "Máy số 2"})
    assert len(trail()) == count


@pytest.mark.parametrize(("name", "words"), [("", "Hãy đặt tên"), (" \u200b ", "Hãy đặt tên"),
                                             ("x" * 81, "Hãy viết nhiều nhất 80 ký tự.")])
def test_a_name_that_will_not_do_is_said(client, inspector, tablet, name, words):
    page = client.sign_in(inspector).post(f"/account/devices/{tablet.id}", data={"name": name})
    assert page.status_code == 422
    assert words in page.text
    assert 'aria-invalid="true"' in page.text and name.strip(" \u200b") in page.text


def test_revoked_ones_are_folded_away(client, inspector, tablet, session):
    client.sign_in(inspector).post(f"/account/devices/{tablet.id}/revocation")
    page = client.get("/account").text
    assert "Đã thu hồi (1)" in page and f"Đã thu hồi: {NAME}." in page
    page = client.get(f"/account/devices/{tablet.id}").text
    assert "Đã thu hồi 24/11/2026 10:00" in page and "Thu hồi máy này" not in page


@pytest.mark.parametrize(("method", "path"), [
    ("get", ""), ("post", ""), ("post", "/revocation"), ("post", "/token"), ("get", "/secret")])
def test_an_unknown_one_is_not_found(client, inspector, method, path):
    assert getattr(client.sign_in(inspector), method)(f"/account/devices/9999{path}").status_code == 404
