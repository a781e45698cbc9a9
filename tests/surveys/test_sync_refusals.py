"""What the JSON door refuses, with the path of the field that is wrong; and whom."""

import json

import pytest

from accounts.permissions import Role
from surveys.models import Survey
from tests.pictures import picture
from tests.surveys.door import body_of, item, put, send


def test_bad_values_are_422_by_their_path_and_nothing_is_kept(tablet, visit, name, session):
    answer = put(tablet, name, body_of(visit, {"answers": {"A6": {"numerator": "năm"}}}, [{"id": "x"}]))
    assert answer.status_code == 422 and answer.json["received_at"]
    assert {"answers.A6.numerator", "evidence.x.id", "evidence.x.sha256", "evidence.x.size"} <= {*answer.json["fields"]}
    assert session.get(Survey, name) is None


@pytest.mark.parametrize(("about", "field"), [
    ({"criterion": "Z9"}, "criterion"), ({"category": "P99"}, "category"), ({"lat": "91", "lon": "5"}, "lat"),
    ({"lat": "21"}, "lat"), ({"accuracy": "-1"}, "accuracy"), ({"taken_at": "hôm qua"}, "taken_at"),
    ({"caption": "x" * 201}, "caption"), ({"sha256": "A" * 64}, "sha256"), ({"size": 0}, "size"),
    ({"size": 30 * 1024 * 1024 + 1}, "size"), ({"kind": "film"}, "kind"), ({"place_reason": "lười"}, "place_reason")])
def test_bad_facts_in_the_manifest_are_named(tablet, visit, name, about, field):
    one = item(b"x", **about)
    answer = put(tablet, name, body_of(visit, {}, [one]))
    assert answer.status_code == 422 and list(answer.json["fields"]) == [f"evidence.{one['id']}.{field}"]


def test_a_file_stands_once_in_the_manifest(tablet, visit, name):
    one = item(b"x")
    assert put(tablet, name, body_of(visit, {}, [one, one])).status_code == 422
    assert put(tablet, name, body_of(visit, {}, [item(b"x") for _ in range(301)])).status_code == 422
    assert put(tablet, name, json.dumps({"visit": visit.id, "evidence": 5}).encode()).status_code == 422


@pytest.mark.parametrize("content", [b"[]", b"1", b"{", b"", b'"x"', b"\xff"])
def test_what_is_no_object_is_422(tablet, name, content):
    answer = put(tablet, name, content)
    assert answer.status_code == 422 and answer.json["error"]


def test_too_much_is_413(tablet, visit, name):
    answer = put(tablet, name, body_of(visit, {"remarks": "x" * (2 * 1024 * 1024)}))
    assert answer.status_code == 413 and answer.json["error"]


@pytest.mark.parametrize("visit_id", [None, "1", True, 0, 2**40])
def test_a_new_survey_needs_its_visit(tablet, name, visit_id):
    answer = put(tablet, name, json.dumps({"visit": visit_id, "document": {}}).encode())
    assert answer.status_code == 422 and "visit" in answer.json["fields"]


@pytest.mark.parametrize("odd", ["1", "C30388C9-A04D-4730-8510-52435E5C2ABA"])
def test_a_name_that_is_no_uuid_is_422(tablet, visit, odd):
    answer = put(tablet, odd, body_of(visit, {}))
    assert answer.status_code == 422 and "id" in answer.json["fields"]


def test_who_may_not_write(client, person, visit, survey, unit, name):
    sent = body_of(visit, {"remarks": "x"})
    assert put(client, survey.id, sent).status_code == 401
    client.sign_in(person(Role.REVIEWER))
    assert put(client, survey.id, sent).status_code == 403
    client.sign_in(person(Role.INSPECTOR))
    assert put(client, survey.id, sent).status_code == 403 and put(client, name, sent).status_code == 403
    client.sign_in(person(Role.INSPECTOR, territory=unit("Phường Thanh Miếu", code="07920")))
    assert put(client, survey.id, sent).status_code == 404 and put(client, name, sent).status_code == 404
    assert client.get(f"/api/surveys/{survey.id}").status_code == 404
    assert send(client, f"/api/surveys/{survey.id}/evidence/{name}", picture()).status_code == 404


def test_a_visit_that_is_not_there_is_404_another_one_422(tablet, visit, survey, name):
    assert put(tablet, name, json.dumps({"visit": 999, "document": {}}).encode()).status_code == 404
    answer = put(tablet, survey.id, json.dumps({"visit": visit.id + 1, "document": {}}).encode())
    assert answer.status_code == 422 and "visit" in answer.json["fields"]
