import pytest
import sqlalchemy as sa

from accounts import actions, queries
from accounts.permissions import Role
from app import create_app
from foundation import audit
from foundation.clock import today
from foundation.db import db
from foundation.errors import AppError
from operations.setting_up import make_tables
from territory.queries import find_unit
from tests.conftest import AT

PASSWORD = "bốn từ rời rạc"


def test_tables_of_a_later_version_are_refused_in_words_and_stay_as_they_are(tmp_path):
    app = create_app(TESTING=True, SECRET_KEY="only for tests",
                     SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path / 'other.sqlite'}")
    with app.app_context():
        make_tables()
        db.session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        db.session.commit()
        with pytest.raises(AppError, match=r"later version \(9999\)"):
            make_tables()
        assert db.session.scalar(sa.text("SELECT version_num FROM alembic_version")) == "9999"


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    folder = tmp_path_factory.mktemp("init")
    return create_app(TESTING=True, SECRET_KEY="only for tests", STORAGE=str(folder),
                      SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'i.sqlite'}")


def run(app, *options, typed=f"{PASSWORD}\n"):
    return app.test_cli_runner().invoke(args=["init", *options], input=typed)


def test_an_empty_installation_gets_data_and_its_first_administrator(empty):
    options = ("--email", "Quan.Tri@phutho.gov.vn", "--name", "Nguyễn Quản Trị", "--password-stdin")
    weak = run(empty, *options, typed="ngắn\n")
    assert weak.exit_code == 1
    assert "10" in weak.output
    done = run(empty, *options)
    assert done.exit_code == 0, done.output
    assert "quan.tri@phutho.gov.vn" in done.output
    with empty.app_context():
        user = queries.find_user("quan.tri@phutho.gov.vn")
        assert user.roles == {Role.ADMIN}
        assert not user.is_demo
        assert actions.authenticate(email=user.email, password=PASSWORD, at=AT) is user
        assert find_unit("07900", today())
        assert audit.find_break() is None
    again = run(empty, *options)
    assert again.exit_code == 1
    assert "There are accounts already" in again.output


def test_it_asks_for_what_is_not_given(tmp_path):
    app = create_app(TESTING=True, SECRET_KEY="only for tests",
                     SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path / 'i.sqlite'}")
    done = run(app, typed=f"a@phutho.gov.vn\nNguyễn A\n{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == 0, done.output
    assert "Nguyễn A" in done.output
