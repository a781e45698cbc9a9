"""Sealed records: a receipt for the same bytes at once, complete when every file is there."""

import hashlib
import uuid

from foundation import signing
from foundation.audit import AuditEntry
from surveys.actions import cancel_visit
from surveys.models import Answer, Evidence, PackagingLine, Signature, Survey
from surveys.queries import rules_of
from surveys.rules.form import record_from
from surveys.rules.scoring import score
from surveys.rules.words import SurveyState
from tests.conftest import AT
from tests.surveys.door import body_of, find, photos, put, send, send_all


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
