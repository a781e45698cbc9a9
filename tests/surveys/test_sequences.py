"""Any sequence of what two tablets send, repeated, reordered or cut: nothing the server accepted is ever lost."""

import os
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation import signing
from foundation.audit import AuditEntry
from surveys.actions import arriving, evidence
from surveys.models import Answer, Evidence, Survey
from surveys.rules.words import SurveyState
from tests.surveys.door import COPY, OTHER, body_of, item, photos, put, send, send_all

ROUNDS = int(os.environ.get("PPX_ROUNDS", "12"))

steps = st.one_of(
    st.tuples(st.just("draft"), st.sampled_from([COPY, OTHER]), st.integers(0, 3), st.integers(0, 4)),
    st.tuples(st.just("seal"), st.sampled_from([COPY, OTHER]), st.integers(0, 3), st.integers(0, 4)),
    st.tuples(st.just("file"), st.integers(0, 5), st.sampled_from(["whole", "cut", "other"])),
    st.tuples(st.just("again"), st.integers(0, 30)))


class World:
    """The server, and what its answers promised."""

    def __init__(self, client, session, visit, document):
        self.client, self.session, self.visit, self.document = client, session, visit, document
        self.name = str(uuid.uuid4())
        self.files = [f"%PDF-1.4 {self.name} {number}\n%%EOF".encode() for number in range(3)]
        self.manifest = [item(content, kind="document", category="P01") for content in self.files]
        self.drafts, self.records, self.lacks, self.sent = [], {}, [], []

    def step(self, kind, *facts):
        getattr(self, kind)(*facts)

    def draft(self, copy, text, revision):
        self.put(body_of(self.visit, {"remarks": f"nháp {text}"}, copy=copy, revision=revision), None)

    def seal(self, copy, text, revision):
        content = {**self.document, "remarks": f"bản {text}"}
        sent = body_of(self.visit, content, self.manifest[:text % 3 + 1], copy=copy, revision=revision, submit=True)
        self.put(sent, sent)

    def put(self, sent, record):
        """Send it, and note what the answer promised."""
        answer = put(self.client, self.name, sent)
        self.sent.append((sent, record))
        assert answer.status_code in (200, 201, 409), answer.json
        if record:
            kept = (answer.json.get("kept_as", self.name), answer.json["receipt"])
            assert self.records.setdefault(record, kept) == kept
            self.lacks += answer.json["lacks"]
        elif answer.status_code != 409:
            self.drafts.append(answer.json["revision"])

    def file(self, which, how):
        """Send one of the files somebody was asked for."""
        if not self.lacks:
            return
        lack = self.lacks[which % len(self.lacks)]
        content = next(content for content, one in zip(self.files, self.manifest, strict=True)
                       if one["sha256"] == lack["sha256"])
        content = {"whole": content, "cut": content[:-3], "other": b"%PDF-1.4 kia\n%%EOF"}[how]
        assert send(self.client, lack["to"], content).status_code in ((200, 201) if how == "whole" else (422,))

    def again(self, which):
        """Something sent before comes once more."""
        if self.sent:
            self.put(*self.sent[which % len(self.sent)])

    def check(self):
        """Everything accepted is there, exactly once."""
        self.session.expire_all()
        for sent, (kept, receipt) in self.records.items():
            survey = self.session.get(Survey, kept)
            assert survey.record.encode() == sent and survey.receipt == receipt
            assert signing.read(receipt)["sha256"] == survey.record_sha256
            assert survey.document["remarks"] in survey.record
            here = {piece.id: piece.received_sha256 for piece in survey.evidence if piece.removed_at is None}
            whole = all(here.get(one["id"]) == one["sha256"] for one in survey.manifest)
            assert (survey.state == SurveyState.SUBMITTED) == whole
            rows = self.session.query(Answer).filter_by(survey_id=kept).count()
            assert rows == (len(self.document["answers"]) if whole else 0)
        kept = {kept for kept, _receipt in self.records.values()} | ({self.name} if self.drafts else set())
        assert {one.id for one in self.session.query(Survey).filter(
            (Survey.id == self.name) | (Survey.twin_of_id == self.name))} == kept
        told = [entry.detail["revision"] for entry in self.session.query(AuditEntry).filter_by(
            subject_id=self.name, verb="save_survey")]
        sealed = self.session.get(Survey, self.name)
        assert {*self.drafts} <= {*told} | {sealed.revision if sealed else None}


@settings(max_examples=ROUNDS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, min_size=1, max_size=14))
def test_nothing_accepted_is_lost(client, session, visit, document, inspector, sequence):
    document["lines"] = [one for one in document["lines"] if one["class"] == "N"]
    world = World(client.sign_in(inspector), session, visit, document)
    for step in sequence:
        world.step(*step)
    world.check()


@pytest.mark.parametrize("place", ["complete", "record_many", "write"])
def test_a_server_that_dies_before_it_commits_has_promised_nothing(client, session, visit, document, inspector,
                                                                   monkeypatch, place):
    """The last file's request is cut down half-way: nothing of it stands, and the same request later completes."""
    files, manifest = photos("P01", "P04")
    name = str(uuid.uuid4())
    client.sign_in(inspector)
    first = put(client, name, body_of(visit, document, manifest, submit=True))
    send(client, first.json["lacks"][0]["to"], files[first.json["lacks"][0]["id"]])
    last = first.json["lacks"][1]

    def die(*_args, **_kwargs):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(evidence, place, die)
        with pytest.raises(SystemExit):
            send(client, last["to"], files[last["id"]])
    session.rollback()
    session.expire_all()
    assert session.get(Survey, name).submitted_at is None and session.query(Evidence).count() == 1
    again = put(client, name, body_of(visit, document, manifest, submit=True))
    assert again.status_code == 200 and [lack["id"] for lack in again.json["lacks"]] == [last["id"]]
    assert send_all(client, again, files).json["state"] == "complete"


def test_a_server_that_dies_while_it_seals_has_kept_nothing(client, session, visit, document, inspector, monkeypatch):
    files, manifest = photos("P01", "P04")
    name, sent = str(uuid.uuid4()), body_of(visit, document, manifest, submit=True)
    client.sign_in(inspector)
    with monkeypatch.context() as patched:
        patched.setattr(arriving, "settle", lambda *_args: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            put(client, name, sent)
    session.rollback()
    session.expire_all()
    assert session.get(Survey, name) is None
    assert send_all(client, put(client, name, sent), files).json["state"] == "complete"
