"""The JSON door: what a tablet sends, once or many times."""

import io
import uuid

import pytest

from accounts.permissions import Role
from foundation.audit import AuditEntry
from surveys.models import Evidence, Survey
from surveys.queries import document_of
from tests.surveys.conftest import picture


@pytest.fixture
def tablet(client, inspector):
    return client.sign_in(inspector)


def put(client, survey_id, document, **more):
    return client.put(f"/api/surveys/{survey_id}", json={"document": document, **more})


def test_first_201_then_200_and_nothing_written(tablet, visit, document, session):
    name = str(uuid.uuid4())
    first = put(tablet, name, {**document, "revision": 0}, visit=visit.id)
    assert first.status_code == 201 and first.json["revision"] == 1 and first.json["score"]["total"]
    entries = session.query(AuditEntry).count()
    again = put(tablet, name, {**document, "revision": 0}, visit=visit.id)
    assert (again.status_code, again.json) == (200, first.json)
    assert session.query(AuditEntry).count() == entries and session.query(Survey).count() == 1


def test_what_is_missing_is_named(tablet, survey):
    answer = put(tablet, survey.id, {"revision": 0, "answers": {"A1": {"yes": True}}}).json
    assert {"path": "answers.A4", "code": "A4", "title": "Tiêu chí A4", "words": answer["missing"][0]["words"]} == (
        answer["missing"][0])
    assert answer["score"]["missing"] == ["A4", "A6", "B4", "B9"]


def test_a_stale_revision_is_409_with_what_stands(tablet, survey, document):
    put(tablet, survey.id, {"revision": 0, "remarks": "một"})
    stale = put(tablet, survey.id, {"revision": 0, "remarks": "hai"})
    assert stale.status_code == 409 and stale.json["revision"] == 1 and stale.json["error"]
    assert stale.json["current"]["remarks"] == "một"


def test_bad_values_are_422_by_their_path(tablet, survey, session):
    answer = put(tablet, survey.id, {"revision": 0, "remarks": "x", "answers": {"A6": {"numerator": "năm"}}})
    assert answer.status_code == 422 and list(answer.json["fields"]) == ["answers.A6.numerator"]
    assert document_of(session.get(Survey, survey.id))["remarks"] == ""


@pytest.mark.parametrize("body", ["[]", "1", "{", "", '"x"'])
def test_what_is_no_object_is_422(tablet, survey, body):
    answer = tablet.put(f"/api/surveys/{survey.id}", data=body, content_type="application/json")
    assert answer.status_code == 422 and answer.json["error"]


def test_too_much_is_413(tablet, survey):
    answer = put(tablet, survey.id, {"remarks": "x" * (2 * 1024 * 1024)})
    assert answer.status_code == 413 and answer.json["error"]


@pytest.mark.parametrize("visit_id", [None, "1", True, 0, 2**40])
def test_a_new_survey_needs_its_visit(tablet, visit_id):
    answer = put(tablet, uuid.uuid4(), {}, visit=visit_id)
    assert answer.status_code == 422 and "visit" in answer.json["fields"]


def test_a_visit_that_is_not_there_is_404(tablet):
    assert put(tablet, uuid.uuid4(), {}, visit=999).status_code == 404


@pytest.mark.parametrize("name", ["1", "C30388C9-A04D-4730-8510-52435E5C2ABA"])
def test_a_name_that_is_no_uuid_is_422(tablet, visit, name):
    answer = put(tablet, name, {}, visit=visit.id)
    assert answer.status_code == 422 and "id" in answer.json["fields"]


def test_signed_out_is_401(client, survey):
    assert put(client, survey.id, {"remarks": "x"}).status_code == 401


def test_another_role_may_not(client, person, survey):
    client.sign_in(person(Role.REVIEWER))
    assert put(client, survey.id, {"remarks": "x"}).status_code == 403


def test_outside_the_team_one_may_not(client, person, visit, survey):
    client.sign_in(person(Role.INSPECTOR))
    assert put(client, survey.id, {"remarks": "x"}).status_code == 403
    assert put(client, uuid.uuid4(), {}, visit=visit.id).status_code == 403


def test_outside_the_territory_nothing_is_there(client, person, visit, survey, unit):
    client.sign_in(person(Role.INSPECTOR, territory=unit("Phường Thanh Miếu", code="07920")))
    assert put(client, uuid.uuid4(), {}, visit=visit.id).status_code == 404
    assert client.get(f"/api/surveys/{survey.id}").status_code == 404


def test_the_token_is_asked_for(app, tablet, survey):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        refused = put(tablet, survey.id, {"remarks": "x"})
        assert refused.status_code == 400 and refused.json["error"]
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_submitting_too_early_keeps_what_was_saved(tablet, survey, session):
    answer = put(tablet, survey.id, {"revision": 0, "remarks": "gần xong"}, submit=True)
    assert answer.status_code == 422 and answer.json["revision"] == 1 and answer.json["submitted_at"] is None
    assert {"answers.A1", "answers.A4", "signatures.team", "signatures.store"} <= set(answer.json["fields"])
    assert "A4 Tiêu chí A4" in answer.json["error"]
    assert session.get(Survey, survey.id).remarks == "gần xong"


