"""The stored files: shown to those who may see the survey, kept by browsers, never run."""

import hashlib
import io
import uuid

import pytest
from PIL import Image

from accounts.permissions import Role
from surveys.actions import add_evidence
from surveys.rules.words import EvidenceKind
from tests.conftest import AT
from tests.pictures import picture


@pytest.fixture
def attach(survey, inspector, session):
    def add(content, kind=EvidenceKind.PHOTO):
        added = add_evidence(survey, evidence_id=str(uuid.uuid4()), kind=kind, content=content, by=inspector, at=AT)
        session.commit()
        return added

    return add


def test_a_photo_is_shown_as_stored(client, attach, inspector):
    photo = attach(picture((3000, 2000)))
    answer = client.sign_in(inspector).get(f"/evidence/{photo.id}")
    assert hashlib.sha256(answer.data).hexdigest() == photo.sha256 and answer.mimetype == "image/jpeg"
    assert (photo.width, photo.height, photo.size) == (2560, 1707, len(answer.data))
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_thumbnail_is_small(client, attach, inspector):
    photo = attach(picture((3000, 2000)))
    answer = client.sign_in(inspector).get(f"/evidence/{photo.id}?size=thumb")
    assert Image.open(io.BytesIO(answer.data)).size == (480, 320)


def test_a_document_is_taken_away_as_a_file(client, attach, inspector):
    paper = attach(b"%PDF-1.4\n<script>\n%%EOF\n", EvidenceKind.DOCUMENT)
    for address in (f"/evidence/{paper.id}", f"/evidence/{paper.id}?size=thumb"):
        answer = client.sign_in(inspector).get(address)
        assert answer.mimetype == "application/pdf" and answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_outside_the_territory_it_is_not_there(client, attach, person, unit):
    photo = attach(picture())
    client.sign_in(person(Role.REVIEWER, territory=unit("Xã Ở Kia", code="08002")))
    assert client.get(f"/evidence/{photo.id}").status_code == 404


def test_unknown_is_404(client, inspector):
    assert client.sign_in(inspector).get(f"/evidence/{uuid.uuid4()}").status_code == 404


def test_signed_out_or_without_the_right_it_is_not_shown(client, attach):
    assert client.get(f"/evidence/{attach(picture()).id}").status_code in (302, 401)


def test_a_viewer_may_not(client, attach, person):
    photo = attach(picture())
    assert client.sign_in(person(Role.VIEWER)).get(f"/evidence/{photo.id}").status_code == 403
