"""The JSON door: drafts, sealed records and files, sent once or many times, in any order."""

import hashlib
import io
import json
import uuid

import pytest

from accounts.permissions import Role
from foundation import signing, storage
from foundation.audit import AuditEntry
from surveys.actions import cancel_visit, save_survey
from surveys.models import Answer, Evidence, PackagingLine, Signature, Survey
from surveys.queries import document_of, rules_of
from surveys.rules.form import record_from
from surveys.rules.scoring import score
from surveys.rules.words import SurveyState
from tests.conftest import AT
from tests.surveys.conftest import picture
from tests.surveys.door import COPY, OTHER, body_of, item, photos, put, send, send_all


@pytest.fixture
def tablet(client, inspector):
    return client.sign_in(inspector)


@pytest.fixture
def name():
    return str(uuid.uuid4())


def find(session, survey_id):
    """The survey as the database has it now."""
    session.expire_all()
    return session.get(Survey, survey_id)


# drafts


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


def test_bad_values_are_422_by_their_path_and_nothing_is_kept(tablet, visit, name, session):
    answer = put(tablet, name, body_of(visit, {"answers": {"A6": {"numerator": "năm"}}}, [{"id": "x"}]))
    assert answer.status_code == 422 and answer.json["received_at"]
    assert {"answers.A6.numerator", "evidence.x.id", "evidence.x.sha256", "evidence.x.size"} <= {*answer.json["fields"]}
    assert session.get(Survey, name) is None


@pytest.mark.parametrize(("about", "field"), [
    ({"criterion": "Z9"}, "criterion"), ({"category": "P99"}, "category"), ({"lat": "91", "lon": "5"}, "lat"),
    ({"lat": "21"}, "lat"), ({"accuracy": "-1"}, "accuracy"), ({"taken_at": "hôm qua"}, "taken_at"),
    ({"caption": "x" * 201}, "caption"), ({"sha256": "A" * 64}, "sha256"), ({"size": 0}, "size"),
    ({"size": 30 * 1024 * 1024 + 1}, "size"), ({"kind": "film"}, "kind"), ({"place_reason": "lười"}, "place_reason")])
def test_bad_facts_in_the_manifest_are_named(tablet, visit, name, about, field):
    one = item(b"x", **about)
    answer = put(tablet, name, body_of(visit, {}, [one]))
    assert answer.status_code == 422 and list(answer.json["fields"]) == [f"evidence.{one['id']}.{field}"]


def test_a_file_stands_once_in_the_manifest(tablet, visit, name):
    one = item(b"x")
    assert put(tablet, name, body_of(visit, {}, [one, one])).status_code == 422
    assert put(tablet, name, body_of(visit, {}, [item(b"x") for _ in range(301)])).status_code == 422
    assert put(tablet, name, json.dumps({"visit": visit.id, "evidence": 5}).encode()).status_code == 422


@pytest.mark.parametrize("content", [b"[]", b"1", b"{", b"", b'"x"', b"\xff"])
def test_what_is_no_object_is_422(tablet, name, content):
    answer = put(tablet, name, content)
    assert answer.status_code == 422 and answer.json["error"]


def test_too_much_is_413(tablet, visit, name):
    answer = put(tablet, name, body_of(visit, {"remarks": "x" * (2 * 1024 * 1024)}))
    assert answer.status_code == 413 and answer.json["error"]


@pytest.mark.parametrize("visit_id", [None, "1", True, 0, 2**40])
def test_a_new_survey_needs_its_visit(tablet, name, visit_id):
    answer = put(tablet, name, json.dumps({"visit": visit_id, "document": {}}).encode())
    assert answer.status_code == 422 and "visit" in answer.json["fields"]


@pytest.mark.parametrize("odd", ["1", "C30388C9-A04D-4730-8510-52435E5C2ABA"])
def test_a_name_that_is_no_uuid_is_422(tablet, visit, odd):
    answer = put(tablet, odd, body_of(visit, {}))
    assert answer.status_code == 422 and "id" in answer.json["fields"]


def test_who_may_not_write(client, person, visit, survey, unit, name):
    sent = body_of(visit, {"remarks": "x"})
    assert put(client, survey.id, sent).status_code == 401
    client.sign_in(person(Role.REVIEWER))
    assert put(client, survey.id, sent).status_code == 403
    client.sign_in(person(Role.INSPECTOR))
    assert put(client, survey.id, sent).status_code == 403 and put(client, name, sent).status_code == 403
    client.sign_in(person(Role.INSPECTOR, territory=unit("Phường Thanh Miếu", code="07920")))
    assert put(client, survey.id, sent).status_code == 404 and put(client, name, sent).status_code == 404
    assert client.get(f"/api/surveys/{survey.id}").status_code == 404
    assert send(client, f"/api/surveys/{survey.id}/evidence/{name}", picture()).status_code == 404


