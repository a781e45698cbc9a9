"""Who is at the other end of a request."""

from flask import Flask, Response, g, session
from flask_login import AnonymousUserMixin, LoginManager, login_user
from sqlalchemy.orm import selectinload

from accounts.models import User
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


def begin_session(user: User) -> None:
    """A new session for this person; nothing of the old one stays, so nobody can have prepared it."""
    session.clear()
    login_user(user)
    session.permanent = True


def end_session() -> None:
    """Forget everything this browser was given."""
    session.clear()


def load_user(token: str) -> User | None:
    """The user of a session cookie; None when it was signed out everywhere or the account was closed."""
    user_id, _dot, _epoch = token.partition(".")
    user = db.session.get(User, int(user_id), options=[selectinload(User.grants)])
    return user if user and user.is_active and user.get_id() == token else None


def say_who(response: Response) -> Response:
    """Whose page it is, for the service worker, which keeps pages per person. Asks nothing that was not asked."""
    user = g.get("_login_user")
    if user is not None and user.is_authenticated:
        response.headers["X-PPX-Person"] = str(user.id)
    return response


def init_app(app: Flask) -> None:
    """Let Flask-Login find users."""
    app.after_request(say_who)
    manager = LoginManager(app)
    manager.anonymous_user = Visitor
    manager.session_protection = None
    manager.user_loader(load_user)
