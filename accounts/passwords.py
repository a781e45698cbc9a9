"""Passwords: Argon2id hashes (RFC 9106, low-memory parameters) and one-time passwords to hand over."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from accounts.rules import LONGEST, spell

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else
HASHER = PasswordHasher()


def hash_password(password: str) -> str:
    """What is stored instead of a password."""
    return HASHER.hash(spell(password))


@cache
def nobody() -> str:
    """A hash nothing matches: checking a password takes as long for an unknown account as for a known one."""
    return HASHER.hash(secrets.token_urlsafe(32))


def matches(stored: str | None, password: str) -> bool:
    """Whether `password` is the one behind a stored hash; None stands for an unknown account and is never matched."""
    try:
        return HASHER.verify(stored or nobody(), spell(password[:LONGEST + 1])) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(stored)


def invent() -> str:
    """A one-time password that can be read out on the telephone: 59 bits."""
    letters = "".join(secrets.choice(ALPHABET) for _n in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"