def test_a_visit_that_is_not_there_is_404_another_one_422(tablet, visit, survey, name):
    assert put(tablet, name, json.dumps({"visit": 999, "document": {}}).encode()).status_code == 404
    answer = put(tablet, survey.id, json.dumps({"visit": visit.id + 1, "document": {}}).encode())
    assert answer.status_code == 422 and "visit" in answer.json["fields"]


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


# sealed records


def test_record_first_then_the_files_then_it_is_complete(tablet, visit, document, name, session):
    files, manifest = photos("P01", "P04")
    sent = body_of(visit, document, manifest, submit=True, device={"app": "abc", "score": {"total": "1"}, "log": []})
    first = put(tablet, name, sent, **{"X-Sent-At": "2026-11-24T00:00:00.000Z"})
    assert first.status_code == 201 and first.json["state"] == "arriving" and "completion" not in first.json
    said = signing.read(first.json["receipt"])
    assert said == {**said, "kind": "receipt", "survey": name, "sha256": hashlib.sha256(sent).hexdigest(), "files": 2,
                    "visit": visit.id}
    assert said["number"] == f"BN-{said['received_at'][:4]}-{name.replace('-', '')[:10].upper()}"
    arriving = find(session, name)
    assert arriving.state == SurveyState.ARRIVING and arriving.record.encode() == sent
    assert arriving.app_version == "abc" and arriving.device_score == {"total": "1"} and arriving.skew_ms < 0
    assert session.query(Answer).count() == 0
    half = send(tablet, first.json["lacks"][1]["to"], files[first.json["lacks"][1]["id"]])
    assert half.status_code == 201 and half.json["lacks_count"] == 1 and "completion" not in half.json
    last = send(tablet, first.json["lacks"][0]["to"], files[first.json["lacks"][0]["id"]])
    assert last.json["state"] == "complete" and last.json["lacks_count"] == 0
    done = signing.read(last.json["completion"])
    assert done == {**said, "kind": "completion", "completed_at": done["completed_at"], "total": done["total"]}
    survey = find(session, name)
    again = score(rules_of(survey.criteria_set), record_from(document, survey.kind))
    assert survey.state == SurveyState.SUBMITTED and survey.score == again.as_json() == last.json["score"]
    assert (survey.total, str(survey.period_to)) == (again.total, "2026-09-30")
    rows = [session.query(model).filter_by(survey_id=name).count() for model in (Answer, PackagingLine, Signature)]
    assert rows == [4, 4, 2]


def test_a_record_that_lacks_no_file_is_complete_at_once(tablet, visit, document, name, session):
    document["lines"] = [one for one in document["lines"] if one["class"] == "N"]
    answer = put(tablet, name, body_of(visit, document, submit=True))
    assert answer.status_code == 201 and answer.json["state"] == "complete" and answer.json["lacks"] == []
    assert answer.json["completion"] and answer.json["score"]["total"] and answer.json["submitted_at"]
    assert [entry.verb for entry in session.query(AuditEntry).filter_by(subject_id=name)] == ["submit_survey"]


def test_files_of_the_draft_need_not_come_again(tablet, visit, document, name):
    files, manifest = photos("P01", "P04")
    answer = put(tablet, name, body_of(visit, document, manifest))
    assert send_all(tablet, answer, files).json["state"] == "draft"
    sealed = put(tablet, name, body_of(visit, document, manifest, revision=1, submit=True))
    assert sealed.status_code == 201 and sealed.json["state"] == "complete"


def test_the_same_bytes_again_are_the_same_receipt(tablet, visit, document, name, session):
    files, manifest = photos("P01", "P04")
    sent = body_of(visit, document, manifest, submit=True)
    first = put(tablet, name, sent)
    again = put(tablet, name, sent)
    assert again.status_code == 200 and again.json["receipt"] == first.json["receipt"]
    assert again.json["lacks"] == first.json["lacks"]
    done = send_all(tablet, again, files)
    last = put(tablet, name, sent)
    assert (last.status_code, last.json["receipt"]) == (200, first.json["receipt"])
    assert last.json["completion"] == done.json["completion"] and last.json["state"] == "complete"
    assert session.query(Survey).count() == 1 and session.query(Evidence).count() == 2


