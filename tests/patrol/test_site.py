"""A walk over every page of the demonstration, in both languages: answers, valid HTML, few statements, no writing."""

import re

import pytest
import sqlalchemy as sa

from accounts.permissions import GRANTS, PUBLIC, Role
from foundation.db import db

from .conftest import who_may

MOST_STATEMENTS = 24  # on any page; lists have their own, lower ones
REDIRECTS = {"certification.look_up", "accounts.list_own_devices"}
OTHER_SAMPLE = {
    "surveys.edit_survey": {"survey_id": "draft_id"}, "surveys.move_survey": {"survey_id": "draft_id"},
    "surveys.open_form": {"visit_id": "draft_visit_id"},
    "surveys.edit_criteria_set": {"set_id": "other_id"},
    "surveys.edit_part": {"set_id": "other_id", "code": "criterion"}, "surveys.add_part": {"set_id": "other_id"},
}
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


def doors(site, method="GET"):
    """(endpoint, rule) of every address that takes a method."""
    return [(rule.endpoint, rule) for rule in site.url_map.iter_rules() if method in rule.methods]


def address(site, rule, samples):
    """The rule with sample values in it."""
    missing = rule.arguments - samples.keys()
    assert not missing, f"{rule}: give tests/patrol a sample of {missing}"
    names = OTHER_SAMPLE.get(rule.endpoint, {})
    return site.url_map.bind("localhost").build(
        rule.endpoint, {name: samples[names.get(name, name)] for name in rule.arguments})


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_answers_and_writes_nothing(site, samples, staff, language):
    seen: list[str] = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *call: seen.append(call[2]))
    for endpoint, rule in doors(site):
        permission = site.view_functions[endpoint].permission
        client = site.test_client()
        if permission is not PUBLIC:
            client.sign_in(staff[who_may(permission)])
        client.set_cookie("lang", language)
        del seen[:]
        answer = client.get(address(site, rule, samples) + f"?lang={language}")
        assert answer.status_code == (302 if endpoint in REDIRECTS else 200), rule
        if answer.mimetype == "text/html" and answer.status_code == 200:
            mark = "inh hoạ" if language == "vi" else "Demo"
            assert mark in answer.text, f"{rule} does not say that its data are a demonstration"
        assert [text for text in seen if WRITES.match(text)] == [], rule
        assert len([text for text in seen if text.lstrip().upper().startswith("SELECT")]) <= MOST_STATEMENTS, rule


def test_no_door_opens_to_the_wrong_role(site, samples, staff):
    for rule in site.url_map.iter_rules():
        permission = site.view_functions[rule.endpoint].permission
        if permission is PUBLIC:
            continue
        method = "GET" if "GET" in rule.methods else next(iter(rule.methods - {"HEAD", "OPTIONS"}))
        path = address(site, rule, samples)
        stranger = site.test_client().open(path, method=method, headers={"Accept": "text/html"})
        assert stranger.status_code in (302, 401), rule
        if strangers := [role for role in Role if permission not in GRANTS[role]]:
            client = site.test_client().sign_in(staff[strangers[-1]])
            assert client.open(path, method=method).status_code == 403, rule


def test_no_session_writes_without_its_token(site, samples, staff, monkeypatch):
    """Whatever the door, /api too; a made-up device's token in the header does not help."""
    monkeypatch.setitem(site.config, "WTF_CSRF_ENABLED", True)
    for rule in site.url_map.iter_rules():
        permission = site.view_functions[rule.endpoint].permission
        client = site.test_client().sign_in(staff[Role.ADMIN if permission is PUBLIC else who_may(permission)])
        for method in rule.methods & {"POST", "PUT", "PATCH", "DELETE"}:
            path = address(site, rule, samples)
            assert client.open(path, method=method).status_code == 400, rule
            made_up = client.open(path, method=method, headers={"Authorization": f"Bearer ppx_1_{'A' * 43}"})
            assert made_up.status_code == (401 if path.startswith("/api/") else 400), rule


@pytest.mark.parametrize("odd", ["99999999999999999999999", "%00'"])
def test_no_page_breaks_over_an_odd_address(site, samples, staff, odd):
    names = ["page", "before", "year", "establishment", "person", "territory", "kind", "level", "state", "on", "due",
             "bags", "q", "class", "status", "since", "until", "threshold", "part", "nature", "outcome", "role", "verb"]
    asked = "&".join(f"{name}={odd}" for name in names)
    broken = []
    for endpoint, rule in doors(site):
        permission = site.view_functions[endpoint].permission
        client = site.test_client()
        if permission is not PUBLIC:
            client.sign_in(staff[who_may(permission)])
        site.testing = False
        answer = client.get(f"{address(site, rule, samples)}?{asked}")
        site.testing = True
        if answer.status_code >= 500:
            broken.append(f"{endpoint}: {answer.status_code}")
    assert broken == []
