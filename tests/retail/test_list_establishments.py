from dataclasses import replace
from datetime import date

import pytest

from accounts.permissions import Role
from retail.actions import add_establishment, set_status
from retail.rules import Kind, Status
from territory.models import AdminUnitChange
from tests.conftest import AT


@pytest.fixture
def many(facts, session, unit):
    """Five establishments: four types, two places, two states."""
    far = unit("Xã Lâm Thao", code="08431")
    made = [add_establishment(replace(facts, **change), by=None, at=AT) for change in (
        {"name": "Siêu thị Đông", "kind": Kind.SUPERMARKET, "recorded_class": 1},
        {"name": "Siêu thị Dân", "kind": Kind.SPECIALISED, "unit": far},
        {"name": "Chợ Âu Cơ", "kind": Kind.MARKET},
        {"name": "Trung tâm An", "kind": Kind.TRADE_CENTRE, "address": "100% xanh_1"},
        {"name": "Cửa hàng Ánh", "kind": Kind.CONVENIENCE})]
    set_status(made[4], Status.CLOSED, on=date(2024, 1, 1), reason="Hết hợp đồng", by=None, at=AT)
    session.commit()
    return {one.name: one for one in made}


def names(page: str, many: dict) -> list[str]:
    """The names on the page, in their order."""
    return sorted((name for name in many if f">{name}</a>" in page), key=page.index)


def test_the_list_is_in_vietnamese_order(client, clerk, many):
    page = client.sign_in(clerk).get("/establishments").text
    assert names(page, many) == ["Chợ Âu Cơ", "Cửa hàng Ánh", "Siêu thị Dân", "Siêu thị Đông", "Trung tâm An"]
    assert "5 cơ sở" in page


@pytest.mark.parametrize("query, found", [
    ("q=sieu+thi", ["Siêu thị Dân", "Siêu thị Đông"]), ("q=SIÊU+đông", ["Siêu thị Đông"]),
    ("q=lam+thao", ["Siêu thị Dân"]), ("q=viet+tri+au", ["Chợ Âu Cơ"]), ("q=khong+co", []),
    ("q=2600123456+dan", ["Siêu thị Dân"]), ("q=co+phan+thu+an+tam", ["Trung tâm An"]),
    ("q=100%25", ["Trung tâm An"]), ("q=xanh_", ["Trung tâm An"]), ("q=%25", ["Trung tâm An"]),
    ("kind=cho", ["Chợ Âu Cơ"]), ("class=1", ["Siêu thị Đông"]), ("status=closed", ["Cửa hàng Ánh"]),
    ("status=operating&kind=sieu_thi_chuyen_doanh", ["Siêu thị Dân"]),
    ("counted=yes", ["Siêu thị Dân", "Siêu thị Đông", "Trung tâm An"]),
    ("counted=no", ["Chợ Âu Cơ", "Cửa hàng Ánh"]),
])
def test_search_and_filters(client, clerk, many, query, found):
    page = client.sign_in(clerk).get(f"/establishments?{query}").text
    assert names(page, many) == found
    assert ("Không có cơ sở nào phù hợp" in page) == (not found)


@pytest.mark.parametrize("query", ["kind=nothing", "class=9", "territory=x", "territory=99999999999999", "status=",
                                   "page=0", "page=abc", "page=999999999999999999999", "counted=maybe", "q=%00",
                                   "endpoint=x&_external=1&ending=x&number=2&q=sieu"])
def test_an_odd_address_still_opens(client, clerk, many, query):
    assert client.sign_in(clerk).get(f"/establishments?{query}").status_code == 200


