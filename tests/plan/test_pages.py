from datetime import date

import pytest

from accounts.permissions import Role
from plan.actions import add_activity, load_defaults
from plan.models import Activity, Target
from plan.queries import find_threshold, list_targets
from plan.rules import ActivityKind
from tests.conftest import AT


@pytest.fixture
def clerk(person):
    return person(Role.CLERK, name="Văn thư")


@pytest.fixture
def defaults(session):
    load_defaults(at=AT)
    session.commit()


def test_show_plan(client, clerk, person, defaults):
    page = client.sign_in(clerk).get("/plan").text
    for words in ("85\u00a0%", "31/12/2025", "mốc của kế hoạch", "97\u00a0%", "2030", "95\u00a0%", "năm nay",
                  "Thêm năm"):
        assert words in page, words
    page = client.sign_in(person(Role.VIEWER)).get("/plan").text
    assert "Thêm năm" not in page
    assert client.sign_in(person(Role.STORE)).get("/plan").status_code == 403


def test_an_empty_plan_says_so(client, clerk):
    page = client.sign_in(clerk).get("/plan").text
    assert "Chưa có chỉ tiêu" in page
    assert "Chưa có ngưỡng" in page


def test_edit_target(client, clerk, person, defaults):
    page = client.sign_in(clerk).get("/plan/targets/edit?due=2027-12-31").text
    assert 'value="31/12/2027"' in page and 'value="91,00"' in page
    answer = client.post("/plan/targets/edit", data={"due": "31/12/2027", "value": "92,5", "legal_basis": "QĐ 1"})
    assert answer.status_code == 302
    assert next(t for t in list_targets() if t.due == date(2027, 12, 31)).value * 10 == 925
    answer = client.post("/plan/targets/edit", data={"due": "", "value": "101"})
    assert answer.status_code == 422
    assert "Hãy ghi ngày." in answer.text and "Từ 0 đến 100 phần trăm." in answer.text
    assert client.sign_in(person(Role.VIEWER)).post("/plan/targets/edit").status_code == 403


def test_remove_target(client, clerk, defaults, session):
    promise, guess = list_targets()[:2]
    client.sign_in(clerk)
    assert client.post(f"/plan/targets/{guess.id}/remove").status_code == 302
    assert client.post(f"/plan/targets/{guess.id}/remove").status_code == 404
    answer = client.post(f"/plan/targets/{promise.id}/remove")
    assert answer.status_code == 409
    assert "Kế hoạch đặt ra chỉ tiêu này." in answer.text
    assert session.query(Target).count() == 5


def test_edit_threshold(client, clerk, defaults):
    page = client.sign_in(clerk).get("/plan/thresholds/edit?year=2025").text
    assert 'value="2025"' in page and "Năm 2025 đã qua" in page
    past = {"year": "2025", "share": "55", "legal_basis": "QĐ 1"}
    answer = client.post("/plan/thresholds/edit?year=2025", data=past)
    assert answer.status_code == 422
    assert "Hãy ghi lý do." in answer.text and 'value="55"' in answer.text
    assert client.post("/plan/thresholds/edit", data={**past, "reason": "Quyết định mới"}).status_code == 302
    assert find_threshold(2025).share == 55
    for bad in ("1999", "2026,5", "x", ""):
        assert client.post("/plan/thresholds/edit", data={**past, "year": bad}).status_code == 422


def test_add_activity(client, clerk, person, establishment, session):
    store, adviser = establishment("Siêu thị Một"), person(Role.INSPECTOR, name="Cán bộ Hướng dẫn")
    page = client.sign_in(clerk).get(f"/activities/new?establishment={store.id}").text
    assert f"{store.number} · Siêu thị Một" in page
    assert "Người hướng dẫn không tham gia đánh giá" in page
    data = {"establishment": store.number, "kind": "guidance", "held_on": "14/05/2025", "people": [str(adviser.id)],
            "note": "Túi dùng nhiều lần"}
    answer = client.post("/activities/new", data=data)
    assert answer.status_code == 302
    page = client.get(answer.location).text
    for words in ("14/05/2025", "Cán bộ Hướng dẫn", "Túi dùng nhiều lần", "Đã ghi hoạt động."):
        assert words in page


@pytest.mark.parametrize("change, words", [
    ({"establishment": "không có"}, "Không tìm thấy cơ sở nào"),
    ({"establishment": "sieu thi"}, "Tìm thấy nhiều cơ sở"),
    ({"establishment": ""}, "Hãy ghi cơ sở."), ({"held_on": "14/05/2090"}, "Ngày này ở tương lai."),
    ({"people": []}, "Hãy chọn người hướng dẫn."), ({"people": ["999999"]}, "Hãy chọn một mục trong danh sách."),
    ({"people": ["x"]}, "Hãy chọn một mục trong danh sách."), ({"kind": "x"}, "Hãy chọn một mục trong danh sách."),
])
def test_a_bad_activity_is_told(client, clerk, establishment, session, change, words):
    store = establishment("Siêu thị Một")
    establishment("Siêu thị Hai")
    data = {"establishment": store.number, "kind": "guidance", "held_on": "14/05/2025", "people": [str(clerk.id)],
            "note": "Túi dùng nhiều lần", **change}
    answer = client.sign_in(clerk).post("/activities/new", data=data)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Túi dùng nhiều lần</textarea>" in answer.text
    assert session.query(Activity).count() == 0


def test_activities_within_the_territory_only(client, person, establishment, unit, session, count_statements):
    here, there = unit(), unit("Xã Lâm Thao", code="08431")
    near, far = establishment("Siêu thị Gần", at=here), establishment("Siêu thị Xa", at=there)
    local = person(Role.CLERK, territory=here)
    for store in (near, far):
        add_activity(kind=ActivityKind.GUIDANCE, establishment=store, held_on=date(2025, 5, 14), people=[local],
                     by=None, at=AT)
    session.commit()
    page = client.sign_in(local).get("/activities").text
    assert "Siêu thị Gần" in page and "Siêu thị Xa" not in page
    for address in (f"/activities?establishment={far.id}", f"/activities/new?establishment={far.id}"):
        assert client.get(address).status_code == 404
    answer = client.post("/activities/new", data={"establishment": far.number, "kind": "guidance",
                                                  "held_on": "14/05/2025", "people": [str(local.id)]})
    assert "Không tìm thấy cơ sở nào" in answer.text
    with count_statements() as few:
        client.get("/activities")
    for number in range(6):
        add_activity(kind=ActivityKind.GUIDANCE, establishment=near, held_on=date(2025, 5, 1 + number), people=[local],
                     by=None, at=AT)
    session.commit()
    with count_statements() as many:
        client.get("/activities")
    assert len(many) == len(few) <= 6


def test_no_activity_says_so(client, clerk):
    assert "Chưa ghi hoạt động hướng dẫn nào." in client.sign_in(clerk).get("/activities").text
