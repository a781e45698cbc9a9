"""Text files: which encoding, which delimiter. UTF-8, UTF-16 and Windows-1258, with or without a byte order mark."""

import codecs
import contextlib
import csv
import io
import re
import unicodedata
from collections.abc import Iterator

from retail.importing.issues import Unreadable
from retail.importing.legacy import from_tcvn3

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
DELIMITERS = ("\t", ";", ",", "|")
SAMPLE = 64 * 1024
BROKEN_UTF8 = re.compile("á[º»][\u0080-\u00bf\u0152-\u203a]|Ã[\u00a0-\u00bf]|Æ°|Ä‘")
SIGNS = re.compile("(?<=[^\\W\\d_])[µ¸¶·¹¨»¾¼½©®«¬\u00ad×÷§](?=[^\\W\\d_])|\ufffd")
LETTERS = re.compile("[^\\W\\d_]")
VIETNAMESE = frozenset(
    "ăâđêôơưĂÂĐÊÔƠƯàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
    "ÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ")


def decode(content: bytes) -> tuple[str, str]:
    """The text of a file, in NFC, and the name of the encoding it was in. Raises Unreadable."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return decode_as(content[len(mark):], encoding), encoding
    if wide := guess_wide(content):
        return decode_as(content, wide), wide
    if b"\x00" in content:
        raise Unreadable("not_text")
    try:
        return unicodedata.normalize("NFC", content.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        return decode_bytes(content)


def decode_as(content: bytes, encoding: str) -> str:
    """The text in an encoding that the file itself names."""
    try:
        return unicodedata.normalize("NFC", content.decode(encoding))
    except UnicodeDecodeError:
        raise Unreadable("damaged_text", encoding=encoding.upper()) from None


def guess_wide(content: bytes) -> str | None:
    """UTF-16 without a mark shows in the zero bytes of its spaces, digits and commas."""
    sample = content[:SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) / 10:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def decode_bytes(content: bytes) -> tuple[str, str]:
    """One byte a letter: Windows-1258, or TCVN3. Whichever yields Vietnamese; refused when neither does."""
    ways = [(from_tcvn3(content.decode("cp1252", errors="replace")), "tcvn3")]
    with contextlib.suppress(UnicodeDecodeError):
        ways.insert(0, (unicodedata.normalize("NFC", content.decode("cp1258")), "windows-1258"))
    text, encoding = min(ways, key=lambda way: count_foreign(way[0]))
    if BROKEN_UTF8.search(text) or count_foreign(text) > max(3, len(text) / 200):
        raise Unreadable("unknown_encoding")
    return text, encoding


def count_foreign(text: str) -> int:
    """Letters that are not Vietnamese, marks without a letter, signs inside words."""
    letters = sum(1 for char in LETTERS.findall(text) if not char.isascii() and char not in VIETNAMESE)
    return letters + sum(1 for char in text if unicodedata.combining(char)) + len(SIGNS.findall(text))


def find_delimiter(text: str) -> str:
    """The delimiter that splits the first records into the most columns, alike from record to record."""
    sample = text[:SAMPLE]

    def worth(delimiter: str) -> tuple[int, int]:
        widths = [len(record) for record in records(sample, delimiter)][:60]
        usual = max(set(widths), key=lambda width: (widths.count(width) * (width > 1), width), default=1)
        return (widths.count(usual) if usual > 1 else 0, usual)

    return max(DELIMITERS, key=worth)


def records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Records of a text file; line breaks inside quotes belong to their cell. Raises Unreadable."""
    csv.field_size_limit(SAMPLE)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        raise Unreadable("damaged_csv") from None
