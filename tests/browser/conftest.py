"""A real browser against a real server: Debian's chromium, the application in a thread, a database of its own.

Without chromium the tests are skipped in one line; where CI=true they fail instead.
"""

import os
import threading
import time
import uuid
from datetime import date
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from accounts.models import RoleGrant, User
from accounts.permissions import Role
from app import create_app
from foundation import clock
from foundation.db import db
from foundation.text import fold, sort_key
from operations import chromium
from retail.models import Enterprise, Establishment, Location, StatusSpan
from retail.rules import Kind, Status
from surveys.actions import load_default_criteria, plan_visit, start_survey
from surveys.models import Survey
from surveys.rules.words import Nature
from territory.models import AdminUnit
from tests.conftest import AT, LONG_AGO, build_schema

FAKE_CAMERA = ("--use-fake-device-for-media-stream=fps=5", "--use-fake-ui-for-media-stream")  # allowed unasked
TABLET = {"width": 820, "height": 1180}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = chromium.find()
    if path is None and os.environ.get("CI") == "true":
        pytest.fail("Browser tests need Debian's chromium: apt-get install chromium", pytrace=False)
    if path is None:
        pytest.skip("Debian's chromium is not installed", allow_module_level=True)
    return {**browser_type_launch_args, "executable_path": path, "args": ["--no-sandbox", *FAKE_CAMERA]}


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": TABLET, "has_touch": True, "locale": "vi-VN"}


class Server:
    """The running application: its address, a way in, and a WSGI application that may answer in its place."""

    def __init__(self, app):
        self.app = app
        self.stand_in = None
        self.server = make_server("127.0.0.1", 0, self.answer, threaded=True)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, environ, start_response):
        return (self.stand_in or self.app)(environ, start_response)

    def sign_in(self, context, user_id: int) -> None:
        """Give a browser context this person's session cookie."""
        with self.app.app_context():
            session = {"_user_id": db.session.get(User, user_id).get_id(), "_fresh": True, "since": time.time()}
        cookie = self.app.session_interface.get_signing_serializer(self.app).dumps(session)
        context.add_cookies([{"name": "session", "value": cookie, "url": "http://127.0.0.1"}])


@pytest.fixture(scope="session")
def live_server(tmp_path_factory):
    """One server for all browser tests; what a test needs in its database it adds and commits."""
    folder: Path = tmp_path_factory.mktemp("live")
    app = create_app(TESTING=True, SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'live.sqlite'}",
                     STORAGE=str(folder / "files"), LIMITED=False, SECRET_KEY="only for tests")
    with app.app_context():
        build_schema()
    live = Server(app)
    thread = threading.Thread(target=live.server.serve_forever, daemon=True)
    thread.start()
    yield live
    live.server.shutdown()
    thread.join()


@pytest.fixture
def new_survey(live_server):
    """Make an open, empty survey under the default criteria by an inspector of its own: (survey id, user id)."""

    def make(kind=Kind.SUPERMARKET):
        with live_server.app.app_context():
            criteria = load_default_criteria(by=None, at=AT)
            name = "Siêu thị Tổng hợp và Bách hoá Minh Hoạ 07 – Chi nhánh Khu đô thị phía Nam"
            inspector = make_person(Role.LEAD)
            visit = plan_visit(establishment=make_store(name, kind), nature=Nature.CERTIFICATION,
                               planned_on=date(2026, 11, 24), team=[inspector], lead=inspector,
                               criteria_set=criteria, by=inspector, at=AT)
            survey = start_survey(visit, str(uuid.uuid4()), by=inspector, at=clock.now())
            db.session.commit()
            return survey.id, inspector.id

    return make


def make_person(*roles: Role) -> User:
    """Somebody with roles everywhere."""
    user = User(email=f"{uuid.uuid4().hex[:8]}@example.vn", name="Nguyễn Thị Minh Hoạ", password_hash="-",
                created_at=AT, grants=[RoleGrant(role=role, granted_at=AT) for role in roles])
    db.session.add(user)
    db.session.flush()
    return user


def make_store(name: str, kind: Kind) -> Establishment:
    """An operating store of a new enterprise in a new commune."""
    code = uuid.uuid4().hex[:5]
    unit = AdminUnit(level="commune", code=code, name="Phường Thử", kind="Phường", valid_from=LONG_AGO,
                     search_text="phuong thu", sort_key=sort_key("Phường Thử"))
    enterprise = Enterprise(name=f"Công ty {code}", search_text=f"cong ty {code}", created_at=AT)
    store = Establishment(
        number=f"CS-{code}", enterprise=enterprise, name=name, search_text=fold(name), sort_key=sort_key(name),
        kind=kind, area_m2=2400, items=12000, opened_on=LONG_AGO, created_at=AT, updated_at=AT,
        statuses=[StatusSpan(status=Status.OPERATING, valid_from=LONG_AGO)],
        locations=[Location(unit=unit, address="Số 1, đường Thử", valid_from=LONG_AGO)])
    db.session.add(store)
    db.session.flush()
    return store


@pytest.fixture
def read_survey(live_server):
    """What the server holds of a survey now: `read_survey(id, lambda survey: …)`."""

    def read(survey_id, question):
        with live_server.app.app_context():
            return question(db.session.get(Survey, survey_id))

    return read
