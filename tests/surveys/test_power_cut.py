"""The power goes while a day's work arrives: what the disk then has, and what the tablet still sends, is everything."""

import shutil
import uuid

import pytest
import sqlalchemy as sa

from foundation.audit import find_break
from foundation.db import db
from surveys.models import Evidence, Survey
from surveys.queries import standing
from tests.surveys.committed import enter, furnish, start, stop
from tests.surveys.door import body_of, photos, put, send

CODES = ("P01", "P04", "P11", "P01", "P04")


class Machine:
    """A server with its disk: what is committed quickly may or may not be on it when the power goes."""

    def __init__(self, folder):
        self.folder, self.number = folder, 0
        self.app = start(self.url, self.files)
        self.made = furnish(self.app)

    @property
    def files(self):
        return self.folder / f"files{self.number}"

    @property
    def database(self):
        return self.folder / f"{self.number}.sqlite"

    @property
    def url(self):
        return f"sqlite:///{self.database}"

    @property
    def tablet(self):
        return enter(self.app, self.made.token)

    def look(self):
        """What a cut at this moment leaves of the database at the least."""
        return self.database.read_bytes(), self.database.with_name(f"{self.database.name}-wal").read_bytes()

    def cut(self, left):
        """Start again with what a cut has left of the database, and with the files as they are."""
        old, app = self.files, self.app
        self.number += 1
        self.database.write_bytes(left[0])
        self.database.with_name(f"{self.database.name}-wal").write_bytes(left[1])
        old.mkdir(exist_ok=True)
        shutil.copytree(old, self.files)
        standing.SEALED.clear()
        self.app = start(self.url, self.files)
        stop(app)


@pytest.fixture
def machine(tmp_path):
    made = Machine(tmp_path)
    yield made
    stop(made.app)


@pytest.mark.parametrize("sent", range(len(CODES) + 1))
def test_what_is_gone_is_asked_for_again(machine, document, sent):
    """Of the files that came before the cut only the record may be left; of some of them only a part."""
    name, (files, manifest) = str(uuid.uuid4()), photos(*CODES)
    record = body_of(machine.made.visit, document, manifest, submit=True)
    received = put(machine.tablet, name, record)
    left = machine.look()
    for lack in received.json["lacks"][:sent]:
        answer = send(machine.tablet, lack["to"], files[lack["id"]])
        assert answer.status_code == 201
    if sent == len(CODES):
        assert answer.json["completion"]
        left = machine.look()  # this answer came after its commit was on the disk
    machine.cut(left)
    if 0 < sent < len(CODES):
        first = manifest[0]["sha256"]
        (machine.files / first[:2] / first).write_bytes(files[manifest[0]["id"]][:500])

    for lack in received.json["lacks"][sent:]:  # the tablet goes on
        answer = send(machine.tablet, lack["to"], files[lack["id"]])
        assert answer.status_code == 201 and (not sent or "completion" not in answer.json)
    again = put(machine.tablet, name, record)  # it has everything sent, and no completion
    assert again.status_code == 200 and again.json["receipt"] == received.json["receipt"]
    assert len(again.json["lacks"]) == (sent if 0 < sent < len(CODES) else 0)
    for lack in again.json["lacks"]:
        answer = send(machine.tablet, lack["to"], files[lack["id"]])
        assert answer.status_code == 201
    assert answer.json["completion"] and answer.json["state"] == "complete"

    for one in manifest:
        assert machine.tablet.get(f"/evidence/{one['id']}").data == files[one["id"]]
    with machine.app.app_context():
        assert db.session.scalars(sa.select(Survey.id)).all() == [name]
        assert sorted(db.session.scalars(sa.select(Evidence.id))) == sorted(files)
        assert find_break() is None
