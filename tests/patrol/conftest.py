"""The whole site with the demonstration in it, built once for all test processes."""

import shutil
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from filelock import FileLock

from accounts.models import User
from accounts.permissions import GRANTS, Role
from app import create_app
from certification.models import Application, Certificate
from foundation.db import db
from operations import demo
from operations.demo.people import PEOPLE
from plan.models import Target
from retail.importing.uploads import upload
from retail.models import Enterprise, Establishment, RegisterImport
from surveys.actions import copy_criteria_set
from surveys.models import CriteriaSet, Evidence, Survey, Visit
from tests.conftest import Client, build_schema

LIST = """Tên cơ sở;Loại hình;Doanh nghiệp;Địa chỉ;Xã, phường;Diện tích (m2)
Siêu thị Thử Nhập;Siêu thị tổng hợp;Công ty Thử Nhập;Số 5, đường Thử;Phường Việt Trì;1.200
Siêu thị Sai Xã;Siêu thị tổng hợp;Công ty Thử Nhập;Số 6, đường Thử;Xã Không Có;abc
"""
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory, worker_id):
    """A folder of this process with the database and files of the demonstration."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "demo"
    with FileLock(f"{shared}.lock"):
        if not shared.exists():
            app = make_app(shared.with_name("demo-building"))
            with app.app_context():
                build_schema()
                demo.load(host="minhhoa.example.vn", say=lambda text: None, now=NOW)
                published = db.session.scalar(sa.select(CriteriaSet))
                clerk = db.session.scalar(sa.select(User).where(User.email == PEOPLE["clerk"][0]))
                upload(LIST.encode(), "danh-sach.csv", by=clerk, at=NOW)
                copy_criteria_set(published, version="1.1", by=None, at=NOW)
                db.session.commit()
                db.session.remove()
                db.engine.dispose()
            shared.with_name("demo-building").rename(shared)
    own = tmp_path_factory.mktemp("demo") / "instance"
    shutil.copytree(shared, own)
    return own


def make_app(folder):
    """The application on a SQLite database in a folder, with its files there."""
    folder.mkdir(exist_ok=True)
    app = create_app(
        TESTING=True, SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'demo.sqlite'}", STORAGE=str(folder / "files"),
        WTF_CSRF_ENABLED=False, SERVER_NAME=None, LIMITED=False, SECRET_KEY="only for tests", DEMO=True)
    app.test_client_class = Client
    return app


@pytest.fixture(scope="session")
def site_app(demo_folder):
    """The application with the demonstration in it; nothing may be written to it."""
    return make_app(demo_folder)


@pytest.fixture
def site(site_app):
    """The same, in a context of its own."""
    with site_app.app_context():
        yield site_app
        db.session.remove()


@pytest.fixture
def samples(site):
    """A value for each parameter an address may have."""
    first = {name: str(db.session.scalar(sa.select(column).limit(1))) for name, column in {
        "application_id": Application.id, "certificate_id": Certificate.id, "code": Certificate.code,
        "enterprise_id": Enterprise.id, "establishment_id": Establishment.id, "evidence_id": Evidence.id,
        "set_id": CriteriaSet.id, "target_id": Target.id,
        "user_id": User.id, "visit_id": Visit.id, "import_id": RegisterImport.id}.items()}
    survey = db.session.scalar(sa.select(Survey.id).where(~Survey.reviews.any(), Survey.submitted_at.is_not(None)))
    return {**first, "survey_id": survey, "ending": "xlsx", "name": "signature_pad.js", "filename": "css/ppx.css",
            "part": "criteria", "criterion": "B4",
            "other_id": db.session.scalar(sa.select(CriteriaSet.id).where(CriteriaSet.published_at.is_(None))),
            "draft_id": db.session.scalar(sa.select(Survey.id).where(Survey.submitted_at.is_(None)))}


@pytest.fixture
def staff(site):
    """A user of each role of the demonstration."""
    return {role: db.session.scalar(sa.select(User).where(User.email == email))
            for email, _name, role in list(PEOPLE.values())[:8]}


def who_may(permission):
    """A role that grants it."""
    return next(role for role in Role if permission in GRANTS[role])
