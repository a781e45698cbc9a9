"""When guessing locks a door, which passwords will do, and the devices people survey with. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LOCK_AFTER = 5  # failures …
LOCK_WINDOW = timedelta(minutes=15)  # … within this long shut the account for as long
KEEP_ATTEMPTS = timedelta(days=90)
SHORTEST, LONGEST = 10, 200  # letters of a password
MOST_DEVICES = 20  # of one person, not revoked
LONGEST_NAME = 80  # letters of a device's name
SLOW, OVERDUE = timedelta(hours=24), timedelta(hours=48)  # unsent things are pointed out, then shown in red
SKEW = timedelta(minutes=5)  # from here a device's clock is said to be wrong
TOKEN = re.compile(r"ppx_([1-9][0-9]{0,8})_([A-Za-z0-9_-]{43})")

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


def write_token(device_id: int, secret: str) -> str:
    """The token of a device, as its browser keeps it."""
    return f"ppx_{device_id}_{secret}"


def read_token(token: str) -> tuple[int, str] | None:
    """The device's id and the secret half of a token; None when it is none."""
    found = TOKEN.fullmatch(token)
    return (int(found[1]), found[2]) if found else None


def digest(secret: str) -> str:
    """What is kept of a token: 32 random bytes need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def tone_of_wait(since: datetime | None, at: datetime) -> str:
    """How unsent things are shown: plainly under 24 h (and when there are none), "warn" from 24 h, "no" from 48 h."""
    if since is None or at - since < SLOW:
        return ""
    return "warn" if at - since < OVERDUE else "no"


def is_askew(skew_ms: int | None) -> bool:
    """Whether a device's clock is more than five minutes wrong."""
    return skew_ms is not None and abs(timedelta(milliseconds=skew_ms)) > SKEW


@dataclass(frozen=True)
class Report:
    """What a device says of itself: what it has not sent yet, its drafts, its storage."""

    count: int = 0  # records
    files: int = 0
    bytes: int = 0
    oldest_at: datetime | None = None  # by the device's clock
    drafts: int = 0
    app_version: str = ""
    persisted: bool | None = None
    free: int | None = None  # bytes

    @property
    def is_waiting(self) -> bool:
        return self.count + self.files > 0
