from dataclasses import replace

import pytest

from accounts.permissions import Role
from retail.actions import add_enterprise, add_establishment
from retail.models import StoreUser
from retail.queries import find_enterprises
from tests.conftest import AT


def test_list_enterprises(client, clerk, store, session, count_statements):
    add_enterprise(name="Tập đoàn Đất Tổ", by=None, at=AT)
    session.commit()
    page = client.sign_in(clerk).get("/enterprises").text
    assert "2 doanh nghiệp" in page
    found = client.get("/enterprises?q=dat+to").text
    assert "Tập đoàn Đất Tổ" in found
    assert "Công ty Cổ phần Thử" not in found
    assert "2600123456" in client.get("/enterprises?q=2600123").text
    assert "Hãy bớt từ tìm kiếm" in client.get("/enterprises?q=khong+co").text
    with count_statements() as seen:
        client.get("/enterprises")
    assert len(seen) <= 4


def test_show_enterprise(client, clerk, viewer, store, enterprise):
    page = client.sign_in(clerk).get(f"/enterprises/{enterprise.id}").text
    assert "Siêu thị Đồng Xanh" in page
    assert "Tài khoản cơ sở" in page
    assert "Tài khoản cơ sở" not in client.sign_in(viewer).get(f"/enterprises/{enterprise.id}").text
    assert client.get("/enterprises/999999").status_code == 404


def test_somebody_of_one_place_sees_its_enterprises_only(client, person, facts, store, enterprise, session, unit):
    far = unit("Xã Lâm Thao", code="08431")
    other = add_enterprise(name="Công ty Xa", by=None, at=AT)
    add_establishment(replace(facts, enterprise=other, unit=far), by=None, at=AT)
    session.commit()
    client.sign_in(person(Role.CLERK, territory=far))
    page = client.get("/enterprises").text
    assert "Công ty Xa" in page and "Công ty Cổ phần Thử" not in page
    assert client.get(f"/enterprises/{enterprise.id}").status_code == 404
    assert client.post(f"/enterprises/{enterprise.id}/edit").status_code == 404
    assert client.get(f"/enterprises/{other.id}/edit").status_code == 200


def test_edit_enterprise(client, clerk, viewer, store, enterprise, session):
    add_enterprise(name="Công ty Khác", tax_code="2600123457", by=None, at=AT)
    session.commit()
    address = f"/enterprises/{enterprise.id}/edit"
    assert client.sign_in(clerk).post(address, data={"name": "Công ty Bình Minh", "tax_code": "2600 123 456"}
                                      ).status_code == 302
    assert "binh minh" in store.search_text
    answer = client.post(address, data={"name": "", "tax_code": "2600123456"})
    assert "Hãy nhập tên." in answer.text
    answer = client.post(address, data={"name": "Công ty Bình Minh", "tax_code": "2600123457"})
    assert answer.status_code == 422
    assert "Đã có doanh nghiệp khác mang mã số thuế này." in answer.text
    assert client.sign_in(viewer).post(address).status_code == 403


def test_store_accounts(client, clerk, person, enterprise, session):
    keeper = person(Role.STORE, name="Cửa hàng trưởng")
    client.sign_in(clerk)
    address = f"/enterprises/{enterprise.id}/accounts"
    assert "Không có tài khoản với địa chỉ này." in client.post(address, data={"email": "ai@example.vn"}).text
    assert "không có vai trò cơ sở" in client.post(address, data={"email": clerk.email}).text
    assert client.post(address, data={"email": keeper.email.upper()}).status_code == 302
    assert client.post(address, data={"email": keeper.email}).status_code == 302  # twice is once
    assert session.query(StoreUser).count() == 1
    assert "Cửa hàng trưởng" in client.get(f"/enterprises/{enterprise.id}").text
    assert client.post(f"{address}/{keeper.id}/remove").status_code == 302
    assert session.query(StoreUser).count() == 0
    assert client.post(f"{address}/{keeper.id}/remove").status_code == 302


@pytest.mark.parametrize("text, count", [
    ("2600123456", 1), ("Công ty Cổ phần Thử (2600 123 456)", 1), ("cong ty co phan thu", 1), ("co phan", 2), ("", 0),
    ("2600999999", 0), ("Công ty (Việt Nam)", 1), ("%", 0),
])
def test_finding_an_enterprise(enterprise, session, text, count):
    add_enterprise(name="Công ty Cổ phần Thử Hai", by=None, at=AT)
    add_enterprise(name="Công ty (Việt Nam)", by=None, at=AT)
    assert len(find_enterprises(text)) == count
