"""Habits of DESIGN 6, held by tests: short files and functions, catalogues complete, nothing of the machine told."""

import ast
import re

import pytest
from babel.messages.pofile import read_po

from foundation import catalogues
from foundation.config import ROOT, SETTINGS
from foundation.i18n import PACKAGES

CODE = [ROOT / "app.py",
        *(path for package in [*PACKAGES, "bench"] for path in sorted(ROOT.glob(f"{package}/**/*.py")))]
TESTS = sorted(ROOT.glob("tests/**/*.py"))
SCRIPTS = [*sorted(ROOT.glob("static/js/**/*.js")), *sorted(ROOT.glob("tests/**/*.mjs"))]
TEXT = [path for pattern in ("*.md", "docs/**/*.md", "Makefile", ".ci/run", "templates/**/*.html", "static/js/**/*.js",
                             "tests/**/*.py") for path in ROOT.glob(pattern)]


def test_files_stay_under_300_lines():
    long = {path.relative_to(ROOT).as_posix(): n for path in [*CODE, *TESTS, *SCRIPTS]
            if (n := len(path.read_text().splitlines())) > 300}
    assert long == {}


def test_functions_stay_under_40_lines():
    long = [f"{path.relative_to(ROOT)}:{node.name} {node.end_lineno - node.lineno + 1}"
            for path in [*CODE, *TESTS] for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno + 1 > 40]
    assert long == []


def test_public_functions_say_what_they_do():
    bare = [f"{path.relative_to(ROOT)}:{node.name}"
            for path in CODE for node in ast.parse(path.read_text()).body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            and not ast.get_docstring(node) and not is_list_of_words(node)]
    assert bare == []


def is_list_of_words(node):
    """An enum whose name says it all."""
    return isinstance(node, ast.ClassDef) and [getattr(base, "id", "") for base in node.bases] == ["StrEnum"]


def test_actions_neither_commit_nor_read_the_clock_or_the_request():
    rooms = [path for path in CODE if "actions" in path.relative_to(ROOT).as_posix()]
    wrong = [path.relative_to(ROOT).as_posix() for path in rooms
             if re.search(r"\.commit\(\)|clock\.(now|today)|import .*\brequest\b|current_user", path.read_text())]
    assert rooms and wrong == []


def test_the_catalogues_are_complete_and_up_to_date():
    rows = list(catalogues.survey())
    assert rows
    for path, text, missing in rows:
        assert missing == [], path
        assert path.read_text(encoding="utf-8") == text, f"{path}: run make messages"


def test_one_message_has_one_translation():
    said: dict[tuple, dict[str, str]] = {}
    for package in PACKAGES:
        path = catalogues.path_of(package, "vi")
        if path.exists():
            with path.open("rb") as file:
                for message in read_po(file):
                    if message.id and message.string and any(message.string):
                        said.setdefault((message.id,), {})[package] = str(message.string)
    assert {key: words for key, words in said.items() if len(set(words.values())) > 1} == {}


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented(setting):
    assert f"`{setting.name}`" in (ROOT / "docs" / "settings.md").read_text()


def test_every_command_is_documented(app):
    text = (ROOT / "docs" / "commands.md").read_text()
    names = []
    for name, command in app.cli.commands.items():
        names += [f"flask {name} {sub}" for sub in getattr(command, "commands", {})] or [f"flask {name}"]
    own = [name for name in names if not name.startswith(("flask db", "flask run", "flask shell", "flask routes"))]
    assert [name for name in own if f"`{name}" not in text] == []


def test_every_make_target_is_documented():
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    text = (ROOT / "README.md").read_text() + (ROOT / "CONTRIBUTING.md").read_text()
    assert [target for target in targets if f"make {target}" not in text] == []


def test_nothing_of_a_machine_is_told():
    marks = re.compile(r"/(w[o]rk|r[o]ot|h[o]me)/[a-z.]")
    assert [path.name for path in [*CODE, *TEXT] if marks.search(path.read_text())] == []
