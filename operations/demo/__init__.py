"""The demonstration: an invented province in real units, plainly marked, removable."""

from sqlalchemy import select

from certification.models import Certificate
from foundation.db import db
from operations.demo.loading import load
from operations.demo.people import PASSWORD, PEOPLE
from operations.demo.removal import remove

__all__ = ["load", "remove", "welcome"]


def welcome(address: str) -> list[str]:
    """Who can sign in, and the addresses worth opening."""
    code = db.session.scalar(select(Certificate.code).where(Certificate.is_demo).order_by(Certificate.id.desc()))
    pages = [("/", "coverage, the box for a code"), ("/certified", "who is certified")]
    if code:
        pages.append((f"/v/{code}", "what a shopper sees"))
    lines = [f"{address}{path:<32} {what}" for path, what in pages]
    lines += ["", f"Sign in at {address}/sign-in with the password {PASSWORD}"]
    lines += [f"  {email:<26} {name}" for email, name, _role in PEOPLE.values()]
    return lines
