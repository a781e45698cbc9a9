"""Files of a survey: those its manifest names, and those that say themselves what they are."""

import hashlib
import io
import uuid

import pytest

from surveys.models import Evidence
from tests.pictures import picture
from tests.surveys.door import body_of, find, item, photos, put, send, send_all


def test_files_of_the_draft_need_not_come_again(tablet, visit, document, name):
    files, manifest = photos("P01", "P04")
    answer = put(tablet, name, body_of(visit, document, manifest))
    assert send_all(tablet, answer, files).json["state"] == "draft"
    sealed = put(tablet, name, body_of(visit, document, manifest, revision=1, submit=True))
    assert sealed.status_code == 201 and sealed.json["state"] == "complete"


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


def test_a_file_the_sealed_record_does_not_name_is_409(tablet, visit, document, name):
    _files, manifest = photos("P01", "P04")
    put(tablet, name, body_of(visit, document, manifest, submit=True))
    answer = tablet.put(f"/api/surveys/{name}/evidence/{uuid.uuid4()}?kind=photo", data=picture())
    assert answer.status_code == 409 and answer.json["error"]


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
