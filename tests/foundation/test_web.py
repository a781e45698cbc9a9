import brotli
import html5lib
import pytest
from flask import request

from foundation import web
from foundation.config import ROOT
from foundation.db import db
from tests.conftest import build_schema


def test_every_answer_carries_the_headers(house):
    for path in ("/sign-in", "/no-such-page", "/fail/500", "/static/icons/mark.svg",
                 "/static/js/survey/photo-worker.js"):
        headers = house.test_client().get(path).headers
        policy = headers["Content-Security-Policy"]
        for part in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'",
                     "base-uri 'none'", "frame-ancestors 'none'"):
            assert part in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "microphone=()" in headers["Permissions-Policy"]
        assert headers["X-Request-Id"]
        assert "Strict-Transport-Security" not in headers


def test_parts_of_a_page_are_light(house):
    """Sixty scripts to a page obey the policy of the page: each says only that it is what it says."""
    headers = house.test_client().get("/static/css/ppx.css?v=1").headers
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Content-Security-Policy" not in headers and "X-Request-Id" not in headers
    assert "immutable" in headers["Cache-Control"]


def test_what_scripts_are_told_is_data(house):
    headers = house.test_client().get("/api/keys").headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Cache-Control"] == "no-store"
    assert headers["X-Request-Id"] and "Permissions-Policy" not in headers


