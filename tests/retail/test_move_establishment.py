from datetime import date


def test_the_old_place_stays_known(client, clerk, store, unit):
    new = unit("Xã Lâm Thao", code="08431")
    answer = client.sign_in(clerk).post(f"/establishments/{store.id}/move", data={
        "on": "01/02/2026", "unit": str(new.id), "address": "Khu 3"})
    assert answer.status_code == 302
    assert store.location_on(date(2026, 1, 31)).text == "Số 1, đường Thử, Phường Việt Trì"
    assert store.location_on(date(2026, 2, 1)).text == "Khu 3, Xã Lâm Thao"


def test_what_is_wrong_is_told(client, clerk, store):
    answer = client.sign_in(clerk).post(f"/establishments/{store.id}/move", data={
        "on": "01/02/2020", "unit": str(store.locations[0].unit_id), "address": "Khu 3"})
    assert answer.status_code == 422
    assert "Thay đổi gần nhất là ngày 01/05/2021." in answer.text
    assert 'value="Khu 3"' in answer.text
