"""Vietnamese text: one spelling for storage, one folded spelling for search, one order for lists."""

import unicodedata
from collections.abc import Callable


def clean(text: str | None) -> str:
    """NFC, no control characters nor halves of one, single spaces, trimmed. None becomes the empty string."""
    text = text or ""
    if not text.isprintable():  # most texts are: their characters need not be looked at one by one
        text = "".join(c if unicodedata.category(c) not in ("Cc", "Cf", "Cs") else " " for c in text)
    text = " ".join(text.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


class Table(dict):
    """For `str.translate`: each character is looked at once, by `write`, and remembered."""

    def __init__(self, write: Callable[[str], str]):
        super().__init__()
        self.write = write

    def __missing__(self, code: int) -> str:
        self[code] = written = self.write(chr(code))
        return written


def without_marks(char: str) -> str:
    """A letter without its marks, đ as d; nothing for a mark by itself."""
    return "".join(c for c in unicodedata.normalize("NFD", char.replace("đ", "d")) if not unicodedata.combining(c))


FOLDED = Table(without_marks)


def fold(text: str | None) -> str:
    """For search: lower case, no marks, đ as d. `fold("Việt Trì") == "viet tri"`; Hoà and Hòa meet."""
    plain = clean(text).lower()
    return plain if plain.isascii() else " ".join(plain.translate(FOLDED).split())


LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz"
TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_RANK = {letter: rank for rank, letter in enumerate(" 0123456789" + LETTERS, start=10)}


def letter_rank(char: str) -> str:
    """The rank of a letter without its tone."""
    parts = unicodedata.normalize("NFD", char)
    base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in TONES))
    return f"{_RANK.get(base, 99):02d}"


def tone_rank(char: str) -> str:
    """The rank of a letter's tone."""
    return str(TONES[next((p for p in unicodedata.normalize("NFD", char) if p in TONES), "")])


LETTER_RANKS, TONE_RANKS = Table(letter_rank), Table(tone_rank)


def sort_key(text: str | None) -> str:
    """Digits that sort the Vietnamese way on any database and collation: Đ after D, tones last."""
    plain = clean(text).lower()
    return plain.translate(LETTER_RANKS) + "00" + plain.translate(TONE_RANKS)
