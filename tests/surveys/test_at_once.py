"""Requests that arrive at the same moment: real connections and commits, on a database of their own."""

import threading
import time
import uuid

import pytest
import sqlalchemy as sa

from foundation.audit import AuditEntry, find_break
from foundation.db import db
from surveys.models import Answer, Evidence, Survey
from tests.surveys.committed import enter, furnish, start, stop
from tests.surveys.door import body_of, item, put, send

THREADS = 6


@pytest.fixture(scope="module")
def apart(db_url, tmp_path_factory):
    """An application whose database no other test sees."""
    folder = tmp_path_factory.mktemp("apart")
    url = f"sqlite:///{folder / 'apart.sqlite'}"
    if db_url.startswith("postgres"):
        with sa.create_engine(db_url).begin() as connection:
            connection.execute(sa.text("DROP SCHEMA IF EXISTS apart CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA apart"))
        url = f"{db_url}{'&' if '?' in db_url else '?'}options=-csearch_path%3Dapart"
    app = start(url, folder / "files")
    made = furnish(app)
    app.visit, app.token = made.visit, made.token
    yield app
    stop(app)


def at_once(app, *works):
    """Let every work (a function of a signed-in client) begin at the same moment; what each gave back."""
    gate, found = threading.Barrier(len(works)), [None] * len(works)

    def run(place, work):
        client = enter(app, app.token)
        gate.wait()
        found[place] = work(client)

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def listed(count):
    """So many small documents: (bytes by id, manifest)."""
    files, manifest = {}, []
    for number in range(count):
        content = f"%PDF-1.4 {uuid.uuid4()} {number}\n%%EOF".encode()
        one = item(content, kind="document", category="P01" if number % 2 else "P04")
        files[one["id"]] = content
        manifest.append(one)
    return files, manifest


def no_photos(document):
    """A document no line of which asks for a photo."""
    return {**document, "lines": [one for one in document["lines"] if one["class"] == "N"]}


def test_the_same_record_at_once_is_received_once(apart, document):
    name = str(uuid.uuid4())
    sent = body_of(apart.visit, no_photos(document), listed(2)[1], submit=True)
    answers = at_once(apart, *[lambda client: put(client, name, sent)] * THREADS)
    assert sorted(answer.status_code for answer in answers) == [200] * (THREADS - 1) + [201]
    assert len({answer.json["receipt"] for answer in answers}) == 1
    with apart.app_context():
        assert db.session.query(Survey).filter(Survey.id == name).count() == 1
        assert db.session.query(AuditEntry).filter_by(subject_id=name).count() == 1


def test_the_last_files_at_once_complete_it_once(apart, document):
    """Each file twice, all at the same moment: whoever comes last finds nothing lacking."""
    name, (files, manifest) = str(uuid.uuid4()), listed(4)
    sent = body_of(apart.visit, no_photos(document), manifest, submit=True)
    (first,) = at_once(apart, lambda client: put(client, name, sent))
    works = [lambda client, lack=lack: send(client, lack["to"], files[lack["id"]]) for lack in first.json["lacks"] * 2]
    answers = at_once(apart, *works)
    assert {answer.status_code for answer in answers} <= {200, 201}
    assert sum(answer.status_code == 201 for answer in answers) == len(files)
    assert len({answer.json["completion"] for answer in answers if "completion" in answer.json}) == 1
    with apart.app_context():
        survey = db.session.get(Survey, name)
        assert survey.submitted_at and survey.completion
        assert db.session.query(Evidence).filter_by(survey_id=name).count() == len(files)
        assert db.session.query(Answer).filter_by(survey_id=name).count() == len(document["answers"])
        verbs = [entry.verb for entry in db.session.query(AuditEntry).filter_by(subject_id=name)]
        assert sorted(verbs) == ["deliver_survey", "submit_survey"] and find_break() is None


def test_different_records_at_once_are_all_kept(apart, document):
    name = str(uuid.uuid4())
    bodies = [body_of(apart.visit, {**no_photos(document), "remarks": f"máy {k}"}, copy=str(uuid.uuid4()), submit=True)
              for k in range(THREADS)]
    answers = at_once(apart, *[lambda client, sent=sent: put(client, name, sent) for sent in bodies])
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * (THREADS - 1)
    with apart.app_context():
        kept = {answer.json.get("kept_as", name) for answer in answers}
        records = {db.session.get(Survey, one).record.encode() for one in kept}
    assert len(kept) == THREADS and records == {*bodies}


def test_drafts_and_a_record_at_once(apart, document):
    """Whatever the order, the record stands and no draft changes it."""
    name = str(uuid.uuid4())
    draft = body_of(apart.visit, {"remarks": "nháp"})
    record = body_of(apart.visit, no_photos(document), submit=True)
    answers = at_once(apart, *[lambda client: put(client, name, draft)] * 3, lambda client: put(client, name, record))
    assert answers[-1].status_code == 201 and {a.status_code for a in answers[:-1]} <= {200, 201, 409}
    with apart.app_context():
        assert db.session.get(Survey, name).record.encode() == record


def test_files_before_and_with_their_record(apart, document):
    """A file that comes too early is told that there is no such survey, and comes again."""
    name, (files, manifest) = str(uuid.uuid4()), listed(3)
    sent = body_of(apart.visit, no_photos(document), manifest, submit=True)

    def until_taken(client, one):
        answers = [send(client, f"/api/surveys/{name}/evidence/{one}", files[one])]
        while answers[-1].status_code == 404 and len(answers) < 1000:
            time.sleep(0.005)  # the record is on its way
            answers.append(send(client, f"/api/surveys/{name}/evidence/{one}", files[one]))
        return answers[-1]

    taking = [lambda client, one=one: until_taken(client, one) for one in files]
    first, *taken = at_once(apart, lambda client: put(client, name, sent), *taking)
    assert first.status_code == 201 and {answer.status_code for answer in taken} == {201}
    with apart.app_context():
        assert db.session.get(Survey, name).submitted_at


def test_states_of_one_copy_at_once(apart):
    """In whatever order they come, the newest stands."""
    name = str(uuid.uuid4())
    bodies = [body_of(apart.visit, {"remarks": str(version)}, version=version) for version in range(1, THREADS + 1)]
    answers = at_once(apart, *[lambda client, sent=sent: put(client, name, sent) for sent in reversed(bodies)])
    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    with apart.app_context():
        assert db.session.get(Survey, name).document["remarks"] == str(THREADS)
