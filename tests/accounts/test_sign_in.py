from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from hypothesis import example, given
from hypothesis import strategies as st

from accounts import actions, passwords, queries
from accounts.models import SignInAttempt
from accounts.permissions import Role
from foundation.web import local_path
from tests.accounts.conftest import PASSWORD
from tests.conftest import AT

WRONG = "Thư điện tử hoặc mật khẩu không đúng. Hãy xem lại cả hai và thử lại."
LOCKED = "Địa chỉ này đã nhập sai mật khẩu quá nhiều lần. Hãy chờ 15 phút rồi thử lại."


def attempt(client, email, password=PASSWORD, **query):
    return client.post("/sign-in", query_string=query, data={"email": email, "password": password})


def test_signing_in_leads_on(client, account):
    user = account(email="Ten.Toi@Example.VN")
    answer = attempt(client, " ten.toi@example.vn", next="/account?a=1")
    assert answer.status_code == 302
    assert answer.location == "/account?a=1"
    page = client.get("/account").text
    assert user.name in page
    assert 'name="csrf-token"' in page


@pytest.mark.parametrize("closed", [False, True])
def test_the_words_do_not_tell_whether_an_account_exists(client, session, account, closed):
    user = account()
    if closed:
        actions.set_active(user, False, by=None, at=AT)
        session.commit()
    known = attempt(client, user.email, PASSWORD if closed else "sai hẳn rồi nhé")
    unknown = attempt(client, "khong.co@example.vn", "sai hẳn rồi nhé")
    assert known.status_code == unknown.status_code == 422
    assert WRONG in known.text
    assert known.text.replace(user.email, "") == unknown.text.replace("khong.co@example.vn", "")


def test_an_unknown_account_takes_the_same_work(client, account, monkeypatch):
    checked = []
    genuine = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda stored, password: checked.append(stored) or genuine(
        stored, password))
    attempt(client, "khong.co@example.vn")
    assert checked == [None]


def test_empty_fields_are_named(client):
    page = attempt(client, "", "")
    assert page.status_code == 422
    assert "Hãy nhập địa chỉ thư điện tử." in page.text
    assert "Hãy nhập mật khẩu." in page.text


@pytest.mark.parametrize("exists", [True, False])
def test_guessing_locks_the_account(client, account, session, trail, exists):
    email = account().email if exists else "khong.co@example.vn"
    for _n in range(5):
        assert attempt(client, email, "sai hẳn rồi nhé").status_code == 422
    locked = attempt(client, email)
    assert locked.status_code == 429
    assert LOCKED in locked.text
    assert email in locked.text  # what was typed is kept
    assert session.query(SignInAttempt).count() == 5
    assert trail().count("lock_sign_in") == exists
    assert client.get("/account", headers={"Accept": "text/html"}).location.startswith("/sign-in")


def test_the_lock_opens_again_and_success_clears_the_count(session, account):
    user = account()
    for minute in range(5):
        assert actions.authenticate(email=user.email, password="sai", at=AT + timedelta(minutes=minute)) is None
    with pytest.raises(actions.LockedOut):
        actions.authenticate(email=user.email, password=PASSWORD, at=AT + timedelta(minutes=14))
    later = AT + timedelta(minutes=15, seconds=1)
    assert actions.authenticate(email=user.email, password=PASSWORD, at=later) is user
    assert actions.authenticate(email=user.email, password="sai", at=later + timedelta(seconds=5)) is None
    assert not queries.is_locked(user.email, at=later + timedelta(seconds=9))


def test_an_address_is_limited_whatever_accounts_it_tries(client, limits, account):
    user = account()
    answers = [attempt(client, f"ai{n}@example.vn", "sai hẳn rồi nhé").status_code for n in range(11)]
    assert answers == [422] * 10 + [429]
    page = attempt(client, user.email)
    assert page.status_code == 429
    assert "Quá nhiều yêu cầu" in page.text
    assert page.headers["Retry-After"]
    assert client.get("/sign-in").status_code == 200


def test_the_session_is_renewed(client, account):
    client.get("/sign-in")
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    before = client.get_cookie("session").value
    attempt(client, account().email)
    assert client.get_cookie("session").value != before
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.permanent


@pytest.mark.parametrize("goal", ["https://xau.example", "//xau.example", "/\\xau.example", "\\\\xau.example",
                                  "javascript:alert(1)", "/\t/xau.example", "account", ""])
def test_nobody_is_sent_elsewhere(client, account, goal):
    assert attempt(client, account().email, next=goal).location == "/"


@given(st.text(alphabet="/\\:a.?#@\t\n %", max_size=12))
@example("/a/b?c=d#e")
def test_a_local_path_stays_local(text):
    path = local_path(text)
    assert path.startswith("/")
    assert not path.startswith(("//", "/\\"))
    assert path == text or path == "/"


def test_those_who_are_signed_in_go_on(client, account):
    client.sign_in(account())
    assert client.get("/sign-in?next=/account").location == "/account"


def test_a_form_of_another_site_is_refused(client, app, account, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    user = account()
    refused = attempt(client, user.email)
    assert refused.status_code == 400
    assert "Biểu mẫu đã quá cũ" in refused.text
    page = client.get("/sign-in").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = client.post("/sign-in", data={"email": user.email, "password": PASSWORD, "csrf_token": token})
    assert answer.status_code == 302
    assert client.post("/account/language", data={"language": "en"}).status_code == 400
    meta = client.get("/account").text.split('name="csrf-token" content="')[1].split('"')[0]
    changed = client.post("/account/language", data={"language": "en"}, headers={"X-CSRFToken": meta})
    assert changed.status_code == 302


def test_a_hash_with_old_parameters_is_made_anew(session, account, monkeypatch):
    user = account()
    old = user.password_hash
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert actions.authenticate(email=user.email, password=PASSWORD, at=AT) is user
    assert user.password_hash != old
    assert passwords.matches(user.password_hash, PASSWORD)


def test_signing_out_forgets_the_session(client, account):
    client.sign_in(account())
    assert client.post("/sign-out").location == "/sign-in"
    assert "Bạn đã đăng xuất." in client.get("/sign-in").text
    assert client.get("/account", headers={"Accept": "text/html"}).status_code == 302
    assert client.get("/sign-out").status_code == 405


def test_old_attempts_are_deleted(session, account, trail):
    for days in (0, 89, 91, 200):
        actions.record_attempt("a@example.vn", succeeded=True, at=AT - timedelta(days=days))
    assert actions.purge_attempts(by=None, at=AT) == 2
    assert session.query(SignInAttempt).count() == 2
    assert trail() == ["purge_attempts"]
    assert actions.purge_attempts(by=None, at=AT) == 0


def test_signing_in_takes_few_statements(client, account, count_statements):
    user = account(Role.INSPECTOR)
    with count_statements() as seen:
        attempt(client, user.email)
    assert len(seen) <= 8, seen
