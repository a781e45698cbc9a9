"""A tablet as the door knows it: what it sends of a survey, and how."""

import hashlib
import json
import uuid

from surveys.models import Survey
from tests.pictures import picture

COPY = "5d0c3e0a-3f1e-4b5e-9a7e-0d8f6f3f9b11"
OTHER = "0b0f2f0c-8a43-4f5e-8a53-6e7f3b6a1c22"


def item(content, name=None, **about):
    """A file of the manifest."""
    return {"id": name or str(uuid.uuid4()), "sha256": hashlib.sha256(content).hexdigest(), "size": len(content),
            "media_type": "image/jpeg", "kind": "photo", "criterion": None, "category": None, "caption": "",
            "taken_at": None, "lat": None, "lon": None, "accuracy": None, "place_reason": "", "store_code": "", **about}


def photos(*codes):
    """A different photo for each category: (bytes by id, manifest)."""
    files, manifest = {}, []
    for number, code in enumerate(codes):
        content = picture((320 + number, 240), colour=(number * 7 % 256, 99, 40))
        one = item(content, category=code)
        files[one["id"]] = content
        manifest.append(one)
    return files, manifest


def body_of(visit, document, evidence=(), *, revision=0, copy=COPY, submit=False, **more):
    """The bytes of what is sent."""
    sent = {"visit": visit.id, "copy": copy, "revision": revision, "document": document, "evidence": list(evidence),
            "submit": submit, **more}
    return json.dumps(sent, ensure_ascii=False).encode()


def put(client, survey_id, content, **headers):
    """Send a survey."""
    return client.put(f"/api/surveys/{survey_id}", data=content, content_type="application/json", headers=headers)


def send(client, to, content):
    """Send a file to where the server wants it."""
    return client.put(to, data=content, content_type="application/octet-stream")


def send_all(client, answer, files):
    """Send everything that lacks; the last answer."""
    for lack in answer.json["lacks"]:
        answer = send(client, lack["to"], files[lack["id"]])
        assert answer.status_code == 201, answer.json
    return answer


def find(session, survey_id):
    """The survey as the database has it now."""
    session.expire_all()
    return session.get(Survey, survey_id)
