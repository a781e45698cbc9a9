import pytest
from flask import Blueprint, abort, request

from accounts.permissions import public
from app import create_app
from foundation.errors import Forbidden, Invalid, NotFound, RuleBroken

FAILURES = {"forbidden": Forbidden("Chuyện riêng."), "missing": NotFound("Không có."),
            "broken": RuleBroken("Chưa được."), "invalid": Invalid("Sai.", {"name": "Hãy viết tên."})}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """An application of its own with doors that fail; nobody is signed in."""
    folder = tmp_path_factory.mktemp("house")
    app = create_app(TESTING=True, SECRET_KEY="only for tests", STORAGE=str(folder), WTF_CSRF_ENABLED=False,
                     SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'h.sqlite'}")
    app.testing = False  # failures become pages, as in earnest
    bp = Blueprint("failing", __name__)

    @bp.route("/fail/<int:status>", methods=["GET", "POST"])
    @bp.route("/api/fail/<int:status>", methods=["GET", "POST"])
    @public
    def fail(status):
        if status == 500:
            raise ZeroDivisionError("secret detail")
        abort(status)

    @bp.get("/error/<name>")
    @bp.get("/api/error/<name>", endpoint="api_error")
    @public
    def error(name):
        raise FAILURES[name]

    @bp.post("/read")
    @bp.post("/api/read", endpoint="api_read")
    @public
    def read():
        return str(len(request.form)) + str(len(request.get_data()))

    for view in ("api_error", "api_read"):
        bp.record_once(lambda state, view=view: public(state.app.view_functions[f"failing.{view}"]))
    app.register_blueprint(bp)
    return app


@pytest.fixture
def production(monkeypatch, tmp_path):
    """Make an application as in production: `production(PPX_PROXIES="1")`."""

    def make(**settings):
        folder = tmp_path / "instance"
        wanted = {"PPX_ENV": "production", "PPX_HOST": "ppx.vidu.vn", "PPX_INSTANCE": str(folder), "DATABASE_URL": "",
                  "SECRET_KEY": "", "PPX_STORAGE": "", "PPX_PROXIES": "0", **settings}
        for name, value in wanted.items():
            monkeypatch.setenv(name, value)
        return create_app()

    return make
