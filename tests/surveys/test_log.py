"""What the tablet noted, sealed with its record: shown in words on the record and in the review."""

import uuid

import pytest

from accounts.permissions import Role
from tests.surveys.door import body_of, photos, put, send_all

pytestmark = pytest.mark.usefixtures("frozen")
LOG = [{"at": "2026-11-24T04:02:00Z", "path": "answers.A6.numerator", "old": "40", "new": "45"},
       {"at": "2026-11-24T04:05:00Z", "path": "lines.P01.N.purchased", "old": None, "new": "6000"}]


def hand_in(client, visit, document, log):
    """A complete survey whose record holds this log."""
    files, manifest = photos("P01", "P04")
    survey_id = str(uuid.uuid4())
    body = body_of(visit, document, manifest, submit=True, device={"app": "1", "log": log})
    send_all(client, put(client, survey_id, body), files)
    return survey_id


def test_the_record_and_the_review_show_it(client, visit, document, inspector, person):
    survey_id = hand_in(client.sign_in(inspector), visit, document, LOG)
    client.sign_in(person(Role.REVIEWER))
    for address in (f"/surveys/{survey_id}", f"/reviews/{survey_id}"):
        page = client.get(address).text
        for words in ("Máy ghi 2 thay đổi", "từ 24/11/2026 11:02 đến 24/11/2026 11:05", "11:02", "A6 tử số",
                      "P01 N mua vào", "6.000"):
            assert words in page


@pytest.mark.parametrize("log", [None, "x", [], {"a": 1}, [None, 7, {"path": "<b>"}]])
def test_whatever_stands_there_breaks_no_page(client, visit, document, inspector, log):
    survey_id = hand_in(client.sign_in(inspector), visit, document, log)
    page = client.get(f"/surveys/{survey_id}")
    assert page.status_code == 200 and "<b>:" not in page.text
