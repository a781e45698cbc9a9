import pytest
from sqlalchemy import select

from accounts import actions, queries
from accounts.labels import DUTIES
from accounts.models import RoleGrant, User
from accounts.permissions import Permission, Role
from foundation.audit import AuditEntry
from foundation.errors import Invalid, RuleBroken
from foundation.i18n import label
from tests.accounts.conftest import PASSWORD
from tests.conftest import AT


@pytest.fixture
def district(session, unit):
    made = unit("Huyện Lâm Thao", code="237", level="district")
    session.commit()
    return made


def fill(**changes):
    return {"name": "Trần Thị Bưởi", "email": "buoi@example.vn", "language": "vi", "role_inspector": "y", **changes}


def grants(user):
    return {(grant.role, grant.territory_id) for grant in user.open_grants}


def test_people_are_listed_the_vietnamese_way(client, admin, account, district):
    for name in ("Đỗ An", "Dương An", "Ân Văn Cả"):
        account(Role.INSPECTOR, name=name)
    main = client.sign_in(admin).get("/people").text.split("<main")[1]
    names = ["Dương An", "Đỗ An", "Ân Văn Cả", "Lê Quản Trị"]  # by given name, Đ after D
    assert sorted(names, key=main.index) == names


@pytest.mark.parametrize(("query", "found"), [
    ("?q=do+an", {"Đỗ An"}), ("?q=DUONG+an", {"Dương An"}), ("?q=xoai@", {"Dương An"}), ("?role=lead", {"Dương An"}),
    ("?closed=1", {"Phạm Đóng"}), ("?q=100%25", set()), ("?role=xyz&page=-3", {"Đỗ An", "Dương An", "Lê Quản Trị"}),
    ("?page=99", set()),
])
def test_search_and_filters(client, session, admin, account, query, found):
    account(Role.INSPECTOR, name="Đỗ An", email="cam@example.vn")
    account(Role.LEAD, name="Dương An", email="xoai@example.vn")
    actions.set_active(account(name="Phạm Đóng"), False, by=None, at=AT)
    session.commit()
    main = client.sign_in(admin).get("/people" + query).text.split("<main")[1]
    assert {name for name in ("Đỗ An", "Dương An", "Phạm Đóng", "Lê Quản Trị") if f"{name}</a>" in main} == found
    assert found or "Không tìm thấy ai" in main


def test_the_list_takes_few_statements(client, session, admin, district, count_statements):
    for n in range(60):
        session.add(User(email=f"n{n}@example.vn", name=f"Người {n}", password_hash="-", created_at=AT,
                         grants=[RoleGrant(role=Role.INSPECTOR, territory_id=district.id, granted_at=AT)]))
    session.commit()
    client.sign_in(admin)
    with count_statements() as seen:
        page = client.get("/people")
    assert len(seen) <= 8, seen
    assert "Trang 1/2, tất cả 61" in page.text
    assert "Huyện Lâm Thao" in page.text


def test_adding_somebody_shows_a_one_time_password_once(client, admin, session, district, trail):
    client.sign_in(admin)
    assert "Huyện Lâm Thao" in client.get("/people/add").text
    page = client.post("/people/add", data=fill(where_inspector=district.id, role_viewer="y"))
    assert page.status_code == 200
    password = page.text.split('class="secret">')[1].split("<")[0]
    user = queries.find_user("buoi@example.vn")
    assert user.must_change_password
    assert grants(user) == {(Role.INSPECTOR, district.id), (Role.VIEWER, None)}
    assert user.territories_for(Permission.SURVEY) == {district.id}
    assert trail() == ["add_user", "add_user"]
    assert password not in str([entry.detail for entry in session.scalars(select(AuditEntry))])
    assert actions.authenticate(email=user.email, password=password, at=AT) is user


@pytest.mark.parametrize(("changes", "words"), [
    ({"email": "sai"}, "Hãy nhập địa chỉ thư điện tử, ví dụ"), ({"name": " "}, "Hãy nhập tên, nhiều nhất 120 chữ."),
    ({"email": " QUANTRI@example.vn"}, "Đã có tài khoản dùng địa chỉ thư điện tử này."),
    ({"email": ""}, "Hãy nhập địa chỉ thư điện tử; đây cũng là tên đăng nhập."),
    ({"language": "fr"}, "Hãy chọn một mục trong danh sách."),
    ({"where_inspector": "999999"}, "Hãy chọn một mục trong danh sách."),
    ({"name": "x" * 121}, "Hãy viết nhiều nhất 120 ký tự."),
])
def test_bad_entries_are_named_and_nothing_typed_is_lost(client, admin, session, district, changes, words):
    page = client.sign_in(admin).post("/people/add", data=fill(**changes))
    assert page.status_code == 422
    assert words in page.text
    assert 'checked id="role_inspector"' in page.text
    assert "Trần Thị Bưởi" in page.text or "name" in changes
    assert session.query(User).count() == 1


def test_editing_somebody(client, admin, account, session, district, trail):
    user = account(Role.LEAD)
    client.sign_in(admin)
    page = client.get(f"/people/{user.id}").text
    assert 'checked id="role_lead"' in page
    data = fill(where_inspector=district.id, email="moi@example.vn", language="en")
    answer = client.post(f"/people/{user.id}", data=data)
    assert answer.status_code == 302
    assert "Đã lưu: Trần Thị Bưởi." in client.get(answer.location).text
    session.refresh(user)
    assert (user.email, user.language) == ("moi@example.vn", "en")
    assert grants(user) == {(Role.INSPECTOR, district.id)}
    assert [grant.revoked_at is not None for grant in user.grants] == [True, False]
    assert trail()[-2:] == ["edit_user", "set_roles"]
    detail = session.scalar(select(AuditEntry).order_by(AuditEntry.id.desc())).detail
    assert detail == {"before": {"roles": ["lead"]}, "after": {"roles": ["inspector: Huyện Lâm Thao"]}}
    assert "Huyện Lâm Thao" in client.get(f"/people/{user.id}").text


