import pytest

from accounts.permissions import Role
from retail.models import Enterprise, Establishment


def test_it_is_added_and_shown(client, clerk, typed, session):
    answer = client.sign_in(clerk).post("/establishments/new", data=typed)
    assert answer.status_code == 302, answer.text
    made = session.query(Establishment).one()
    assert (made.name, made.area_m2, made.items, made.recorded_class) == ("Siêu thị Bình Minh", 2500, 12000, 2)
    assert str(made.locations[0].lat) == "21.322"
    assert f"mã {made.number}" in client.get(answer.location).text


def test_with_a_new_enterprise(client, clerk, typed, session):
    data = {**typed, "enterprise": "", "new_enterprise": "Công ty Mới", "new_tax_code": "2600 999 999"}
    assert client.sign_in(clerk).post("/establishments/new", data=data).status_code == 302
    assert session.query(Establishment).one().enterprise.tax_code == "2600999999"


@pytest.mark.parametrize("change, words", [
    ({"name": ""}, "Hãy nhập tên."),
    ({"name": "x" * 161}, "nhiều nhất 160 ký tự."),
    ({"kind": ""}, "Hãy chọn một mục."),
    ({"kind": "nonsense"}, "Hãy chọn một mục"),
    ({"unit": ""}, "Hãy chọn một mục."),
    ({"unit": "999999"}, "Hãy chọn một mục trong danh sách."),
    ({"enterprise": "không có"}, "Không tìm thấy doanh nghiệp nào."),
    ({"enterprise": ""}, "Không tìm thấy doanh nghiệp nào."),
    ({"new_enterprise": "Công ty Mới", "new_tax_code": "2600123456"}, "Đã có doanh nghiệp khác mang mã số thuế này."),
    ({"new_enterprise": "Công ty Mới", "new_tax_code": "12"}, "Mã số thuế có 10 chữ số"),
    ({"area_m2": "rộng"}, "“rộng”"),
    ({"area_m2": "0"}, "Từ 1 đến 2.000.000."),
    ({"lat": "10,5"}, "Ngoài địa bàn tỉnh"),
    ({"lon": ""}, "Ghi cả vĩ độ và kinh độ"),
    ({"opened_on": "31/02/2020"}, "31/02/2020"),
    ({"opened_on": "01/01/2090"}, "Ngày này ở tương lai."),
    ({"parent": "không có"}, "Không tìm thấy trung tâm thương mại nào."),
    ({"contact_phone": "gọi tôi"}, "Chỉ ghi chữ số"),
    ({"contact_email": "sai"}, "Đây không phải địa chỉ thư điện tử."),
    ({"note": "x" * 501}, "nhiều nhất 500 ký tự."),
])
def test_bad_input_is_told_beside_its_field_and_nothing_typed_is_lost(client, clerk, typed, session, change, words):
    answer = client.sign_in(clerk).post("/establishments/new", data={**typed, **change})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Số 2, đường Thử"' in answer.text
    assert all(f'value="{value}"' in answer.text for key, value in change.items() if value and key in (
        "name", "area_m2", "lat", "opened_on", "new_tax_code", "contact_phone"))
    assert session.query(Establishment).count() == 0
    assert session.query(Enterprise).count() == 1


def test_an_ambiguous_enterprise_names_the_candidates(client, clerk, typed, session):
    client.sign_in(clerk).post("/establishments/new", data={
        **typed, "new_enterprise": "Công ty Cổ phần Thử Hai", "new_tax_code": "2600123457"})
    answer = client.post("/establishments/new", data={**typed, "enterprise": "cổ phần"})
    assert answer.status_code == 422
    assert "Công ty Cổ phần Thử Hai (2600123457)" in answer.text
    exact = client.post("/establishments/new", data={**typed, "enterprise": "Công ty cổ phần thử"})
    assert exact.status_code == 302


def test_a_clerk_of_one_place_cannot_add_elsewhere(client, person, typed, unit, session):
    home = unit("Xã Lâm Thao", code="08431")
    client.sign_in(person(Role.CLERK, territory=home))
    page = client.get("/establishments/new").text
    assert "Xã Lâm Thao" in page
    assert "Phường Việt Trì" not in page
    assert client.post("/establishments/new", data=typed).status_code == 422
    assert client.post("/establishments/new", data={**typed, "unit": str(home.id)}).status_code == 302


def test_the_contact_tells_what_it_is_for(client, clerk, unit):
    unit()
    assert "Luật 91/2025/QH15" in client.sign_in(clerk).get("/establishments/new").text


@pytest.mark.parametrize("role", [Role.VIEWER, Role.INSPECTOR, Role.STORE])
def test_others_may_not(client, person, role):
    assert client.sign_in(person(role)).get("/establishments/new").status_code == 403