def test_what_lacks_is_named_and_nothing_is_kept(tablet, visit, document, name, session):
    del document["answers"]["A4"], document["signatures"]["store"]
    answer = put(tablet, name, body_of(visit, document, submit=True))
    assert answer.status_code == 422 and session.get(Survey, name) is None
    assert {"answers.A4", "signatures.store", "lines.P01.E4", "lines.P04.E4"} == set(answer.json["fields"])
    assert {"path": "answers.A4", "code": "A4", "title": "Tiêu chí A4"}.items() <= answer.json["missing"][0].items()
    assert "A4 Tiêu chí A4" in answer.json["error"]


def test_a_visit_called_off_refuses_no_record(tablet, visit, document, name, lead, session):
    cancel_visit(visit, by=lead, at=AT)
    session.commit()
    _files, manifest = photos("P01", "P04")
    assert put(tablet, name, body_of(visit, document, manifest, submit=True)).status_code == 201


def test_a_file_cut_short_is_422_and_comes_again(tablet, visit, document, name, session):
    files, manifest = photos("P01", "P04")
    lack = put(tablet, name, body_of(visit, document, manifest, submit=True)).json["lacks"][0]
    for content in (files[lack["id"]][:-100], files[lack["id"]] + b"x", picture()):
        refused = send(tablet, lack["to"], content)
        assert refused.status_code == 422 and refused.json["fields"]["file"]
    assert send(tablet, lack["to"], b"").status_code == 422
    assert session.query(Evidence).count() == 0
    assert send(tablet, lack["to"], files[lack["id"]]).status_code == 201


def test_a_sealed_file_is_kept_whatever_it_is(tablet, visit, document, name):
    """Its record could never be whole without it; in a draft the person is told to take another one."""
    junk = b"not a photo at all"
    manifest = [item(junk, category="P01"), item(picture(), category="P04")]
    draft = put(tablet, name, body_of(visit, document, manifest))
    assert send(tablet, draft.json["lacks"][0]["to"], junk).status_code == 422
    sealed = put(tablet, name, body_of(visit, document, manifest, revision=1, submit=True))
    send(tablet, sealed.json["lacks"][1]["to"], picture())
    assert send(tablet, sealed.json["lacks"][0]["to"], junk).json["state"] == "complete"
    shown = tablet.get(f"/evidence/{manifest[0]['id']}")
    assert shown.data == junk and "attachment" in shown.headers["Content-Disposition"]


def test_captions_follow_the_manifest_and_what_it_leaves_out_is_struck_out(tablet, visit, document, name, session):
    files, manifest = photos("P01", "P04", "P11")
    send_all(tablet, put(tablet, name, body_of(visit, document, manifest)), files)
    changed = [{**manifest[0], "caption": "Kệ  xanh", "lat": "21.3", "lon": "105.4"}, manifest[1]]
    sealed = put(tablet, name, body_of(visit, document, changed, revision=1, submit=True))
    assert sealed.json["state"] == "complete"
    rows = {piece.id: piece for piece in find(session, name).evidence}
    assert rows[manifest[0]["id"]].caption == "Kệ xanh" and str(rows[manifest[0]["id"]].lat) == "21.3"
    assert rows[manifest[2]["id"]].removed_at and not rows[manifest[1]["id"]].removed_at


def test_a_photo_taken_anew_under_the_same_name(tablet, visit, document, name, session):
    files, manifest = photos("P01", "P04")
    send_all(tablet, put(tablet, name, body_of(visit, document, manifest)), files)
    other = picture(colour="red")
    manifest[0] = item(other, manifest[0]["id"], category="P01")
    sealed = put(tablet, name, body_of(visit, document, manifest, revision=1, submit=True))
    assert [lack["id"] for lack in sealed.json["lacks"]] == [manifest[0]["id"]]
    assert send(tablet, sealed.json["lacks"][0]["to"], other).json["state"] == "complete"


def test_a_draft_that_comes_after_the_record_changes_nothing(tablet, visit, document, name, session):
    _files, manifest = photos("P01", "P04")
    put(tablet, name, body_of(visit, document, manifest, submit=True))
    late = put(tablet, name, body_of(visit, {"remarks": "trễ"}))
    assert late.status_code == 409 and late.json["state"] == "arriving" and late.json["current"] == document
    same = put(tablet, name, body_of(visit, document, manifest))
    assert same.status_code == 200 and same.json["state"] == "arriving"
    assert document_of(find(session, name)) == document


