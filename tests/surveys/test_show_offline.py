"""What the tablet needs to work without a network is served: the worker, the manifest, the page of last resort."""

from foundation.release import app_version


def test_the_worker_stands_at_the_root(client):
    answer = client.get("/worker.js")
    assert answer.mimetype == "text/javascript" and answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; connect-src 'self'"


def test_the_manifest_names_icons_that_exist(client):
    answer = client.get("/app.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    assert answer.json["start_url"] == "/visits" and answer.json["display"] == "standalone"
    assert {icon["purpose"] for icon in answer.json["icons"]} == {"any", "maskable"}
    for icon in answer.json["icons"]:
        picture = client.get(icon["src"])
        assert picture.mimetype == "image/png" and len(picture.data) < 8000


def test_the_page_of_last_resort_says_what_to_do(client):
    page = client.get("/offline").text
    assert "Trang này chưa có trên máy" in page and 'href="/visits"' in page


def test_every_answer_says_whose_it_is(client, inspector):
    assert client.get("/offline").headers["X-PPX"] == app_version()
    assert "X-PPX-Person" not in client.get("/offline").headers
    assert client.sign_in(inspector).get("/visits").headers["X-PPX-Person"] == str(inspector.id)
