"""What a shopper sees behind a code: every state in words, every printed fact, nobody's personal data."""

import gzip
from datetime import timedelta

import pytest

from certification.models import CertificateEvent
from certification.rules import EventKind
from foundation import clock
from foundation.i18n import moment
from foundation.limits import Counter

from .test_printing import FACTS

TODAY = clock.today()


@pytest.fixture(autouse=True)
def forget_pages(app):
    """Rolled-back tests use the same ids again; a real database never does."""
    app.wsgi_app.pages.clear()


@pytest.fixture
def issued(certificate):
    """Make a certificate whose facts are FACTS; `start` and `end` are days from today."""

    def make(code="7K3M9QXWTRA", *, start=-30, end=1000, **facts):
        return certificate(code=code, valid_from=TODAY + timedelta(start), valid_until=TODAY + timedelta(end),
                           facts={**FACTS, "legal_basis": ["Căn cứ …;"], **facts})

    return make


def happen(session, certificate, kind, *, days=-3, successor=None, by):
    session.add(CertificateEvent(certificate=certificate, kind=kind, effective_on=TODAY + timedelta(days),
                                 reasons="Lý do nội bộ", successor=successor, decider=by, decided_at=clock.now()))
    session.commit()


def test_a_valid_one_shows_every_printed_fact(client, issued):
    page = client.get(f"/v/{issued().code}").get_data(as_text=True)
    assert "<h1>Đang có hiệu lực</h1>" in page
    printed = [FACTS[key] for key in ("number", "name", "legal_entity", "tax_code", "type_class", "address", "scope",
                                      "address_old", "criteria", "decision_number", "certifier", "place")]
    for fact in [*printed, "02/12/2026", "05/12/2026", "04/12/2029", "Giám đốc", "2 (Tốt)", "Căn cứ …;"]:
        assert fact in page


@pytest.mark.parametrize("typed", ["7k3m9qxwtra", "7K3M-9QXW-TRA", "7k3m 9qxw tra", "7K3M9QXWTRA"])
def test_any_way_of_writing_the_code(client, issued, typed):
    issued()
    assert client.get(f"/v/{typed}").status_code == 200
    assert client.get(f"/V/{typed}").status_code == 200


@pytest.mark.parametrize(("kind", "title"), [
    (EventKind.SUSPENDED, "Tạm đình chỉ"), (EventKind.WITHDRAWN, "Đã bị thu hồi"),
    (EventKind.TERMINATED, "Đã chấm dứt theo đề nghị của cơ sở"),
])
def test_what_happened_shows_at_once(client, session, issued, person, kind, title):
    certificate = issued()
    client.get(f"/v/{certificate.code}")
    happen(session, certificate, kind, by=person())
    page = client.get(f"/v/{certificate.code}").get_data(as_text=True)
    assert f"<h1>{title}</h1>" in page
    assert "Lý do nội bộ" not in page


def test_a_replaced_one_leads_to_the_newer(client, session, issued, person):
    old, new = issued(), issued("8K3M9QXWTRA", number="0018/2026/GCN-SCT")
    happen(session, old, EventKind.SUPERSEDED, successor=new, by=person())
    page = client.get(f"/v/{old.code}").get_data(as_text=True)
    assert "<h1>Đã được thay thế</h1>" in page and "/v/8K3M9QXWTRA" in page and "0018/2026/GCN-SCT" in page


@pytest.mark.parametrize(("start", "end", "title"), [(-900, -1, "Đã hết hạn"), (5, 900, "Chưa có hiệu lực")])
def test_before_and_after_its_term(client, issued, start, end, title):
    assert f"<h1>{title}</h1>" in client.get(f"/v/{issued(start=start, end=end).code}").get_data(as_text=True)


@pytest.mark.parametrize(("code", "title"), [
    ("9K3M9QXWTRA", "Không tìm thấy mã này"), ("KHONGPHAIMA0", "Mã sai dạng"), ("<b>", "Mã sai dạng"),
])
def test_a_code_that_stands_for_nothing(client, session, code, title):
    answer = client.get("/v/" + code)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert f"<h1>{title}</h1>" in page and "<b><b>" not in page


def test_english(client, issued):
    page = client.get(f"/v/{issued().code}?lang=en").get_data(as_text=True)
    assert "<h1>Valid</h1>" in page and "2 (Good)" in page and "General supermarket, class II" in page


def test_one_statement_no_cookie_and_light(client, issued, count_statements):
    code = issued().code
    for _made_and_kept in range(2):
        with count_statements() as seen:
            answer = client.get(f"/v/{code}")
        assert len(seen) == 1, seen
    assert "Set-Cookie" not in answer.headers
    assert "max-age=30" in answer.headers["Cache-Control"]
    style = client.get("/static/css/ppx.css").get_data()
    assert len(gzip.compress(answer.get_data())) + len(gzip.compress(style)) < 14 * 1024


def test_a_kept_page_tells_its_own_moment(client, issued, monkeypatch):
    code = issued().code
    first = client.get(f"/v/{code}")
    later = clock.now() + timedelta(hours=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    again = client.get(f"/v/{code}")
    assert moment(later) in again.get_data(as_text=True) and moment(later) not in first.get_data(as_text=True)
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert int(again.headers["Content-Length"]) == len(again.get_data())


def test_too_many_from_one_address_are_told_to_wait(app, client, issued, monkeypatch):
    code = issued().code
    monkeypatch.setitem(app.config, "LIMITED", True)
    monkeypatch.setitem(app.extensions, "limits", Counter("memory://"))
    answers = [client.get(f"/v/{code}") for _ in range(121)]
    assert [a.status_code for a in answers] == [200] * 120 + [429]
    assert int(answers[-1].headers["Retry-After"]) <= 60


def test_the_box_for_a_typed_code(client, session):
    assert client.get("/v?code=7k3m-9qxw-tra").location == "/v/7k3m-9qxw-tra"


def test_the_list_of_the_certified(client, session, issued, person):
    first = issued()
    second = issued("8K3M9QXWTRA", name="Siêu thị Đã Thu Hồi")
    happen(session, second, EventKind.WITHDRAWN, by=person())
    page = client.get("/certified").get_data(as_text=True)
    assert FACTS["name"] in page and "Siêu thị Đã Thu Hồi" not in page
    assert client.get("/certified?q=khong co dau nao").get_data(as_text=True).count("/v/") == 0
    assert first.code in client.get("/certified?kind=sieu_thi_tong_hop&level=2").get_data(as_text=True)
    assert first.code not in client.get("/certified?level=3").get_data(as_text=True)


def test_the_list_as_a_table(client, issued):
    issued(name="=HYPERLINK(1)")
    answer = client.get("/certified.csv")
    text = answer.get_data().decode("utf-8-sig")
    assert answer.get_data().startswith(b"\xef\xbb\xbf")
    assert "'=HYPERLINK(1)" in text and "0007/2026/GCN-SCT" in text


def test_the_list_takes_one_statement_however_long(client, issued, count_statements):
    for n in range(2, 6):
        issued(f"{n}K3M9QXWTRA")
    with count_statements() as seen:
        client.get("/certified")
    assert len(seen) == 1