def test_a_file_the_sealed_record_does_not_name_is_409(tablet, visit, document, name):
    _files, manifest = photos("P01", "P04")
    put(tablet, name, body_of(visit, document, manifest, submit=True))
    answer = tablet.put(f"/api/surveys/{name}/evidence/{uuid.uuid4()}?kind=photo", data=picture())
    assert answer.status_code == 409 and answer.json["error"]


# twins


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


# files without a manifest


def test_a_file_no_manifest_names_says_itself_what_it_is(tablet, survey, session):
    name, content = uuid.uuid4(), picture()
    to = (f"/api/surveys/{survey.id}/evidence/{name}?kind=photo&criterion=A4&caption=Quầy  thu ngân&lat=21.3228"
          "&lon=105.4019&accuracy=8.5&taken_at=2026-11-24T09:05:00%2B07:00")
    first = send(tablet, to, content)
    assert first.status_code == 201 and first.json["received_sha256"] == hashlib.sha256(content).hexdigest()
    (listed,) = tablet.get(f"/api/surveys/{survey.id}").json["evidence"]
    assert listed == {**listed, "criterion": "A4", "caption": "Quầy thu ngân", "lat": "21.3228", "accuracy": "8.5",
                      "taken_at": "2026-11-24T02:05:00Z", "has_file": True}
    assert send(tablet, to, content).status_code == 200
    assert send(tablet, to, picture(colour="red")).status_code == 422  # the manifest knows its hash by now
    assert session.query(Evidence).count() == 1


def test_evidence_as_a_multipart_form(tablet, survey, session):
    answer = tablet.put(f"/api/surveys/{survey.id}/evidence/{uuid.uuid4()}", data={
        "file": (io.BytesIO(b"%PDF-1.4\n...\n%%EOF\n"), "hop-dong.pdf"), "criterion": "A1", "kind": "document"})
    assert answer.status_code == 201 and session.query(Evidence).one().media_type == "application/pdf"


@pytest.mark.parametrize(("query", "field"), [
    ("", "kind"), ("kind=film", "kind"), ("kind=photo&criterion=Z9", "criterion"), ("kind=photo&lat=21", "lat")])
def test_bad_facts_about_a_file_are_named(tablet, survey, query, field):
    answer = send(tablet, f"/api/surveys/{survey.id}/evidence/{uuid.uuid4()}?{query}", picture())
    assert answer.status_code == 422 and list(answer.json["fields"]) == [field]


@pytest.mark.parametrize(("content", "kind"), [
    (b"", "photo"), (b"<svg/>", "photo"), (b"%PDF-1.4 %%EOF", "photo"), (b"%PDF-1.4 cut", "document"),
    (b"PK\x03\x04 docx", "document"), (picture()[:400], "photo")])
def test_files_that_are_neither_are_refused(tablet, survey, content, kind, session):
    answer = send(tablet, f"/api/surveys/{survey.id}/evidence/{uuid.uuid4()}?kind={kind}", content)
    assert answer.status_code == 422 and answer.json["fields"]["file"]
    assert session.query(Evidence).count() == 0


def test_a_file_of_no_survey_is_404(tablet, survey):
    assert send(tablet, f"/api/surveys/{uuid.uuid4()}/evidence/{uuid.uuid4()}", b"x").status_code == 404
    assert send(tablet, f"/api/surveys/{survey.id}/evidence/1", b"x").status_code == 422


# the rest


def test_the_keys_are_public(client, app):
    answer = client.get("/api/keys")
    (key,) = answer.json["keys"]
    assert key == {**key, "kty": "OKP", "crv": "Ed25519", "alg": "Ed25519"} and "d" not in key
    assert answer.headers["X-PPX"] and answer.json["received_at"].endswith("Z")


def test_few_statements(tablet, visit, document, name, count_statements):
    files, manifest = photos(*["P01", "P04"] * 10)
    put(tablet, str(uuid.uuid4()), body_of(visit, document))  # the criteria set is remembered from now on
    sent = body_of(visit, document, manifest, submit=True)
    with count_statements() as seen:
        answer = put(tablet, name, sent)
    assert answer.status_code == 201 and len(seen) <= 13, seen
    with count_statements() as seen:
        send(tablet, answer.json["lacks"][0]["to"], files[answer.json["lacks"][0]["id"]])
    assert len(seen) <= 11, seen
