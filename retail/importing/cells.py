"""A cell as text: clean, without stray quotes; and the many ways of writing nothing."""

import re
from datetime import date, datetime, time
from functools import lru_cache

from foundation.text import clean, fold
from retail.importing.issues import NOTHING, Read, refuse

EMPTY = frozenset((
    "", "-", "--", "---", "–", "—", "_", ".", "..", "...", "…", "/", "?", "khong", "khong co", "ko", "k", "n/a", "na",
    "x", "none", "null", "nil", "chua co", "chua ro", "khong ro", "chua xac dinh", "khong xac dinh", "chua cap",
    "chua cap nhat", "trong", "(trong)"))
LONGEST_NOTHING = 16
ERROR = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$")


@lru_cache(65_536, typed=True)
def text_of(cell: object) -> str:
    """A cell as clean text. Stray quotes, and a formula that only protects a text, are taken off."""
    if isinstance(cell, str):
        text = clean(cell)
        if text[:2] == '="' and text.endswith('"'):
            text = text[2:-1]
        text = text.lstrip("'`´’")
        if len(text) > 1 and text[0] in "\"“”«" and text[-1] in "\"“”»" and not re.search('["“”«»]', text[1:-1]):
            text = text[1:-1]
        return text.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y" if cell.time() == time() else "%d/%m/%Y %H:%M")
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return str(cell)


@lru_cache(65_536, typed=True)
def is_empty(cell: object) -> bool:
    """Nothing, or a word for nothing: "-", "không có", "N/A"."""
    text = text_of(cell)
    return len(text) <= LONGEST_NOTHING and fold(text) in EMPTY


def read_words(cell: object, longest: int) -> Read:
    """Any text up to a length."""
    if is_empty(cell):
        return NOTHING
    text = text_of(cell)
    if ERROR.match(text):
        return refuse("excel_error", text=text)
    if len(text) > longest:
        return refuse("too_long", most=longest, length=len(text))
    return Read(text)
