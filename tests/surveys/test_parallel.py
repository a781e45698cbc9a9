"""A survey sent over many lines at once: it arrives once, whole. Real connections, a database of its own."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from accounts.actions import issue_device
from foundation.audit import AuditEntry
from foundation.db import db
from surveys.models import Answer, Evidence, PackagingLine, Signature, Survey
from tests.conftest import AT
from tests.surveys.door import body_of, photos

TRIES = 40


@pytest.fixture
def put(apart, visit, inspector):
    """Send as the inspector's tablet, on a line of its own: (status, answer)."""
    _device, token = issue_device(inspector, name="Máy", by=inspector, at=AT)
    db.session.commit()

    def send(path, content):
        answer = apart.test_client().put(path, data=content, headers={"Authorization": f"Bearer {token}"})
        return answer.status_code, answer.json

    return send


def verbs_of(survey_id):
    """What the audit trail says of it and its files."""
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [entry.verb for entry in entries if survey_id in (entry.subject_id, (entry.detail or {}).get("survey"))]


def test_record_and_files_at_once(put, visit, document):
    files, manifest = photos("P01", "P04", "P01")
    survey_id, record = str(uuid.uuid4()), body_of(visit, document, manifest, submit=True)
    here = f"/api/surveys/{survey_id}"

    def record_line():
        return [put(here, record) for _ in range(3)]

    def file_line(name):
        answers = []
        while len(answers) < TRIES and (not answers or answers[-1][0] not in (200, 201)):
            answers.append(put(f"{here}/evidence/{name}", files[name]))
        return answers

    db.session.rollback()  # what it read would keep the others waiting
    with ThreadPoolExecutor(8) as pool:
        records = [pool.submit(record_line) for _ in range(2)]
        sent = [pool.submit(file_line, name) for name in [*files, *files]]
        told = [answer for line in records for answer in line.result()]
        arrived = [answer for line in sent for answer in line.result()]
    assert {status for status, _answer in told} == {200, 201} and sum(status == 201 for status, _ in told) == 1
    assert len({answer["receipt"] for _status, answer in told}) == 1
    assert {status for status, _answer in arrived} <= {200, 201, 404}, arrived
    assert put(here, record)[1]["state"] == "complete"
    db.session.expire_all()
    survey = db.session.get_one(Survey, survey_id)
    assert survey.submitted_at and len(survey.evidence) == 3
    assert verbs_of(survey_id).count("submit_survey") == 1
    for table, count in ((Answer, 4), (PackagingLine, 4), (Signature, 2), (Evidence, 3)):
        assert len(db.session.scalars(select(table).where(table.survey_id == survey_id)).all()) == count


def test_two_records_under_one_name_at_once(put, visit, document):
    files, manifest = photos("P01", "P04")
    survey_id = str(uuid.uuid4())
    bodies = [body_of(visit, {**document, "remarks": words}, manifest, submit=True, copy=str(uuid.uuid4()))
              for words in ("một", "hai", "ba")]
    db.session.rollback()  # what it read would keep the others waiting
    with ThreadPoolExecutor(6) as pool:
        told = list(pool.map(lambda body: put(f"/api/surveys/{survey_id}", body), bodies * 2))
    assert sorted(status for status, _answer in told) in ([200, 201, 409, 409, 409, 409], ), told
    kept = {answer.get("kept_as", survey_id) for _status, answer in told}
    assert len(kept) == 3
    for place in kept:
        for lack in next(answer for _s, answer in told if answer.get("kept_as", survey_id) == place)["lacks"]:
            put(lack["to"], files[lack["id"]])
    db.session.expire_all()
    assert all(db.session.get_one(Survey, place).submitted_at for place in kept)


def test_drafts_of_one_copy_at_once(put, visit):
    survey_id, copy = str(uuid.uuid4()), str(uuid.uuid4())
    bodies = [body_of(visit, {"remarks": str(version)}, version=version, copy=copy) for version in range(1, 9)]
    db.session.rollback()  # what it read would keep the others waiting
    with ThreadPoolExecutor(6) as pool:
        told = list(pool.map(lambda body: put(f"/api/surveys/{survey_id}", body), reversed(bodies)))
    assert {status for status, _answer in told} <= {200, 201, 409}
    assert db.session.get_one(Survey, survey_id).document["remarks"] == "8"
