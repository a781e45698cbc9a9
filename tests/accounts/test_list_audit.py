import pytest
from sqlalchemy import update

from accounts import actions
from accounts.permissions import Role
from foundation import audit
from foundation.audit import AuditEntry, record
from tests.conftest import AT


def test_entries_say_who_did_what_to_what(client, admin, account, session):
    user = account(Role.LEAD)
    actions.edit_user(user, email=user.email, name="Tên Mới", language="en", by=admin, at=AT)
    session.commit()
    page = client.sign_in(admin).get("/audit").text
    for text in ("Lê Quản Trị", "sửa thông tin người dùng", f"Tài khoản {user.id}", "Nguyễn Thị Ánh", "Tên Mới",
                 "24/11/2026 10:00", "Hệ thống", "Trưởng đoàn"):
        assert text in page
    assert "argon2" not in page


@pytest.mark.parametrize(("query", "count"), [
    ("", 4), ("?person={admin}", 2), ("?verb=edit_user", 1), ("?kind=User", 4), ("?kind=User&subject={user}", 3),
    ("?since=25/11/2026", 1), ("?until=24/11/2026", 3), ("?since=24/11/2026&until=24/11/2026", 3), ("?before=1", 0),
    ("?person={user}", 0),
])
def test_filters(client, admin, account, session, query, count):
    user = account()
    actions.edit_user(user, email=user.email, name="Tên Mới", language="vi", by=admin, at=AT)
    actions.sign_out_everywhere(user, by=admin, at=AT.replace(hour=17))  # midnight in Việt Trì: the next day
    session.commit()
    page = client.sign_in(admin).get("/audit" + query.format(admin=admin.id, user=user.id)).text
    assert page.count("<li><div") == count
    assert count or "Không có mục nào" in page


@pytest.mark.parametrize("query", ["?since=hôm qua", "?person=abc", "?verb=xyz"])
def test_a_filter_that_cannot_be_read_is_said(client, admin, query):
    page = client.sign_in(admin).get("/audit" + query)
    assert page.status_code == 422
    assert 'role="alert"' in page.text


def test_paging_by_id(client, admin, session, count_statements):
    for n in range(60):
        record("edit_user", admin, by=admin, at=AT, after={"name": f"Lần {n}"})
    session.commit()
    client.sign_in(admin)
    with count_statements() as seen:
        first = client.get("/audit?verb=edit_user").text
    assert len(seen) <= 8, seen
    assert first.count("<li><div") == 50
    older = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    page = client.get(older).text
    assert page.count("<li><div") == 10
    assert "Lần 0" in page


def test_checking_the_chain(client, admin, session, monkeypatch):
    client.sign_in(admin)
    assert client.get("/audit/check").status_code == 405
    client.post("/audit/check")
    assert "Chuỗi nhật ký nguyên vẹn" in client.get("/audit").text
    monkeypatch.setattr(audit, "digest", lambda entry: "another")
    client.post("/audit/check")
    assert "Chuỗi nhật ký đứt tại mục" in client.get("/audit").text


def test_the_database_keeps_the_trail(admin, session):
    with pytest.raises(Exception, match="never changed"):
        session.execute(update(AuditEntry).values(actor="ai khác"))


def test_only_those_who_may_read_it(client, person, account):
    assert client.sign_in(person(*(set(Role) - {Role.ADMIN}))).get("/audit").status_code == 403
    assert client.post("/audit/check").status_code == 403
