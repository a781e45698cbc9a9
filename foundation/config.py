"""Every setting, in one table: its environment variable, its default, what it is for.

`docs/settings.md` is checked against this table. Secrets made at first start live in `instance/`.
"""

import contextlib
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from foundation.errors import AppError
from foundation.json_text import read_json, write_json

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Setting:
    """One setting read from the environment; `default` is text, as in the environment."""

    name: str
    default: str
    purpose: str


SETTINGS = [
    Setting("PPX_ENV", "development", "`production` refuses demo users, plain HTTP cookies and made-up hosts."),
    Setting("PPX_HOST", "127.0.0.1:8000", "Host in the QR code and in words under it."),
    Setting("PPX_INSTANCE", "instance", "Folder of the database, files and secrets when nothing else is named."),
    Setting("DATABASE_URL", "", "PostgreSQL address; empty: SQLite in the instance folder."),
    Setting("SECRET_KEY", "", "Signs sessions and forms; empty: made at first start in the instance folder."),
    Setting("PPX_SIGNING_KEY", "", "Signs receipts: 32 bytes in base64url, several after a comma, the newest first; "
            "empty: made at first start in the instance folder."),
    Setting("PPX_STORAGE", "", "Folder or s3:// address of photos and documents; empty: in the instance folder."),
    Setting("PPX_LIMITS", "memory://", "Where request limits are counted; Redis address with several workers."),
    Setting("PPX_LANGUAGE", "vi", "Language before anybody chooses: vi or en."),
    Setting("PPX_PROXIES", "0", "How many trusted proxies stand in front and set X-Forwarded-For and -Proto."),
]


def read_settings() -> dict[str, str]:
    """The environment over the defaults; empty values count as not given."""
    return {s.name: os.environ.get(s.name) or s.default for s in SETTINGS}


def instance_folder(settings: dict[str, str]) -> Path:
    """The instance folder, made with owner-only rights when it is missing."""
    folder = Path(settings["PPX_INSTANCE"])
    folder = folder if folder.is_absolute() else ROOT / folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret(folder: Path, name: str, size: int = 48) -> str:
    """The secret of `size` bytes kept in `folder/name`, made at first start; only the owner may read it.

    Processes that start at the same moment agree: the file appears whole or not at all, and the first one stays.
    """
    path = folder / name
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=folder) as made:  # readable by the owner only
            made.write(secrets.token_urlsafe(size))
            made.flush()
            os.fsync(made.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(made.name, path)
    if path.stat().st_mode & 0o077:
        raise AppError(f"{path} can be read by others. Run: chmod 600 {path}")
    return path.read_text().strip()


def count_proxies(settings: dict[str, str]) -> int:
    """How many proxies are trusted. Raises AppError when the setting is no number."""
    if not settings["PPX_PROXIES"].isdigit():
        raise AppError("PPX_PROXIES is not a number. Set it to the number of proxies in front, usually 1.")
    return int(settings["PPX_PROXIES"])


def flask_config() -> dict[str, object]:
    """What Flask and its extensions need, from the settings."""
    settings = read_settings()
    folder = instance_folder(settings)
    production = settings["PPX_ENV"] == "production"
    url = settings["DATABASE_URL"].replace("postgres://", "postgresql://", 1)
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    return {
        **settings,
        "PRODUCTION": production,
        "INSTANCE": folder,
        "PROXIES": count_proxies(settings),
        "SECRET_KEY": settings["SECRET_KEY"] or secret(folder, "secret_key"),
        "SIGNING_KEY": settings["PPX_SIGNING_KEY"] or secret(folder, "signing_key", 32),
        "SQLALCHEMY_DATABASE_URI": url or f"sqlite:///{folder / 'phan-phoi-xanh.sqlite'}",
        "STORAGE": settings["PPX_STORAGE"] or str(folder / "files"),
        "TRUSTED_HOSTS": [settings["PPX_HOST"].partition(":")[0]] if production else None,
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "hide_parameters": production,  # what people typed stays out of the logs
            "pool_use_lifo": True,  # the connection used last knows most
            "json_serializer": write_json, "json_deserializer": read_json},
        "DEMO": False,  # whether demo data are loaded: set at start, see operations.checks
        "SESSION_COOKIE_NAME": "__Host-session" if production else "session",
        "SESSION_COOKIE_SECURE": production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": 12 * 3600,
        "MAX_CONTENT_LENGTH": 32 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
        "MAX_FORM_PARTS": 5000,
        "WTF_CSRF_TIME_LIMIT": None,
        "LIMITED": True,
    }
