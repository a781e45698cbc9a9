"""Bodies no honest tablet sends: each is taken or refused in words, none breaks the door."""

import json
import uuid

import pytest

from surveys.models import Survey
from tests.surveys.door import body_of, photos, put, send_all

NAUGHTY = "\u0000x\ud800"


@pytest.mark.parametrize("more", [
    {"copy": NAUGHTY}, {"copy": ["x"]}, {"revision": 10**30}, {"revision": -1}, {"revision": "3"},
    {"document": {"remarks": NAUGHTY}}, {"document": {"answers": {"A1": {"note": NAUGHTY}}}},
    {"document": {"receipts": 1e400}}, {"document": {"receipts": float("nan")}},
    {"document": {"answers": {NAUGHTY: {}}}}, {"document": None}, {"evidence": {}}, {"evidence": [None]},
    {"evidence": [{"id": NAUGHTY}]},
])
def test_odd_drafts(tablet, visit, more):
    body = json.loads(body_of(visit, {})) | more
    answer = put(tablet, str(uuid.uuid4()), json.dumps(body).encode())
    assert answer.status_code in (201, 422), answer.text[:300]


@pytest.mark.parametrize("device", [
    {"app": NAUGHTY}, {"score": {NAUGHTY: NAUGHTY}}, {"score": {"total": float("nan")}}, {"score": {"total": 1e400}},
    {"log": [NAUGHTY]}, {"score": []}, {"app": 3}, [],
])
def test_odd_devices_of_good_records(tablet, visit, document, device):
    body = json.loads(body_of(visit, document, photos("P01", "P04")[1], submit=True)) | {"device": device}
    answer = put(tablet, str(uuid.uuid4()), json.dumps(body).encode())
    is_json = not any(word in json.dumps(device) for word in ("NaN", "Infinity"))
    assert answer.status_code == (201 if is_json else 422), answer.text[:300]


@pytest.mark.parametrize("content", [
    "utf-16", "deep", "surrogate",
])
def test_odd_bytes(tablet, visit, document, content):
    good = body_of(visit, document, submit=True)
    content = {"utf-16": good.decode().encode("utf-16"), "deep": b"[" * 200_000 + b"]" * 200_000,
               "surrogate": good.replace(b'"submit"', b'"\xed\xa0\x80": 1, "submit"')}[content]
    assert put(tablet, str(uuid.uuid4()), content).status_code == 422


def test_the_largest_amounts_are_kept(tablet, visit, document, session):
    most = {"opening": str(10**11), "purchased": str(10**11), "closing": "0", "returned": "0"}
    document = {**document, "lines": [{**line, **most} for line in document["lines"]]}
    name = str(uuid.uuid4())
    files, manifest = photos("P01", "P04")
    answer = send_all(tablet, put(tablet, name, body_of(visit, document, manifest, submit=True)), files)
    assert answer.json["state"] == "complete"
    assert session.get(Survey, name).used_grams > 10**12