def test_submitting_again_is_the_same_answer(tablet, ready, session):
    first = put(tablet, ready.id, {}, submit=True)
    assert first.status_code == 200 and first.json["submitted_at"] and first.json["missing"] == []
    assert put(tablet, ready.id, document_of(session.get(Survey, ready.id)), submit=True).json == first.json
    changed = put(tablet, ready.id, {"remarks": "sau"}, submit=True)
    assert changed.status_code == 409


def test_opening_again(tablet, survey, document):
    put(tablet, survey.id, document)
    opened = tablet.get(f"/api/surveys/{survey.id}").json
    assert opened["document"] == {**document, "revision": 1} and opened["visit"] == survey.visit_id
    assert opened["evidence"] == []


def send(client, survey, content, name=None, **about):
    return client.put(f"/api/surveys/{survey.id}/evidence/{name or uuid.uuid4()}", data=content,
                      content_type="application/octet-stream", query_string={"kind": "photo", **about})


def test_evidence_is_sent_once_however_often(tablet, survey, session):
    name, content = uuid.uuid4(), picture()
    about = {"criterion": "A4", "caption": "Quầy  thu ngân", "taken_at": "2026-11-24T09:05:00+07:00",
             "lat": "21.3228", "lon": "105.4019", "accuracy": "8.5"}
    first = send(tablet, survey, content, name, **about)
    assert first.status_code == 201
    assert first.json | about == first.json | {"criterion": "A4", "caption": "Quầy thu ngân", **{
        key: about[key] for key in ("lat", "lon", "accuracy")}, "taken_at": "2026-11-24T09:05:00+07:00"} | about
    assert (first.json["lat"], first.json["taken_at"]) == ("21.3228", "2026-11-24T02:05:00+00:00")
    again = send(tablet, survey, content, name, **about)
    assert (again.status_code, again.json) == (200, first.json)
    assert send(tablet, survey, picture(colour="red"), name).status_code == 409
    assert session.query(Evidence).count() == 1


def test_evidence_as_a_multipart_form(tablet, survey):
    answer = tablet.put(f"/api/surveys/{survey.id}/evidence/{uuid.uuid4()}", data={
        "file": (io.BytesIO(b"%PDF-1.4\n...\n%%EOF\n"), "hop-dong.pdf"), "criterion": "A1", "kind": "document"})
    assert answer.status_code == 201 and answer.json["media_type"] == "application/pdf"


@pytest.mark.parametrize(("about", "field"), [
    ({"kind": "film"}, "kind"), ({"criterion": "Z9"}, "criterion"), ({"category": "P99"}, "category"),
    ({"lat": "91", "lon": "5"}, "lat"), ({"lat": "21"}, "lat"), ({"accuracy": "-1"}, "accuracy"),
    ({"taken_at": "hôm qua"}, "taken_at"), ({"caption": "x" * 201}, "caption")])
def test_bad_facts_about_evidence_are_named(tablet, survey, about, field):
    answer = send(tablet, survey, picture(), **about)
    assert answer.status_code == 422 and list(answer.json["fields"]) == [field]


@pytest.mark.parametrize(("content", "kind"), [
    (b"", "photo"), (b"<svg/>", "photo"), (b"%PDF-1.4 %%EOF", "photo"), (b"%PDF-1.4 cut", "document"),
    (b"PK\x03\x04 docx", "document"), (picture()[:400], "photo")])
def test_files_that_are_neither_are_refused(tablet, survey, content, kind, session):
    answer = send(tablet, survey, content, kind=kind)
    assert answer.status_code == 422 and answer.json["fields"]["file"]
    assert session.query(Evidence).count() == 0


def test_evidence_is_struck_out_and_described(tablet, survey, session):
    name = send(tablet, survey, picture()).json["id"]
    address = f"/api/surveys/{survey.id}/evidence/{name}"
    assert tablet.patch(address, json={"caption": "Kệ  xanh"}).json["caption"] == "Kệ xanh"
    removed = tablet.delete(address)
    assert removed.status_code == 200 and removed.json["removed_at"]
    assert tablet.delete(address).json == removed.json
    assert send(tablet, survey, picture(), name).json["removed_at"]  # a request that comes late does not bring it back
    assert session.query(Evidence).count() == 1
    assert tablet.delete(f"/api/surveys/{uuid.uuid4()}/evidence/{name}").status_code == 404
    assert tablet.delete(f"/api/surveys/{survey.id}/evidence/{uuid.uuid4()}").status_code == 404


def test_a_submitted_survey_takes_no_more_evidence(tablet, ready):
    first = send(tablet, ready, picture())
    put(tablet, ready.id, {}, submit=True)
    assert send(tablet, ready, picture()).status_code == 409
    assert send(tablet, ready, picture(), first.json["id"]).status_code == 200  # the same again still is
    assert tablet.delete(f"/api/surveys/{ready.id}/evidence/{first.json['id']}").status_code == 409


def test_saving_asks_the_database_a_bounded_number_of_times(tablet, survey, document, count_statements):
    name = survey.id
    with count_statements() as seen:
        put(tablet, name, document)
    assert len(seen) <= 30
