"""Drafts as a tablet sends them: whole each time, never over what another has said since."""



from foundation.audit import AuditEntry
from surveys.actions import save_survey
from surveys.models import Answer, Survey
from surveys.queries import document_of
from tests.conftest import AT
from tests.surveys.door import COPY, OTHER, body_of, find, photos, put, send


def test_a_new_draft_is_201_and_the_same_again_writes_nothing(tablet, visit, document, name, session):
    sent = body_of(visit, document)
    first = put(tablet, name, sent)
    assert first.status_code == 201
    assert {**first.json, "received_at": "", "saved_at": ""} == {
        "id": name, "revision": 1, "state": "draft", "lacks": [], "received_at": "", "saved_at": ""}
    entries = session.query(AuditEntry).count()
    again = put(tablet, name, sent)
    assert again.status_code == 200 and again.json["revision"] == 1
    assert session.query(AuditEntry).count() == entries and session.query(Survey).count() == 1
    assert document_of(find(session, name)) == document and session.query(Answer).count() == 0


def test_a_draft_is_whole_what_it_leaves_out_is_empty(tablet, visit, document, name, session):
    put(tablet, name, body_of(visit, document))
    put(tablet, name, body_of(visit, {"remarks": "chỉ còn thế này"}, revision=1))
    kept = document_of(find(session, name))
    assert kept["remarks"] == "chỉ còn thế này" and kept["answers"] == {} and kept["receipts"] is None


def test_a_stale_draft_is_409_with_what_stands(tablet, visit, name):
    files, manifest = photos("P01")
    put(tablet, name, body_of(visit, {"remarks": "một"}, manifest, copy=OTHER))
    stale = put(tablet, name, body_of(visit, {"remarks": "hai"}))
    assert stale.status_code == 409 and stale.json["error"] and stale.json["revision"] == 1
    assert stale.json["current"]["remarks"] == "một" and stale.json["evidence"][0]["id"] == manifest[0]["id"]
    assert stale.json["evidence"][0]["has_file"] is False
    mine = put(tablet, name, body_of(visit, {"remarks": "hai"}, revision=1))
    assert mine.status_code == 200 and mine.json["revision"] == 2


def test_a_copy_is_never_stale_against_itself(tablet, visit, name, session):
    for words in ("một", "hai", "ba"):  # the answers got lost: it still counts from what it knew
        assert put(tablet, name, body_of(visit, {"remarks": words})).status_code in (200, 201)
    assert find(session, name).revision == 3 and document_of(find(session, name))["remarks"] == "ba"


def test_what_a_slow_line_brings_late_is_not_kept(tablet, visit, name, session):
    late = body_of(visit, {"remarks": "một"}, version=1)
    assert put(tablet, name, body_of(visit, {"remarks": "hai"}, version=2)).status_code == 201
    stale = put(tablet, name, late)
    assert stale.status_code == 409 and stale.json["current"]["remarks"] == "hai"
    assert put(tablet, name, body_of(visit, {"remarks": "ba"}, version=3)).status_code == 200
    assert document_of(find(session, name))["remarks"] == "ba"


def test_a_page_in_between_makes_a_copy_stale(tablet, visit, name, session, inspector):
    put(tablet, name, body_of(visit, {"remarks": "máy"}))
    save_survey(find(session, name), {"remarks": "trang"}, by=inspector, at=AT)
    session.commit()
    assert put(tablet, name, body_of(visit, {"remarks": "máy nữa"}, revision=1)).status_code == 409


def test_a_draft_that_comes_after_the_record_changes_nothing(tablet, visit, document, name, session):
    _files, manifest = photos("P01", "P04")
    put(tablet, name, body_of(visit, document, manifest, submit=True))
    late = put(tablet, name, body_of(visit, {"remarks": "trễ"}))
    assert late.status_code == 409 and late.json["state"] == "arriving" and late.json["current"] == document
    same = put(tablet, name, body_of(visit, document, manifest))
    assert same.status_code == 200 and same.json["state"] == "arriving"
    assert document_of(find(session, name)) == document


def test_opening_again(tablet, visit, document, name):
    files, manifest = photos("P01", "P04")
    put(tablet, name, body_of(visit, document, manifest))
    send(tablet, f"/api/surveys/{name}/evidence/{manifest[0]['id']}", files[manifest[0]["id"]])
    opened = tablet.get(f"/api/surveys/{name}").json
    assert opened["document"] == document and opened["visit"] == visit.id and opened["copy"] == COPY
    assert opened["revision"] == 1 and opened["state"] == "draft"
    assert [(one["id"], one["sha256"], one["has_file"]) for one in opened["evidence"]] == [
        (manifest[0]["id"], manifest[0]["sha256"], True), (manifest[1]["id"], manifest[1]["sha256"], False)]
    assert opened["evidence"][0]["url"] == f"/evidence/{manifest[0]['id']}"
