"""Who is at the other end of a request: a person by the session of a browser, or a device by its bearer token."""

from datetime import datetime

from flask import Flask, Request, Response, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_login import AnonymousUserMixin, LoginManager, login_user
from sqlalchemy.orm import selectinload

from accounts import queries
from accounts.models import User
from foundation import clock
from foundation.db import db


class Visitor(AnonymousUserMixin):
    """Somebody who is not signed in: may do nothing that needs a permission."""

    id = None
    name = ""
    language = "vi"

    def may(self, permission: object) -> bool:
        return False

    def territories_for(self, permission: object) -> set[int] | None:
        return set()


class Sessions(SecureCookieSessionInterface):
    """Sessions in signed cookies; a request without a cookie needs no signer to begin an empty one."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return super().open_session(app, request) if "HTTP_COOKIE" in request.environ else self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session or session.accessed or session.modified:
            super().save_session(app, session, response)


def begin_session(user: User) -> None:
    """A new session for this person; nothing of the old one stays, so nobody can have prepared it."""
    session.clear()
    login_user(user)
    session.permanent = True
    session["since"] = clock.now().timestamp()


def has_signed_in_since(moment: datetime) -> bool:
    """Whether whoever has this session gave the password after that moment."""
    return session.get("since", 0) > moment.timestamp()


def end_session() -> None:
    """Forget everything this browser was given."""
    session.clear()


def find_bearer() -> None:
    """Before anything else: `g.device` is whom the device token of an /api request signs in, if the token is good.

    A request with a token is the token's alone (`g.is_bearer`): on a tablet where somebody else has a session,
    the first person's queue still goes under the first person's name, and a bad token is not made up for.
    """
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    g.is_bearer = request.path.startswith("/api/") and kind.lower() == "bearer"
    g.device, g.is_revoked = None, False
    if g.is_bearer and (bearer := queries.find_bearer(token.strip())):
        g.is_revoked = bearer.is_revoked
        if not (bearer.is_revoked or bearer.is_signed_out):
            g.device = g._login_user = bearer  # Flask-Login asks no further


def load_user(token: str) -> User | None:
    """The user of a session cookie; None when it was signed out everywhere or the account was closed."""
    if g.get("is_bearer"):
        return None
    user_id, _dot, _epoch = token.partition(".")
    user = db.session.get(User, int(user_id), options=[selectinload(User.grants)])
    return user if user and user.is_active and user.get_id() == token else None


def say_who(response: Response) -> Response:
    """Whose page it is, for the service worker, which keeps pages per person. Asks nothing that was not asked."""
    user = g.get("_login_user")
    if request.method == "GET" and user is not None and user.is_authenticated:  # after a commit it would ask again
        response.headers["X-PPX-Person"] = str(user.id)
    return response


def init_app(app: Flask) -> None:
    """Let Flask-Login find users. Comes before the guards, which ask who is there."""
    app.before_request(find_bearer)
    app.after_request(say_who)
    app.session_interface = Sessions()
    manager = LoginManager(app)
    manager.anonymous_user = Visitor
    app.after_request_funcs[None].remove(manager._update_remember_cookie)  # there is none; it would open each session
    manager.session_protection = None
    manager.user_loader(load_user)
