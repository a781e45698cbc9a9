"""Receipts: the team's page, and what the store sees behind its code."""

import uuid
from datetime import timedelta

import pytest

from foundation import clock
from surveys.queries import find_receipt, receipt_number
from tests.conftest import AT
from tests.surveys.door import body_of, photos, put, send_all

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def sealed(client, inspector, visit, document):
    """Seal a record with two photos to come: (client, answer, its files)."""
    files, manifest = photos("P01", "P04")
    client.sign_in(inspector)

    def seal(score=None, sent_at=AT):
        name = str(uuid.uuid4())
        sent = body_of(visit, document, manifest, submit=True, device={"app": "1", "score": score})
        return name, put(client, name, sent, **{"X-Sent-At": sent_at.isoformat()}), files

    return seal


def test_the_team_sees_what_arrived_and_what_is_on_its_way(client, sealed):
    name, answer, files = sealed()
    page = client.get(f"/surveys/{name}/receipt").text
    number = f"BN-2026-{name.replace('-', '')[:10].upper()}"
    for text in (number, "10:00:00, 24/11/2026", "0/2, khớp mã băm SHA-256", "2/2", "24/12/2026", name, "Ed25519 · "):
        assert text in page, text
    assert "Đang nhận: 0/2 tệp" in page
    send_all(client, answer, files)
    page = client.get(f"/surveys/{name}/receipt").text
    assert "Máy chủ đã nhận đủ" in page and "2/2, khớp mã băm SHA-256" in page
    assert client.get(f"/surveys/{name}/edit").location.endswith("/receipt")


def test_a_draft_has_no_receipt(client, inspector, survey):
    assert client.sign_in(inspector).get(f"/surveys/{survey.id}/receipt").location.endswith("/edit")


def test_the_store_sees_counts_and_the_hash_but_nothing_said(app, client, sealed, session):
    name, answer, files = sealed()
    number = receipt_number(find_receipt(f"BN-2026-{name[:8]}{name[9:11]}"))
    stranger = app.test_client()
    for address in (f"/r/{number}", f"/R/{number}", f"/r/{number.lower()}"):
        page = stranger.get(address)
        assert page.status_code == 200 and "còn tệp đang gửi" in page.text
    send_all(client, answer, files)
    page = stranger.get(f"/r/{number}?lang=en").text
    assert "The survey was received" in page and "2/2" in page and "10:00:00, 24/11/2026" in page
    for secret in ("Nguyễn Thị Khảo Sát", "Xem hồ sơ", "Kế toán kho", "Dòng một", "Trưởng đoàn", name):
        assert secret not in page, secret


@pytest.mark.parametrize("number", ["BN-2026-0123456789", "x", "BN-2026-012345678Z", "%00", "BN-2025-{}"])
def test_a_number_of_nothing_is_404(app, sealed, number):
    name, _answer, _files = sealed()
    asked = number.format(name.replace("-", "")[:10])
    page = app.test_client().get(f"/r/{asked}")
    assert page.status_code == 404 and "Không có biên nhận này" in page.text


def test_a_draft_answers_to_no_number(app, survey):
    assert app.test_client().get(f"/r/BN-2026-{survey.id.replace('-', '')[:10]}").status_code == 404


def test_a_score_the_tablet_had_otherwise_is_shown_line_by_line(client, sealed):
    name, answer, files = sealed()
    right = send_all(client, answer, files).json["score"]
    assert "trên máy" not in client.get(f"/surveys/{name}").text
    wrong = {**right, "total": "1.00", "groups": [{**right["groups"][0], "score": "2.00"}, *right["groups"][1:]]}
    other, _answer, _files = sealed(wrong)
    for page in (client.get(f"/surveys/{other}").text, client.get(f"/surveys/{other}/receipt").text):
        assert "1,00" in page
    page = client.get(f"/surveys/{other}").text
    assert "A: 2,00 trên máy" in page and "Điểm trên máy 1,00" in page


@pytest.mark.parametrize("score", [[], "x", {"total": None}, {"groups": [5, {"criteria": 7}]}, {"total": {"a": 1}}])
def test_an_odd_score_of_the_tablet_breaks_nothing(client, sealed, score):
    name, _answer, _files = sealed(score)
    assert client.get(f"/surveys/{name}").status_code == 200
    assert client.get(f"/surveys/{name}/receipt").status_code == 200


@pytest.mark.parametrize(("off", "words"), [
    (timedelta(days=1, hours=3), "+1 ngày 3 giờ"), (-timedelta(minutes=6), "−6 phút"), (timedelta(minutes=4), None)])
def test_a_clock_that_was_off_is_told(client, sealed, off, words):
    name, _answer, _files = sealed(sent_at=clock.now() + off)
    page = client.get(f"/surveys/{name}").text
    assert (words in page and "Đồng hồ của máy lệch" in page) if words else "Đồng hồ của máy lệch" not in page


def test_lists_show_how_far_a_record_has_arrived(client, sealed, visit, count_statements):
    sealed()
    for address in ("/surveys", f"/visits/{visit.id}", "/visits"):
        assert "Đang nhận: 0/2 tệp" in client.get(address).text, address
    assert "Đang nhận" in client.get("/surveys?state=arriving").text


def test_answers_are_counted_in_one_way(app, client, sealed, visit, document, inspector):
    """On the form, on the page of the visit, on both receipts: what is measured nobody answers, a note is no answer."""
    code = next(iter(document["answers"]))
    asked = len(document["answers"])
    part = {**document, "answers": {**document["answers"], code: {"note": "xem lại"}}, "signatures": {}}
    draft = str(uuid.uuid4())
    put(client, draft, body_of(visit, part))
    form = client.get(f"/surveys/{draft}/edit").text
    assert f"<span data-answered>{asked - 1}</span>/{asked} " in form
    assert f"{asked - 1}/{asked}" in client.get(f"/visits/{visit.id}").text
    name, answer, files = sealed()
    send_all(client, answer, files)
    public = app.test_client().get(f"/r/BN-2026-{name.replace('-', '')[:10]}").text
    for page in (client.get(f"/surveys/{name}/receipt").text, public):
        assert f"<dt>Câu trả lời</dt><dd>{asked}/{asked}</dd>" in page


def test_the_tablets_points_are_written_as_everywhere(client, sealed):
    name, _answer, _files = sealed({"total": "88.50"})
    for language, points in (("vi", "88,50"), ("en", "88.50")):
        assert f"<dd>{points}</dd>" in client.get(f"/surveys/{name}/receipt?lang={language}").text