def test_text_is_compressed_once_and_photos_never(house):
    client = house.test_client()
    page = client.get("/sign-in", headers={"Accept-Encoding": "br, gzip"})
    assert page.headers["Content-Encoding"] == "br"
    assert client.get("/sign-in", headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/sign-in").headers
    sheet = client.get("/static/css/ppx.css?v=1", headers={"Accept-Encoding": "br"})
    assert sheet.headers["Content-Encoding"] == "br" and "Accept-Encoding" in sheet.headers["Vary"]
    assert brotli.decompress(sheet.data) == (ROOT / "static" / "css" / "ppx.css").read_bytes()
    icon = client.get("/static/icons/app-512.png?v=1", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in icon.headers


def test_pages_are_not_kept_but_named_assets_are(house):
    client = house.test_client()
    page = client.get("/sign-in")
    assert page.headers["Cache-Control"] == "no-store"
    address = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    assert client.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_each_answer_has_its_own_nonce(house):
    with house.test_request_context("/"):
        first = web.nonce()
        assert f"'nonce-{first}'" in web.content_policy()
        assert web.nonce() == first
    with house.test_request_context("/"):
        assert "nonce" not in web.content_policy()
        assert web.nonce() != first


ADVICE = {
    400: ("Không đọc được yêu cầu", "This request cannot be read"), 401: ("Hãy đăng nhập", "Sign in first"),
    403: ("Bạn không được phép", "You may not do this"), 404: ("Không tìm thấy", "Not found"),
    405: ("", "This address does not take that request"), 409: ("", "This cannot be done now"),
    413: ("Tệp quá lớn", "The file is too large"), 422: ("Có mục cần sửa", "Some entries need correcting"),
    429: ("Quá nhiều yêu cầu", "Too many requests"), 500: ("Hệ thống gặp lỗi", "Something went wrong on our side"),
}


@pytest.mark.parametrize("status", ADVICE)
def test_failures_say_what_to_do_in_both_languages(house, status):
    client = house.test_client()
    for language, words in zip(("vi", "en"), ADVICE[status], strict=True):
        page = client.get(f"/fail/{status}?lang={language}")
        assert page.status_code == status
        assert words in page.text
        assert f'lang="{language}"' in page.text
        assert 'href="/"' in page.text
        assert "Traceback" not in page.text
        assert "secret detail" not in page.text
        html5lib.HTMLParser(strict=True).parse(page.text)
        if status == 500:
            assert page.headers["X-Request-Id"] in page.text
        if status == 401:
            assert 'href="/sign-in"' in page.text


@pytest.mark.parametrize("status", ADVICE)
def test_scripts_get_json(house, status):
    answer = house.test_client().get(f"/api/fail/{status}?lang=en")
    assert answer.status_code == status
    assert answer.json["error"]
    assert answer.json["fields"] == {}


@pytest.mark.parametrize(("name", "status"), [("forbidden", 403), ("missing", 404), ("broken", 409), ("invalid", 422)])
def test_our_own_failures_keep_their_words(house, name, status):
    page = house.test_client().get(f"/error/{name}")
    assert page.status_code == status
    script = house.test_client().get(f"/api/error/{name}")
    assert script.status_code == status
    assert script.json["error"] in page.text
    assert script.json["fields"] == ({"name": "Hãy viết tên."} if name == "invalid" else {})


def test_the_method_that_is_taken_is_told(house):
    answer = house.test_client().get("/sign-out")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/read", "/api/read"])
def test_bodies_are_bounded(house, monkeypatch, path):
    monkeypatch.setitem(house.config, "MAX_CONTENT_LENGTH", 1000)
    monkeypatch.setitem(house.config, "MAX_FORM_MEMORY_SIZE", 500)
    monkeypatch.setitem(house.config, "MAX_FORM_PARTS", 5)
    client = house.test_client()
    assert client.post(path, data={"a": "b"}).status_code == 200
    for data, kind in (({"a": "x" * 2000}, None), ({"a": "x" * 600}, "multipart/form-data"),
                       ({str(n): "1" for n in range(9)}, "multipart/form-data")):
        answer = client.post(path, data=data, content_type=kind)
        assert answer.status_code == 413
        assert answer.json["error"] if "/api/" in path else "Tệp quá lớn" in answer.text


def test_limits_of_this_installation(house):
    assert house.config["MAX_CONTENT_LENGTH"] == 32 * 2**20
    assert house.config["MAX_FORM_MEMORY_SIZE"] <= 4 * 2**20
    assert house.config["MAX_FORM_PARTS"] <= 5000


def test_a_failing_error_page_is_still_a_page(house, monkeypatch):
    monkeypatch.setattr(web, "render_template", lambda *a, **k: 1 / 0)
    monkeypatch.setattr(db.session, "rollback", lambda: 1 / 0)
    page = house.test_client().get("/fail/500")
    assert page.status_code == 500
    assert "Hệ thống không trả lời được" in page.text
    assert page.headers["X-Request-Id"] in page.text
    html5lib.HTMLParser(strict=True).parse(page.text)


def test_only_named_vendor_files_are_served(house):
    assert house.test_client().get("/vendor/signature_pad.js").mimetype == "text/javascript"
    for name in ("package.json", "../app.py", "..%2fapp.py"):
        assert house.test_client().get(f"/vendor/{name}").status_code == 404


def test_production_cookies_and_transport(production):
    answer = production().test_client().get("/sign-in?lang=en", base_url="https://ppx.vidu.vn")
    assert answer.status_code == 200
    cookies = {cookie.split("=")[0]: cookie for cookie in answer.headers.getlist("Set-Cookie")}
    session = cookies["__Host-session"]
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in session
    assert "Domain" not in session
    assert "Secure" in cookies["lang"]
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.parametrize("host", ["xau.example", "ppx.vidu.vn.xau.example", "127.0.0.1", "ppx.vidu.vn@xau.example"])
def test_other_hosts_are_refused_in_production(production, host):
    answer = production().test_client().get("/sign-in", headers={"Host": host}, base_url="https://ppx.vidu.vn")
    assert answer.status_code == 400
    assert host not in answer.text


def test_proxies_are_believed_only_as_far_as_they_are_trusted(production):
    headers = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Proto": "https", "Host": "ppx.vidu.vn",
               "X-Forwarded-Host": "xau.example"}
    for count, address, scheme in (("0", "127.0.0.1", "http"), ("1", "198.51.100.7", "https")):
        app = production(PPX_PROXIES=count)
        seen = []
        app.before_request(lambda seen=seen: seen.append((request.remote_addr, request.scheme, request.host)))
        assert app.test_client().get("/sign-in", headers=headers).status_code == 200
        assert seen == [(address, scheme, "ppx.vidu.vn")]


def test_no_host_check_while_developing(house):
    assert house.config["TRUSTED_HOSTS"] is None
    assert house.test_client().get("/sign-in", headers={"Host": "192.168.1.7:8000"}).status_code == 200


def test_a_form_needs_its_token_and_its_own_site_in_production(production):
    app = production()
    with app.app_context():
        build_schema()
    client, site = app.test_client(), "https://ppx.vidu.vn"
    token = client.get("/sign-in", base_url=site).text.split('name="csrf_token" value="')[1].split('"')[0]
    typed = {"email": "a@vidu.vn", "password": "sai hẳn rồi", "csrf_token": token}
    for data, referer, status in ((typed, f"{site}/sign-in", 422), (typed, "https://xau.example/", 400),
                                  ({**typed, "csrf_token": "made up"}, f"{site}/sign-in", 400)):
        answer = client.post("/sign-in", data=data, base_url=site, headers={"Referer": referer})
        assert answer.status_code == status
