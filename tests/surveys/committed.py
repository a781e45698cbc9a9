"""An application on a database of its own, where what is committed stays: one person and a visit of theirs."""

from datetime import date
from types import SimpleNamespace

from accounts.permissions import Role
from app import create_app
from foundation.db import db
from surveys.actions import plan_visit
from surveys.rules.words import Nature
from territory.models import AdminUnit
from tests.conftest import AT, LONG_AGO, Client, build_schema
from tests.fixtures.things import make_establishment, make_user
from tests.surveys.conftest import make_set


class PlainClient(Client):
    """Each request has its context to itself: nothing is to be forgotten for it."""

    def open(self, *args, **kwargs):
        return super(Client, self).open(*args, **kwargs)


def start(url, folder):
    """The application on a database and a folder of files, as after any start."""
    app = create_app(TESTING=True, SQLALCHEMY_DATABASE_URI=url, STORAGE=str(folder), LIMITED=False,
                     WTF_CSRF_ENABLED=False, SECRET_KEY="only for tests")
    app.test_client_class = PlainClient
    return app


def furnish(app):
    """The tables with the person and the visit: {visit, token}."""
    with app.app_context():
        build_schema()
        unit = AdminUnit(level="commune", code="07900", name="Phường Thử", kind="Phường", valid_from=LONG_AGO,
                         search_text="", sort_key="")
        user = make_user("a@example.vn", "Người Gửi", [Role.INSPECTOR])
        store = make_establishment("CS-1", "Siêu thị Thử", unit, "Công ty")
        criteria = make_set()
        db.session.add_all([user, store, criteria])
        db.session.flush()
        criteria.published_at = AT
        db.session.flush()
        visit = plan_visit(establishment=store, nature=Nature.PLANNED, planned_on=date(2026, 11, 24), team=[user],
                           lead=user, criteria_set=criteria, by=user, at=AT)
        db.session.commit()
        return SimpleNamespace(visit=SimpleNamespace(id=visit.id), token=user.get_id())


def enter(app, token):
    """A client that is signed in."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    return client


def stop(app):
    """Let go of the database."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
