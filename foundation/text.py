"""Vietnamese text: one spelling for storage, one folded spelling for search, one order for lists."""

import unicodedata


def clean(text: str | None) -> str:
    """NFC, no control characters, single spaces, trimmed. None becomes the empty string."""
    kept = "".join(c if unicodedata.category(c) not in ("Cc", "Cf") else " " for c in text or "")
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def fold(text: str | None) -> str:
    """For search: lower case, no marks, đ as d. `fold("Việt Trì") == "viet tri"`; Hoà and Hòa meet."""
    plain = unicodedata.normalize("NFD", clean(text).lower().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz"
TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_RANK = {letter: rank for rank, letter in enumerate(" 0123456789" + LETTERS, start=10)}


def sort_key(text: str | None) -> str:
    """Digits that sort the Vietnamese way on any database and collation: Đ after D, tones last."""
    letters, tones = [], []
    for char in clean(text).lower():
        parts = unicodedata.normalize("NFD", char)
        tone = next((p for p in parts if p in TONES), "")
        base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in TONES))
        letters.append(f"{_RANK.get(base, 99):02d}")
        tones.append(str(TONES[tone]))
    return "".join(letters) + "00" + "".join(tones)
