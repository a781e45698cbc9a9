import pytest
from flask import Blueprint

from accounts.permissions import GRANTS, Permission, Role, requires
from app import create_app


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """An application with a door nobody marked and one for scripts."""
    app = create_app(TESTING=True, SECRET_KEY="only for tests", LIMITED=False,
                     SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path_factory.mktemp('house') / 'h.sqlite'}")
    bp = Blueprint("odd", __name__)
    bp.add_url_rule("/unmarked", "unmarked", lambda: "open")
    bp.add_url_rule("/api/things", "things", requires(Permission.EDIT_PLAN)(lambda: {"open": True}))
    app.register_blueprint(bp)
    return app


def sign_in(house, monkeypatch, role, due=False):
    class Someone:
        is_authenticated = is_active = True
        language, name, id, must_change_password = "vi", "Ai đó", 1, due

        def may(self, permission):
            return permission in GRANTS[role]

    monkeypatch.setattr(house.login_manager, "_user_callback", lambda token: Someone())
    client = house.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "1.0"
    return client


@pytest.mark.parametrize("role", list(Role))
def test_an_unmarked_door_is_closed_to_everybody(house, monkeypatch, role):
    page = sign_in(house, monkeypatch, role).get("/unmarked")
    assert page.status_code == 403
    assert "Bạn không được phép làm việc này" in page.text


def test_a_visitor_is_led_to_the_sign_in(house):
    answer = house.test_client().get("/unmarked?a=1&b=2", headers={"Accept": "text/html"})
    assert answer.location == "/sign-in?next=/unmarked?a%3D1%26b%3D2"


def test_scripts_are_told_in_json(house, monkeypatch):
    answer = house.test_client().get("/api/things", headers={"Accept": "text/html"})
    assert answer.status_code == 401
    assert answer.json["error"]
    assert sign_in(house, monkeypatch, Role.VIEWER).get("/api/things").status_code == 403
    assert sign_in(house, monkeypatch, Role.CLERK).get("/api/things").json == {"open": True}
    due = sign_in(house, monkeypatch, Role.CLERK, due=True).get("/api/things")
    assert due.status_code == 403
    assert due.json["error"]


def test_public_doors_stay_open(house):
    assert house.test_client().get("/sign-in").status_code == 200
    assert house.test_client().get("/static/css/ppx.css").status_code == 200


def test_roles_grant_what_domain_4_says():
    assert Permission.DECIDE in GRANTS[Role.DECIDER]
    assert not any(Permission.DECIDE in GRANTS[role] for role in set(Role) - {Role.DECIDER})
    assert Permission.REVIEW not in GRANTS[Role.INSPECTOR] | GRANTS[Role.ADMIN]
    assert Permission.SIGNED_IN in GRANTS[Role.STORE]
    assert not GRANTS[Role.STORE] & {Permission.SEE_REGISTER, Permission.SEE_SURVEYS, Permission.SEE_CERTIFICATION}