def test_by_number_and_by_territory_of_any_time(client, clerk, many, unit, facts, session):
    one = many["Siêu thị Đông"]
    page = client.sign_in(clerk).get(f"/establishments?q={one.number}").text
    assert names(page, many) == ["Siêu thị Đông"]
    district = unit("Thành phố Việt Trì", code="227", level="district", since=date(2020, 1, 1), until=date(2025, 7, 1))
    old = unit("Phường Gia Cẩm", code="07901", parent=district, since=date(2020, 1, 1), until=date(2025, 7, 1))
    session.add(AdminUnitChange(from_unit=old, to_unit=facts.unit, effective=date(2025, 7, 1), kind="whole",
                                is_default=True))
    kept = add_establishment(replace(facts, name="Siêu thị Gia Cẩm", unit=old), by=None, at=AT)
    session.commit()
    page = client.get(f"/establishments?territory={district.id}").text
    assert names(page, {**many, kept.name: kept}) == ["Siêu thị Gia Cẩm"]
    assert "Phường Việt Trì<br>" in page  # shown by today's commune
    assert names(client.get("/establishments?q=thanh+pho+viet").text, {kept.name: kept}) == ["Siêu thị Gia Cẩm"]


def test_somebody_of_one_place_sees_that_place_only(client, person, many):
    local = person(Role.VIEWER, territory=many["Siêu thị Dân"].locations[0].unit)
    page = client.sign_in(local).get("/establishments").text
    assert names(page, many) == ["Siêu thị Dân"]


def test_paging_and_the_number_of_statements(client, clerk, facts, session, count_statements):
    def statements(address):
        with count_statements() as seen:
            assert client.sign_in(clerk).get(address).status_code == 200
        return len(seen)

    for number in range(3):
        add_establishment(replace(facts, name=f"Siêu thị {number}"), by=None, at=AT)
    session.commit()
    few = statements("/establishments?q=sieu")
    for number in range(3, 60):
        add_establishment(replace(facts, name=f"Siêu thị {number}"), by=None, at=AT)
    session.commit()
    assert statements("/establishments?q=sieu") == few <= 8
    first, second = client.get("/establishments").text, client.get("/establishments?page=2").text
    assert first.count('scope="row"') == 50
    assert second.count('scope="row"') == 10
    assert 'rel="next"' in first and 'rel="prev"' in second
    assert client.get("/establishments?page=9").text.count('scope="row"') == 50  # past the end: the first


def test_a_large_register_is_counted_a_little_ahead(client, clerk, many, monkeypatch):
    for name, value in (("PAGE", 1), ("AHEAD", 2), ("LARGE", 4)):
        monkeypatch.setattr(f"retail.queries.register.{name}", value)
    page = client.sign_in(clerk).get("/establishments").text
    assert "Trên 2 cơ sở" in page and "Trang 1</span>" in page and 'rel="next"' in page
    page = client.get("/establishments?page=4").text
    assert "5 cơ sở" in page and "Trang 4 trên 5" in page
    assert "Trên" not in page
    assert 'rel="next"' not in client.get("/establishments?page=5").text


def test_an_empty_register_says_what_to_do(client, clerk, viewer):
    assert "Hãy thêm cơ sở đầu tiên" in client.sign_in(clerk).get("/establishments").text
    assert "Hãy thêm cơ sở đầu tiên" not in client.sign_in(viewer).get("/establishments").text


def test_a_store_account_may_not(client, person):
    assert client.sign_in(person(Role.STORE)).get("/establishments").status_code == 403


def test_in_english(client, clerk, many):
    page = client.sign_in(clerk).get("/establishments?lang=en").text
    assert "5 establishments" in page
    assert "General supermarket" in page


def test_suggestions(client, clerk, viewer, many):
    client.sign_in(clerk)
    centre = many["Trung tâm An"]
    assert client.get("/establishments/suggestions?q=trung&kind=trung_tam_thuong_mai").json == [
        f"{centre.number} · Trung tâm An"]
    assert client.get("/establishments/suggestions?q=t").json == []
    assert client.get("/enterprises/suggestions?q=co+phan").json == ["Công ty Cổ phần Thử (2600123456)"]
    assert client.sign_in(viewer).get("/enterprises/suggestions?q=co").status_code == 403
