"""When guessing locks a door, and which passwords will do. Pure."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

LOCK_AFTER = 5  # failures …
LOCK_WINDOW = timedelta(minutes=15)  # … within this long shut the account for as long
KEEP_ATTEMPTS = timedelta(days=90)
SHORTEST, LONGEST = 10, 200  # letters of a password

COMMONEST = frozenset({
    "0123456789", "1234567890", "0987654321", "9876543210", "1234567891", "12345678910", "1122334455", "1111122222",
    "123456789a", "a123456789", "123123123123", "1q2w3e4r5t", "1qaz2wsx3edc", "qwertyuiop", "asdfghjkl1",
    "abcdefghij", "abcd123456", "abcde12345", "password12", "password123", "password1234", "passw0rd123",
    "p@ssw0rd123", "administrator", "admin12345", "admin123456", "administrator1", "iloveyou12", "iloveyou123",
    "welcome123", "changeme123", "letmein123", "matkhau123", "matkhau1234", "matkhau12345", "matkhau123456",
    "anhyeuem123", "emyeuanh123", "yeuemnhieulam", "vietnam123", "vietnam2025", "vietnam2026", "phutho2025",
    "phutho2026", "phutho12345", "socongthuong", "socongthuong123", "phanphoixanh", "phanphoixanh1",
    "phanphoixanh123",
})


class PasswordFault(StrEnum):
    """Why a password will not do."""

    SHORT = "short"
    LONG = "long"
    EMAIL = "email"
    COMMON = "common"


def spell(password: str) -> str:
    """One spelling: a tablet and a desktop may compose Vietnamese letters differently."""
    return unicodedata.normalize("NFC", password)


def find_password_fault(password: str, email: str) -> PasswordFault | None:
    """What is wrong with a new password for the account `email`; None when it will do."""
    plain = spell(password).casefold()
    if len(plain) < SHORTEST:
        return PasswordFault.SHORT
    if len(plain) > LONGEST:
        return PasswordFault.LONG
    if plain == email.casefold() or plain == email.casefold().partition("@")[0]:
        return PasswordFault.EMAIL
    if plain in COMMONEST or len(set(plain)) < 4:
        return PasswordFault.COMMON
    return None


def is_locked(failures: Iterable[datetime], at: datetime) -> bool:
    """Whether the failures since the last success shut an account at this instant."""
    return sum(at - LOCK_WINDOW < failure <= at for failure in failures) >= LOCK_AFTER
