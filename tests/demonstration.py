"""The demonstration, built once for all test processes: a folder with its database and files."""

import shutil
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from filelock import FileLock

from accounts.models import User
from app import create_app
from foundation.db import db
from operations import demo
from operations.demo.people import PEOPLE
from retail.importing.uploads import upload
from surveys.actions import copy_criteria_set
from surveys.models import CriteriaSet
from tests.conftest import Client, build_schema

LIST = """Tên cơ sở;Loại hình;Doanh nghiệp;Địa chỉ;Xã, phường;Diện tích (m2)
Siêu thị Thử Nhập;Siêu thị tổng hợp;Công ty Thử Nhập;Số 5, đường Thử;Phường Việt Trì;1.200
Siêu thị Sai Xã;Siêu thị tổng hợp;Công ty Thử Nhập;Số 6, đường Thử;Xã Không Có;abc
"""
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def make_app(folder):
    """The application on a SQLite database in a folder, with its files there."""
    folder.mkdir(exist_ok=True)
    app = create_app(
        TESTING=True, SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'demo.sqlite'}", STORAGE=str(folder / "files"),
        WTF_CSRF_ENABLED=False, SERVER_NAME=None, LIMITED=False, SECRET_KEY="only for tests", DEMO=True)
    app.test_client_class = Client
    return app


def build(folder):
    """The demonstration, an upload waiting for its confirmation and a criteria set in draft."""
    app = make_app(folder)
    with app.app_context():
        build_schema()
        demo.load(host="minhhoa.example.vn", say=lambda text: None, now=NOW)
        clerk = db.session.scalar(sa.select(User).where(User.email == PEOPLE["clerk"][0]))
        upload(LIST.encode(), "danh-sach.csv", by=clerk, at=NOW)
        copy_criteria_set(db.session.scalar(sa.select(CriteriaSet)), version="1.1", by=None, at=NOW)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory, worker_id):
    """A copy of the demonstration for this process."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "demo"
    with FileLock(f"{shared}.lock"):
        if not shared.exists():
            building = shared.with_name("demo-building")
            build(building)
            building.rename(shared)
    own = tmp_path_factory.mktemp("demo") / "instance"
    shutil.copytree(shared, own)
    return own
