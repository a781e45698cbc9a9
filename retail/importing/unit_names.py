"""How people write the name of an administrative unit: "P. Gia Cẩm (cũ)", "TT Lâm Thao", "gia cam"."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from foundation.text import clean, fold
from territory.rules import Level

PREFIXES = {  # folded, without dots → level and kind
    "phuong": (Level.COMMUNE, "Phường"), "p": (Level.COMMUNE, "Phường"), "xa": (Level.COMMUNE, "Xã"),
    "x": (Level.COMMUNE, "Xã"), "thi tran": (Level.COMMUNE, "Thị trấn"), "tt": (Level.COMMUNE, "Thị trấn"),
    "t t": (Level.COMMUNE, "Thị trấn"), "huyen": (Level.DISTRICT, "Huyện"), "h": (Level.DISTRICT, "Huyện"),
    "thanh pho": (Level.DISTRICT, "Thành phố"), "tp": (Level.DISTRICT, "Thành phố"),
    "t p": (Level.DISTRICT, "Thành phố"), "thi xa": (Level.DISTRICT, "Thị xã"), "tx": (Level.DISTRICT, "Thị xã"),
    "t x": (Level.DISTRICT, "Thị xã"),
    "quan": (Level.DISTRICT, "Quận"), "q": (Level.DISTRICT, "Quận"), "tinh": (Level.PROVINCE, "Tỉnh"),
    "t": (Level.PROVINCE, "Tỉnh"), "commune": (Level.COMMUNE, "Xã"), "ward": (Level.COMMUNE, "Phường"),
}
PREFIX = re.compile(rf"({'|'.join(sorted(PREFIXES, key=len, reverse=True))})\s+(?=\S)")
NOW = re.compile(r"\(?\s*(?:nay là|nay thuộc|hiện nay là|sau sáp nhập là|mới là|nay)\s+([^()]+)\)?", re.IGNORECASE)
NOTES = re.compile(r"\([^()]*\)")
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@dataclass(frozen=True, slots=True)
class Said:
    """What one text says about a unit: level and kind if it names them, the folded bare name, and of which time."""

    text: str
    bare: str
    level: Level | None = None
    kind: str = ""
    time: str = ""  # "old" or "new" when the text says so
    exact: tuple[str, ...] = ()  # the bare name with its marks


@lru_cache(8192)
def with_marks(name: str) -> tuple[str, ...]:
    """A name for exact comparison: its marks count, but not on which letter a tone stands (Hoà, Hòa)."""
    words = []
    for word in clean(name).lower().split():
        parts = unicodedata.normalize("NFD", word)
        letters = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        words.append(letters + "".join(sorted(part for part in parts if part in TONES)))
    return tuple(words)


@lru_cache(8192)
def said(text: str) -> Said:
    """Read "P. Gia Cẩm (cũ)", "TT Lâm Thao", "Gia Cẩm"."""
    text = clean(text).strip(" .,;")
    folded = fold(text)
    if now := NOW.search(text):
        return said(f"{now[1]} (mới)")
    time = "old" if re.search(r"\bcu\b\)?$", folded) else "new" if re.search(r"\bmoi\)?$", folded) else ""
    marked = " ".join(NOTES.sub(" ", text).replace(".", " ").split())
    if time and fold(marked).endswith((" cu", " moi")):
        marked = marked.rpartition(" ")[0]
    plain, level, kind = fold(marked), None, ""
    if found := PREFIX.match(plain):
        level, kind = PREFIXES[found[1]]
        plain = plain[found.end():]
    words = plain.count(" ") + 1
    return Said(text, plain, level, kind, time, with_marks(" ".join(marked.split()[-words:])))
