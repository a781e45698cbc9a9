import stat

import pytest

from foundation import config
from foundation.errors import AppError


@pytest.fixture
def settings(monkeypatch, tmp_path):
    for one in config.SETTINGS:
        monkeypatch.delenv(one.name, raising=False)
    monkeypatch.setenv("PPX_INSTANCE", str(tmp_path / "instance"))
    return monkeypatch


def test_secrets_are_made_once_for_the_owner_only(settings, tmp_path):
    first = config.flask_config()["SECRET_KEY"]
    path = tmp_path / "instance" / "secret_key"
    assert len(first) >= 64
    assert config.flask_config()["SECRET_KEY"] == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("rights", [0o640, 0o604, 0o660])
def test_a_secret_others_can_read_is_refused(settings, tmp_path, rights):
    config.flask_config()
    path = tmp_path / "instance" / "secret_key"
    path.chmod(rights)
    with pytest.raises(AppError, match="chmod 600"):
        config.flask_config()


def test_the_environment_comes_first(settings, tmp_path):
    settings.setenv("SECRET_KEY", "from the environment")
    settings.setenv("DATABASE_URL", "postgres://u:p@h/d")
    made = config.flask_config()
    assert made["SECRET_KEY"] == "from the environment"
    assert made["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://u:p@h/d"
    assert not (tmp_path / "instance" / "secret_key").exists()


@pytest.mark.parametrize("count", ["two", "-1", "1.5"])
def test_proxies_are_counted(settings, count):
    settings.setenv("PPX_PROXIES", count)
    with pytest.raises(AppError, match="PPX_PROXIES"):
        config.flask_config()


def test_every_setting_says_what_it_is_for():
    assert all(len(setting.purpose) > 20 for setting in config.SETTINGS)
