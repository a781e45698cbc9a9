import logging
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from accounts import actions
from accounts.permissions import Role
from app import create_app
from foundation.config import ROOT
from foundation.db import db
from operations import checks
from tests.conftest import build_schema

GOOD = {"PPX_ENV": "production", "PPX_HOST": "ppx.phutho.gov.vn", "DATABASE_URL": "", "SECRET_KEY": "",
        "PPX_STORAGE": "", "PPX_LIMITS": "memory://", "PPX_PROXIES": "1", "FLASK_DEBUG": ""}


@pytest.fixture
def start(monkeypatch, tmp_path):
    """Start as gunicorn does, with these settings."""

    def begin(**settings):
        for name, value in {**GOOD, "PPX_INSTANCE": str(tmp_path / "instance"), **settings}.items():
            monkeypatch.setenv(name, value)
        return create_app()

    return begin


def test_a_sound_start_is_served_and_warned(start, caplog):
    with caplog.at_level(logging.WARNING):
        app = start(PPX_PROXIES="0")
    assert app.config["PRODUCTION"]
    assert "more than one worker" in caplog.text
    assert "PPX_PROXIES is 0" in caplog.text


@pytest.mark.parametrize(("settings", "words"), [
    ({"SECRET_KEY": "short"}, "SECRET_KEY is shorter than 32"), ({"SECRET_KEY": "ab" * 30}, "easy to guess"),
    ({"PPX_HOST": "127.0.0.1:8000"}, "only this machine understands"),
    ({"PPX_HOST": "localhost"}, "only this machine understands"), ({"PPX_HOST": "http://ppx.vn"}, "an address"),
    ({"PPX_HOST": "ppx.vn:8443"}, "with a port"), ({"FLASK_DEBUG": "1"}, "Debugging is on"),
])
def test_what_is_unsafe_is_refused_with_its_cure(start, capsys, settings, words):
    with pytest.raises(SystemExit) as stop:
        start(**settings)
    assert stop.value.code == 3
    told = capsys.readouterr().err
    assert "This production start is refused" in told
    assert words in told


def test_a_database_others_can_read_is_refused(start, capsys, tmp_path):
    folder = tmp_path / "instance"
    folder.mkdir(mode=0o755)
    file = folder / "phan-phoi-xanh.sqlite"
    file.touch(mode=0o644)
    with pytest.raises(SystemExit):
        start()
    assert f"chmod 600 {file}" in capsys.readouterr().err
    file.chmod(0o600)
    start()
    file.chmod(0o644)
    folder.chmod(0o700)
    start()


def fill(app):
    with app.app_context():
        build_schema()
        actions.add_user(email="a@example.vn", name="A", password="bốn từ rời rạc", roles=[(Role.VIEWER, None)],
                         is_demo=True, by=None, at=datetime.now(UTC))
        db.session.commit()


def test_demo_users_are_refused_but_their_cure_runs(start, capsys, monkeypatch):
    app = start()
    assert app.config["DEMO"] is False
    fill(app)
    with app.app_context():
        checks.mark_demo()
    assert app.config["DEMO"] is True
    with pytest.raises(SystemExit):
        start()
    assert "flask demo remove" in capsys.readouterr().err
    done = subprocess.run([sys.executable, "-m", "flask", "accounts", "check-audit"], cwd=ROOT, text=True,
                          env={**os.environ}, capture_output=True)
    assert done.returncode == 0, done.stderr
    served = subprocess.run([sys.executable, "-m", "flask", "run", "--port", "1"], cwd=ROOT, text=True,
                            env={**os.environ}, capture_output=True)
    assert served.returncode != 0
    assert "flask demo remove" in served.stderr


def test_a_database_that_does_not_answer_is_refused(start, capsys):
    with pytest.raises(SystemExit):
        start(DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert "The database does not answer" in capsys.readouterr().err


def test_the_check_waits_for_no_writer(start):
    app = start(PPX_ENV="development")
    fill(app)
    with app.app_context(), db.engine.begin():  # somebody writes
        assert start(PPX_ENV="development").config["DEMO"] is True


def test_development_shows_the_mark_instead(start):
    app = start(PPX_ENV="development")
    assert "Dữ liệu minh hoạ" not in app.test_client().get("/sign-in").text
    fill(app)
    assert "Dữ liệu minh hoạ" in start(PPX_ENV="development").test_client().get("/sign-in").text


def test_gunicorn_gives_up_with_the_message(start, tmp_path, monkeypatch):
    for name, value in {**GOOD, "PPX_HOST": "", "PPX_INSTANCE": str(tmp_path / "instance")}.items():
        monkeypatch.setenv(name, value)
    done = subprocess.run([sys.executable, "-m", "gunicorn", "app:create_app()", "-b", "127.0.0.1:0"], cwd=ROOT,
                          text=True, env={**os.environ}, capture_output=True, timeout=60)
    assert done.returncode == 3
    assert "Set PPX_HOST to the public host name alone" in done.stderr
    assert "Traceback" not in done.stderr
