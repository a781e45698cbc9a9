from accounts import actions, queries
from foundation import audit
from tests.conftest import AT


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["accounts", *arguments])


def test_check_audit(app, account, monkeypatch):
    account()
    good = run(app, "check-audit")
    assert good.exit_code == 0
    assert audit.find_end()[1] in good.output
    monkeypatch.setattr(audit, "digest", lambda entry: "another")
    bad = run(app, "check-audit")
    assert bad.exit_code == 1
    assert "breaks at entry" in bad.output


def test_reset_password(app, account, session):
    user = account()
    answer = run(app, "reset-password", user.email.upper())
    password = answer.output.strip().rpartition(" ")[2]
    assert actions.authenticate(email=user.email, password=password, at=AT) is not None
    assert queries.find_user(user.email).must_change_password
    unknown = run(app, "reset-password", "khong.co@example.vn")
    assert unknown.exit_code == 1
    assert "no account" in unknown.output


def test_purge_attempts(app, session):
    actions.record_attempt("a@example.vn", succeeded=False, at=AT.replace(year=2020))
    session.commit()
    assert "1 attempts deleted" in run(app, "purge-attempts").output
