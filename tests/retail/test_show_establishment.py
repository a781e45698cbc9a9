from dataclasses import replace
from datetime import date

import zxingcpp

from accounts.permissions import Role
from foundation import qr
from retail.actions import add_establishment, change_establishment, move, set_status
from retail.rules import Kind, Status, store_address
from tests.conftest import AT
from tests.pictures import qr_picture


def test_facts_history_places_and_neighbours(client, clerk, facts, store, session, unit):
    centre = add_establishment(replace(facts, name="Trung tâm Thử", kind=Kind.TRADE_CENTRE, area_m2=31000), by=None,
                               at=AT)
    change_establishment(store, replace(facts, parent=centre, recorded_class=1, note="Ghi chú <b>"), by=clerk, at=AT)
    set_status(store, Status.PAUSED, on=date(2024, 1, 1), reason="Sửa chữa", by=clerk, at=AT)
    move(store, unit("Xã Lâm Thao", code="08431"), "Khu 3", on=date(2025, 8, 1), by=clerk, at=AT)
    session.commit()
    page = client.sign_in(clerk).get(f"/establishments/{store.id}").text
    for words in ("Siêu thị Đồng Xanh", store.number, "2.500 m²", "12.000", "01/05/2021", "Hạng I", "Hạng II",
                  "Hai hạng khác nhau", "Số 1, đường Thử, Phường Việt Trì", "Khu 3, Xã Lâm Thao", "đến 31/12/2023",
                  "Sửa chữa", "Trung tâm Thử", "Đổi tình trạng", "Ghi chú &lt;b&gt;", "Văn thư"):
        assert words in page, words
    assert "Siêu thị Đồng Xanh" in client.get(f"/establishments/{centre.id}").text


def test_its_qr_code_says_its_address(client, clerk, store, app):
    page = client.sign_in(clerk).get(f"/establishments/{store.id}").text
    address = store_address(app.config["PPX_HOST"], store.id)
    assert f'd="{qr.path(address)[1]}"' in page and f"Mã QR của {store.number}" in page
    assert zxingcpp.read_barcode(qr_picture(address)).text == address


def test_below_class_three_it_warns(client, clerk, facts, session):
    small = add_establishment(replace(facts, area_m2=420), by=None, at=AT)
    session.commit()
    page = client.sign_in(clerk).get(f"/establishments/{small.id}").text
    assert "Không đủ tiêu chuẩn hạng III theo Quyết định 1371/2004/QĐ-BTM" in page


def test_a_viewer_reads_but_cannot_edit(client, viewer, store):
    page = client.sign_in(viewer).get(f"/establishments/{store.id}").text
    assert f"/establishments/{store.id}/edit" not in page
    assert "Nhật ký ghi chép" not in page


def test_unknown_or_outside_the_territory_is_not_found(client, clerk, person, store, unit):
    assert client.sign_in(clerk).get("/establishments/999999").status_code == 404
    elsewhere = person(Role.CLERK, territory=unit("Xã Lâm Thao", code="08431"))
    client.sign_in(elsewhere)
    for address in ("", "/edit", "/status", "/move"):
        assert client.get(f"/establishments/{store.id}{address}").status_code == 404
    for address in ("/edit", "/status", "/move"):
        assert client.post(f"/establishments/{store.id}{address}").status_code == 404


def test_statements_do_not_grow_with_neighbours(client, clerk, facts, store, session, count_statements):
    def statements():
        with count_statements() as seen:
            client.sign_in(clerk).get(f"/establishments/{store.id}")
        return len(seen)

    add_establishment(replace(facts, name="Một"), by=None, at=AT)
    session.commit()
    few = statements()
    for number in range(12):
        add_establishment(replace(facts, name=f"Siêu thị {number}"), by=None, at=AT)
    session.commit()
    assert statements() == few
