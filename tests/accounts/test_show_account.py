import pytest

from accounts import actions, passwords
from accounts.models import User
from accounts.permissions import Role
from tests.accounts.conftest import PASSWORD
from tests.conftest import AT

NEW = "bảy con chim sẻ"


def change(client, current=PASSWORD, password=NEW):
    return client.post("/account/password", data={"current": current, "password": password})


def test_the_page_says_who_i_am(client, account):
    user = account(Role.INSPECTOR, Role.LEAD, name="Công Tằng Tôn Nữ Nguyễn Hoàng Bảo Ngọc Quỳnh Anh")
    actions.record_attempt(user.email, succeeded=False, at=AT)
    page = client.sign_in(user).get("/account").text
    for text in (user.name, user.email, "Cán bộ khảo sát", "Trưởng đoàn", "24/11/2026 10:00", "bị từ chối"):
        assert text in page


def test_an_own_password_is_set_and_others_are_signed_out(client, app, account, session, trail):
    user = account()
    elsewhere = app.test_client().sign_in(user)
    client.sign_in(user)
    answer = change(client)
    assert answer.status_code == 302
    assert "Đã đổi mật khẩu" in client.get("/account").text
    assert elsewhere.get("/account").status_code == 401
    assert passwords.matches(session.get(User, user.id).password_hash, NEW)
    assert trail() == ["add_user", "change_password"]


@pytest.mark.parametrize(("current", "password", "words"), [
    ("không phải", NEW, "Đây không phải mật khẩu hiện tại của bạn."),
    (PASSWORD, "ngắn", "Hãy dùng ít nhất 10 ký tự."),
    (PASSWORD, "x" * 300, "Hãy dùng nhiều nhất 200 ký tự."),
    (PASSWORD, PASSWORD, "Hãy chọn mật khẩu khác mật khẩu hiện tại."),
    (PASSWORD, "1234567890", "Mật khẩu này dễ đoán."),
    (PASSWORD, "taikhoan1@example.vn", "Không dùng địa chỉ thư điện tử làm mật khẩu."),
    ("", "", "Hãy nhập mật khẩu hiện tại."),
])
def test_what_will_not_do_is_said(client, account, trail, current, password, words):
    client.sign_in(account())
    page = change(client, current, password)
    assert page.status_code == 422
    assert words in page.text
    assert trail() == ["add_user"]


def test_a_one_time_password_opens_the_account_page_only(client, account):
    user = account(Role.ADMIN, must_change_password=True)
    answer = client.post("/sign-in?next=/people", data={"email": user.email, "password": PASSWORD})
    assert answer.location == "/account"
    assert client.get("/people").location == "/account"
    assert client.get("/audit").location == "/account"
    assert "đặt mật khẩu của riêng bạn" in client.get("/account").text
    assert client.post("/account/language", data={"language": "vi"}).status_code == 302
    assert client.post("/sign-out").location == "/sign-in"
    client.post("/sign-in", data={"email": user.email, "password": PASSWORD})
    change(client)
    assert client.get("/people").status_code == 200


def test_the_language_is_kept(client, account, session, trail):
    user = account()
    client.sign_in(user)
    answer = client.post("/account/language", data={"language": "en", "next": "/account?x=1"})
    assert answer.location == "/account?x=1"
    assert "My account" in client.get("/account").text
    assert session.get(User, user.id).language == "en"
    assert trail()[-1] == "edit_user"
    assert client.post("/account/language", data={"language": "fr"}).status_code == 422
    assert client.post("/account/language", data={"language": "vi", "next": "//xau.example"}).location == "/account"


def test_signing_out_everywhere_ends_every_session(client, app, account, trail):
    user = account()
    other = app.test_client().sign_in(user)
    client.sign_in(user).post("/account/sign-out-everywhere")
    assert client.get("/account").status_code == 401
    assert other.get("/account").status_code == 401
    assert trail()[-1] == "sign_out_everywhere"


@pytest.mark.parametrize(("method", "path"), [
    ("get", "/account"), ("post", "/account/password"), ("post", "/account/language"),
    ("post", "/account/sign-out-everywhere")])
def test_visitors_sign_in_first(client, method, path):
    answer = getattr(client, method)(path, headers={"Accept": "text/html"})
    if method == "get":
        assert answer.location == "/sign-in?next=/account"
    else:
        assert answer.status_code == 401
        assert "Phiên làm việc đã hết" in answer.text
        assert 'href="/sign-in"' in answer.text
