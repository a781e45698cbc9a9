"""Everybody's tablets, for administrators: a list, and a page of each."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import actions
from accounts.models import Device
from accounts.permissions import Role
from accounts.rules import Report
from tests.conftest import AT

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def tablet(session):
    """Give somebody a tablet whose queue has waited so many hours: `tablet(user, "Máy", 50)`."""

    def make(owner, name, hours=None, *, seen=0):
        device, _token = actions.issue_device(owner, name=name, by=owner, at=AT - timedelta(days=9))
        actions.report_device(device, Report(count=bool(hours), oldest_at=hours and AT - timedelta(hours=hours)),
                              skew_ms=None, at=AT - timedelta(hours=seen))
        session.commit()
        return device

    return make


def test_what_waits_longest_comes_first(client, admin, account, tablet, session):
    one, two = account(Role.INSPECTOR, name="Đỗ Thị An"), account(Role.LEAD, name="Trần Văn Bình")
    tablet(one, "Máy im lặng", seen=90)
    tablet(one, "Máy một ngày", 30)
    tablet(two, "Máy vừa gửi")
    tablet(two, "Máy ba ngày", 72)
    actions.revoke_device(tablet(two, "Máy thất lạc", 200), by=admin, at=AT)
    session.commit()
    page = client.sign_in(admin).get("/people/devices").text
    names = ["Máy ba ngày", "Máy một ngày", "Máy vừa gửi", "Máy im lặng"]
    assert sorted(names, key=page.index) == names
    assert "Máy thất lạc" not in page and "Đỗ Thị An" in page
    assert page.count('class="tag no"') == 1 and page.count('class="tag warn"') == 1
    found = client.get("/people/devices?q=do+thi").text
    assert "Máy im lặng" in found and "Máy ba ngày" not in found
    revoked = client.get("/people/devices?revoked=1").text
    assert "Máy thất lạc" in revoked and "Máy ba ngày" not in revoked


def test_empty_lists_say_what_to_do(client, admin):
    client.sign_in(admin)
    assert "mở một chuyến khảo sát trên máy lần đầu tiên" in client.get("/people/devices").text
    assert "Xem mọi máy đang dùng" in client.get("/people/devices?q=ai&page=x").text


def test_the_list_takes_few_statements(client, session, admin, account, count_statements):
    owner = account(Role.INSPECTOR)
    session.add_all(Device(user=owner, name=f"Máy {n}", token_sha256="-", session_epoch=0, secret="-", created_at=AT,
                           last_seen_at=AT) for n in range(60))
    session.commit()
    client.sign_in(admin)
    with count_statements() as seen:
        page = client.get("/people/devices")
    assert len(seen) <= 4, seen
    assert "Trang 1/2, tất cả 60" in page.text


def test_an_administrator_revokes(client, admin, account, tablet, session, trail):
    device = tablet(account(Role.INSPECTOR, name="Đỗ Thị An"), "Máy thất lạc", 50)
    page = client.sign_in(admin).get(f"/people/{device.user_id}").text
    assert f"/people/devices/{device.id}" in page and "Máy thất lạc" in page
    page = client.get(f"/people/devices/{device.id}").text
    assert "Đỗ Thị An" in page and "Trên máy còn 1 phiếu chưa gửi" in page
    answer = client.post(f"/people/devices/{device.id}/revocation")
    assert answer.location == f"/people/devices/{device.id}"
    page = client.get(answer.location).text
    assert "Đã thu hồi 24/11/2026 10:00" in page
    assert session.scalar(select(Device.revoked_at)) == AT
    assert trail()[-1] == "revoke_device"
    audit = client.get(f"/audit?kind=Device&subject={device.id}").text
    assert "thu hồi máy tính bảng" in audit and "Phiếu chưa gửi:</span> 1" in audit


@pytest.mark.parametrize(("method", "path"), [("get", ""), ("get", "/{id}"), ("post", "/{id}/revocation")])
def test_only_administrators_see_everybodys(client, account, tablet, session, method, path):
    owner = account(*(role for role in Role if role is not Role.ADMIN))
    device = tablet(owner, "Máy")
    answer = getattr(client.sign_in(owner), method)("/people/devices" + path.format(id=device.id))
    assert answer.status_code == 403
    assert session.get(Device, device.id).revoked_at is None


def test_an_unknown_one_is_not_found(client, admin):
    client.sign_in(admin)
    assert client.get("/people/devices/9999").status_code == 404
    assert client.post("/people/devices/9999/revocation").status_code == 404


def test_the_people_lead_to_their_tablets(client, admin):
    assert "/people/devices" in client.sign_in(admin).get("/people").text
