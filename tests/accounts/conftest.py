import pytest

from accounts import actions
from accounts.permissions import Role
from foundation.audit import AuditEntry
from tests.accounts.sending import enrol
from tests.conftest import AT

PASSWORD = "bốn từ rời rạc"


@pytest.fixture
def account(session):
    """Somebody with a password: `account(Role.ADMIN, email=…)`."""
    made = 0

    def make(*roles, email=None, name="Nguyễn Thị Ánh", password=PASSWORD, **more):
        nonlocal made
        made += 1
        user = actions.add_user(email=email or f"taikhoan{made}@example.vn", name=name, password=password,
                                roles=[(role, None) for role in roles or [Role.CLERK]], by=None, at=AT, **more)
        session.commit()
        return user

    return make


@pytest.fixture
def admin(account):
    return account(Role.ADMIN, email="quantri@example.vn", name="Lê Quản Trị")


@pytest.fixture
def trail(session):
    """The verbs in the audit trail, oldest first."""
    return lambda: [entry.verb for entry in session.query(AuditEntry).order_by(AuditEntry.id)]


@pytest.fixture
def limits(app, session, monkeypatch):
    """Request limits on, counted afresh."""
    monkeypatch.setitem(app.config, "LIMITED", True)
    app.extensions["limits"].storage.reset()


@pytest.fixture
def inspector(account):
    return account(Role.INSPECTOR)


@pytest.fixture
def stranger(app):
    """A browser without any session: what a tablet's sender is."""
    return app.test_client()


@pytest.fixture
def token(client, inspector):
    return enrol(client.sign_in(inspector)).json["token"]
