"""The code in the QR: cannot be guessed, can be read aloud and typed."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 and O, no 1, I and L, no U
LENGTH = 11  # 30 ** 11 is above 2 ** 53


def new_code() -> str:
    """A random code of 53 bits, upper case."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalise_code(text: str) -> str | None:
    """The code as stored, from any case, with or without spaces and hyphens; None when it cannot be a code."""
    plain = "".join(text.split()).replace("-", "")
    code = plain.upper()
    return code if plain.isascii() and len(code) == LENGTH and set(code) <= set(ALPHABET) else None
