"""The landing page."""

import pytest
from flask import url_for

from accounts.permissions import Role


def test_a_visitor_sees_what_this_is_and_how_far_it_reaches(client, establishment, commune, sheet):
    sheet(establishment(at=commune()), 90)
    establishment(at=commune())
    page = client.get("/")
    assert page.status_code == 200
    for words in ("Tra cứu giấy chứng nhận", "Cơ sở phân phối được chứng nhận", ">1<small>/2</small>", "50,0\u00a0%",
                  "tính đến 24/11/2026"):
        assert words in page.text, words
    assert 'action="/v"' in page.text


def test_it_speaks_english(client, province):
    page = client.get("/?lang=en").text
    assert "Check a certificate" in page and 'lang="en"' in page


def test_an_empty_installation_shows_no_figure(client, session):
    page = client.get("/")
    assert page.status_code == 200 and "Độ bao phủ hôm nay" not in page.text


def test_nothing_about_single_stores_is_public(client, establishment, commune):
    establishment("Siêu thị Riêng", at=commune())
    assert "Siêu thị Riêng" not in client.get("/").text


@pytest.mark.parametrize("roles, endpoints", [
    ([Role.LEAD], ["surveys.list_visits"]), ([Role.INSPECTOR], ["surveys.list_visits"]),
    ([Role.REVIEWER], ["certification.list_reviews"]), ([Role.DECIDER], ["certification.list_applications"]),
    ([Role.CLERK], ["certification.list_applications"]), ([Role.ADMIN], ["progress.show_coverage"]),
    ([Role.VIEWER], ["progress.show_coverage"]),
    ([Role.STORE], ["certification.show_store_home", "accounts.show_account"]),
    ([Role.VIEWER, Role.REVIEWER], ["certification.list_reviews", "progress.show_coverage"]),
])
def test_who_is_signed_in_goes_to_their_first_page(app, client, person, roles, endpoints):
    page = next((name for name in endpoints if name in app.view_functions), None)
    if page is None:
        pytest.skip("that page does not exist yet")
    answer = client.sign_in(person(*roles)).get("/")
    with app.test_request_context():
        assert answer.status_code == 302 and answer.location == url_for(page)
