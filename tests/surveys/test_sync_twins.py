"""Two records under one name, two surveys of one visit: both are kept, each with rows of its own."""

import hashlib
import uuid

from foundation import signing, storage
from surveys.models import Evidence, Survey
from surveys.queries import document_of
from surveys.rules.words import SurveyState
from tests.surveys.door import OTHER, body_of, find, photos, put, send_all


def test_other_bytes_under_the_same_name_are_kept_beside(tablet, visit, document, name, session):
    files, manifest = photos("P01", "P04")
    first = put(tablet, name, body_of(visit, document, manifest, submit=True))
    more, others = photos("P01", "P04", "P11")
    files |= more
    sent = body_of(visit, {**document, "remarks": "khác"}, [manifest[0], others[1], others[2]], copy=OTHER, submit=True)
    second = put(tablet, name, sent)
    assert second.status_code == 409 and second.json["error"] and second.json["receipt"] != first.json["receipt"]
    twin = second.json["kept_as"]
    assert signing.read(second.json["receipt"])["survey"] == twin == str(
        uuid.uuid5(uuid.UUID(name), hashlib.sha256(sent).hexdigest()))
    assert [lack["id"] for lack in second.json["lacks"]] == [manifest[0]["id"], others[1]["id"], others[2]["id"]]
    assert all(f"/{twin}/evidence/" in lack["to"] for lack in second.json["lacks"])
    again = put(tablet, name, sent)
    assert again.status_code == 409 and again.json["kept_as"] == twin
    assert (again.json["receipt"], again.json["lacks"]) == (second.json["receipt"], second.json["lacks"])
    assert send_all(tablet, first, files).json["state"] == "complete"
    last = send_all(tablet, second, files)
    assert last.json["state"] == "complete"
    assert put(tablet, name, sent).json["completion"] == last.json["completion"]
    original, kept = find(session, name), find(session, twin)
    assert original.document["remarks"] == document["remarks"] and kept.document["remarks"] == "khác"
    assert kept.twin_of_id == name and kept.visit_id == original.visit_id and kept.record.encode() == sent
    assert session.query(Survey).count() == 2 and session.query(Evidence).count() == 5


def test_files_the_visit_holds_already_are_not_sent_twice(tablet, visit, document, name, session):
    files, manifest = photos("P01", "P04")
    send_all(tablet, put(tablet, name, body_of(visit, document, manifest, submit=True)), files)
    second = put(tablet, name, body_of(visit, {**document, "remarks": "khác"}, manifest, copy=OTHER, submit=True))
    assert second.status_code == 409 and second.json["lacks"] == [] and second.json["state"] == "complete"
    assert second.json["completion"] and second.json["score"]
    twin = find(session, second.json["kept_as"])
    assert {piece.id for piece in twin.evidence} == {str(uuid.uuid5(uuid.UUID(twin.id), one["id"])) for one in manifest}
    assert all(storage.get(piece.sha256) for piece in twin.evidence)


def test_a_record_based_on_what_another_copy_changed_is_kept_beside_the_draft(tablet, visit, document, name, session):
    files, manifest = photos("P01", "P04")
    put(tablet, name, body_of(visit, {"remarks": "máy này"}))
    put(tablet, name, body_of(visit, {"remarks": "máy kia"}, copy=OTHER, revision=1))
    sealed = body_of(visit, document, manifest, revision=1, submit=True)
    answer = put(tablet, name, sealed)
    assert answer.status_code == 409 and answer.json["kept_as"] and len(answer.json["lacks"]) == 2
    assert find(session, name).state == SurveyState.DRAFT and document_of(find(session, name))["remarks"] == "máy kia"
    theirs = body_of(visit, {**document, "remarks": "kia"}, manifest, copy=OTHER, revision=2, submit=True)
    other = put(tablet, name, theirs)
    assert other.status_code == 201
    assert put(tablet, name, sealed).json["kept_as"] == answer.json["kept_as"]


def test_a_twin_sealed_again_when_its_base_would_fit_is_still_one(tablet, visit, document, name, session):
    """The same bytes are never two surveys, whatever happens to the draft beside them."""
    _files, manifest = photos("P01", "P04")
    put(tablet, name, body_of(visit, {"remarks": "kia"}, copy=OTHER))
    sealed = body_of(visit, document, manifest, submit=True)
    first = put(tablet, name, sealed)
    assert first.status_code == 409
    put(tablet, name, body_of(visit, {"remarks": "này"}, revision=1))  # now this copy saved last
    again = put(tablet, name, sealed)
    assert again.status_code == 409 and again.json["kept_as"] == first.json["kept_as"]
    assert session.query(Survey).count() == 2


def test_two_surveys_of_a_visit_may_name_a_file_alike(tablet, visit, document, session):
    """A tablet that starts from another survey of the visit keeps its names; each survey has rows of its own."""
    files, manifest = photos("P01", "P04")
    one, two = str(uuid.uuid4()), str(uuid.uuid4())
    send_all(tablet, put(tablet, one, body_of(visit, document, manifest, submit=True)), files)
    second = put(tablet, two, body_of(visit, document, manifest))
    assert second.json["lacks"] == []
    assert put(tablet, two, body_of(visit, document, manifest)).json["revision"] == 1
    sealed = put(tablet, two, body_of(visit, document, manifest, revision=1, submit=True))
    assert sealed.status_code == 201 and sealed.json["state"] == "complete"
    assert session.query(Evidence).count() == 4


def test_two_records_that_wait_for_files_named_alike(tablet, visit, document, session):
    files, manifest = photos("P01", "P04")
    for word in ("một", "hai"):  # the second says the same again, as a tablet does that heard no answer
        put(tablet, str(uuid.uuid4()), body_of(visit, document | {"remarks": word}, manifest))
    one, two = (put(tablet, str(uuid.uuid4()), body_of(visit, document, manifest, submit=True)) for _ in "12")
    assert {lack["id"] for lack in one.json["lacks"]} == {lack["id"] for lack in two.json["lacks"]} == set(files)
    for answer in (one, two):
        assert send_all(tablet, answer, files).json["state"] == "complete"


def test_a_name_of_its_own_stays(tablet, visit, name):
    _files, manifest = photos("P01")
    put(tablet, str(uuid.uuid4()), body_of(visit, {}, manifest))
    lacks = [put(tablet, name, body_of(visit, {"remarks": word}, manifest)).json["lacks"] for word in ("một", "hai")]
    assert lacks[0] == lacks[1] and lacks[0][0]["id"] == manifest[0]["id"] not in lacks[0][0]["to"]
