"""Every door of the site: it says who may pass, has a plain address, and its template bears its name."""

import re

import pytest

from accounts.permissions import PUBLIC, Permission
from foundation.config import ROOT

PUBLIC_ENDPOINTS = {
    "static", "vendor_file", "accounts.sign_in", "accounts.sign_out", "certification.verify", "certification.look_up",
    "certification.list_register", "certification.download_register", "progress.show_home",
    "sync.list_keys", "surveys.check_receipt",
    "surveys.show_worker", "surveys.show_manifest", "surveys.show_offline",
}


def test_every_route_declares_a_permission(app):
    assert [name for name, view in app.view_functions.items() if not hasattr(view, "permission")] == []


def test_public_are_these_and_no_others(app):
    found = {name for name, view in app.view_functions.items() if view.permission is PUBLIC}
    assert found == PUBLIC_ENDPOINTS


def test_permissions_are_known_ones(app):
    others = {view.permission for view in app.view_functions.values()} - {PUBLIC}
    assert others <= set(Permission)


def test_addresses_are_in_kebab_case(app):
    part = r"/[a-z0-9.-]*(<any\([a-z, ]+\):ending>)?|/<[a-z_:]+>(\.[a-z]+)?|/<any\([a-z, ]+\):part>"
    plain = re.compile(rf"^({part})*$|^/V/<code>$|^/R/<number>$")
    assert [rule.rule for rule in app.url_map.iter_rules() if not plain.match(rule.rule)] == []


def test_no_blueprint_is_left_out(app):
    assert {name.partition(".")[0] for name in app.view_functions if "." in name} == set(app.blueprints)


def test_every_template_is_used():
    sources = [*ROOT.glob("*/**/*.py"), *ROOT.glob("templates/**/*.html")]
    text = "\n".join(path.read_text() for path in sources
                     if not {".venv", "node_modules", "tests"} & set(path.relative_to(ROOT).parts))
    names = [path.relative_to(ROOT / "templates").as_posix() for path in ROOT.glob("templates/**/*.html")]
    assert [name for name in names if f'"{name}"' not in text and f"'{name}'" not in text] == []


def test_every_macro_is_used():
    pages = {path: path.read_text() for path in ROOT.glob("templates/**/*.html")}
    text = "\n".join(pages.values())
    unused = [name for page in pages.values() for name in re.findall(r"{%-? macro (\w+)\(", page)
              if len(re.findall(rf"\b{name}\b", text)) < 2]
    assert unused == []


@pytest.mark.parametrize("path", ["/establishments", "/surveys", "/people", "/certificates", "/coverage"])
def test_a_stranger_is_sent_to_sign_in(client, path):
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?next=")
