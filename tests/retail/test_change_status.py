from datetime import date

from retail.rules import Status


def test_close_and_reopen(client, clerk, store):
    client.sign_in(clerk)
    address = f"/establishments/{store.id}/status"
    answer = client.post(address, data={"status": "closed", "on": "01/02/2026", "reason": "Hết hợp đồng"})
    assert answer.status_code == 302
    assert "“Đã đóng cửa” từ 01/02/2026" in client.get(answer.location).text
    assert store.status_on(date(2026, 1, 31)) == Status.OPERATING
    assert client.post(address, data={"status": "operating", "on": "01/03/2026", "reason": "Mở lại"}).status_code == 302
    assert store.status_on(date(2026, 3, 1)) == Status.OPERATING


def test_what_is_wrong_is_told(client, clerk, store):
    client.sign_in(clerk)
    address = f"/establishments/{store.id}/status"
    early = client.post(address, data={"status": "closed", "on": "30/04/2021", "reason": "Hết hợp đồng"})
    assert early.status_code == 422
    assert "Thay đổi gần nhất là ngày 01/05/2021." in early.text
    assert "Hết hợp đồng</textarea>" in early.text
    nothing = client.post(address, data={"on": ""})
    for words in ("Hãy chọn một mục.", "Hãy ghi ngày.", "Hãy ghi lý do."):
        assert words in nothing.text
    assert "Quá một năm tới" in client.post(address, data={
        "status": "closed", "on": "01/02/2062", "reason": "x"}).text
    assert client.post(address, data={"status": "operating", "on": "01/02/2026", "reason": "x"}).status_code == 422


def test_a_viewer_may_not(client, viewer, store):
    assert client.sign_in(viewer).post(f"/establishments/{store.id}/status").status_code == 403