def test_saving_without_a_change_writes_nothing(client, admin, account, trail):
    user = account(Role.INSPECTOR, name="Trần Thị Bưởi", email="buoi@example.vn")
    client.sign_in(admin).post(f"/people/{user.id}", data=fill())
    assert trail() == ["add_user", "add_user"]


def test_a_taken_address_is_said_beside_the_field(client, admin, account):
    user = account()
    page = client.sign_in(admin).post(f"/people/{user.id}", data=fill(email=admin.email))
    assert page.status_code == 422
    assert "Đã có tài khoản dùng địa chỉ thư điện tử này." in page.text


def test_roles_are_revoked_and_added_never_deleted(session, account, district):
    user = account(Role.INSPECTOR)
    actions.set_roles(user, [(Role.INSPECTOR, district.id), (Role.LEAD, None)], by=None, at=AT)
    actions.set_roles(user, [(Role.INSPECTOR, None), (Role.INSPECTOR, district.id)], by=None, at=AT)
    session.commit()
    assert grants(user) == {(Role.INSPECTOR, None)}  # everywhere includes the district
    assert len(user.grants) == 4
    assert sum(grant.revoked_at is None for grant in user.grants) == 1


def test_an_administrator_is_one_everywhere(account, district):
    with pytest.raises(Invalid):
        actions.set_roles(account(), [(Role.ADMIN, district.id)], by=None, at=AT)


def test_nobody_takes_away_the_last_administrator(client, admin, account, session):
    client.sign_in(admin)
    own = client.post(f"/people/{admin.id}", data=fill(email=admin.email))
    assert own.status_code == 409
    assert "Bạn không thể tự bỏ quyền quản trị của mình." in own.text
    assert client.post(f"/people/{admin.id}/close").status_code == 409
    with pytest.raises(RuleBroken):
        actions.set_active(admin, False, by=None, at=AT)
    with pytest.raises(RuleBroken):
        actions.set_roles(admin, [], by=None, at=AT)
    second = account(Role.ADMIN)
    actions.set_active(second, False, by=admin, at=AT)
    with pytest.raises(RuleBroken):  # a closed administrator does not count
        actions.set_roles(admin, [], by=second, at=AT)
    actions.set_active(second, True, by=admin, at=AT)
    actions.set_roles(admin, [], by=second, at=AT)
    assert not admin.roles


def test_closing_signs_out_and_reopening_lets_in_again(client, app, admin, account, trail):
    user = account()
    theirs = app.test_client().sign_in(user)
    client.sign_in(admin)
    assert client.post(f"/people/{user.id}/close").status_code == 302
    assert theirs.get("/account").status_code == 401
    page = client.get(f"/people/{user.id}").text
    assert "Tài khoản đã đóng" in page
    assert user not in queries.list_people_with(Permission.EDIT_REGISTER)
    client.post(f"/people/{user.id}/reopen")
    client.post(f"/people/{user.id}/reopen")
    assert trail()[-2:] == ["close_account", "reopen_account"]
    assert theirs.get("/account").status_code == 401  # the old session stays worthless
    assert app.test_client().sign_in(user).get("/account").status_code == 200


def test_a_new_one_time_password(client, admin, account, session, trail):
    user = account()
    page = client.sign_in(admin).post(f"/people/{user.id}/password")
    password = page.text.split('class="secret">')[1].split("<")[0]
    session.refresh(user)
    assert user.must_change_password
    assert actions.authenticate(email=user.email, password=PASSWORD, at=AT) is None
    assert actions.authenticate(email=user.email, password=password, at=AT) is user
    assert "reset_password" in trail()


def test_ending_somebody_elses_sessions(client, app, admin, account):
    user = account()
    theirs = app.test_client().sign_in(user)
    client.sign_in(admin).post(f"/people/{user.id}/sign-out")
    assert theirs.get("/account").status_code == 401


@pytest.mark.parametrize("path", ["", "/add", "/{id}"])
def test_only_administrators_see_people(client, person, path):
    user = person(*(set(Role) - {Role.ADMIN}))
    assert client.sign_in(user).get("/people" + path.format(id=user.id)).status_code == 403


@pytest.mark.parametrize("verb", ["password", "close", "reopen", "sign-out"])
def test_only_administrators_act_on_people(client, person, admin, trail, verb):
    assert client.sign_in(person(Role.CLERK)).post(f"/people/{admin.id}/{verb}").status_code == 403
    assert client.sign_in(admin).post(f"/people/9999/{verb}").status_code == 404
    assert trail() == ["add_user"]


def test_an_unknown_person_is_not_found(client, admin):
    assert client.sign_in(admin).get("/people/9999").status_code == 404


def test_people_with_a_permission_are_active_and_sorted(session, person):
    second, first, closed = (person(Role.DECIDER, name=name) for name in ("Đỗ B", "Dương A", "Ân C"))
    person(Role.VIEWER)
    actions.set_active(closed, False, by=None, at=AT)
    assert list(queries.list_people_with(Permission.DECIDE)) == [first, second]


def test_every_role_has_a_word_and_a_duty(app):
    with app.test_request_context("/?lang=vi"):
        assert len({label(role) for role in Role}) == len(Role) == len(DUTIES)
