"""Phones, e-mail addresses and positions."""

import re
from decimal import Decimal
from functools import lru_cache

from retail.importing.cells import is_empty, text_of
from retail.importing.issues import NOTHING, Read, accept, refuse
from retail.rules import EMAIL, LAT, LENGTHS, LON, PHONE

PHONES = re.compile(r"\+?\(?[0-9][0-9 .\-()]{4,}[0-9]")
NUMBER = re.compile(r"-?\d{1,3}(?:[.,]\d+)?")
DEGREES = re.compile(r"(\d{1,3})\s*[°ºo]\s*(\d{1,2})\s*['’′]\s*(\d{1,2}(?:[.,]\d+)?)?\s*(?:\"|”|″|'')?\s*[NEBĐ]?",
                     re.IGNORECASE)
SIX = Decimal("0.000001")


@lru_cache(8192, typed=True)
def read_phone(cell: object) -> Read:
    """One phone number as written. With a note: a lost zero is put back, further numbers and names are left out."""
    if is_empty(cell):
        return NOTHING
    text = text_of(cell)
    found = PHONES.findall(re.split(r"[;/]|\s-\s", text)[0]) or PHONES.findall(text)
    if not found:
        return refuse("phone", text=text[:40])
    first = found[0].strip(" .-")
    digits = re.sub(r"\D", "", first)
    if re.fullmatch(r"[35789]\d{8}|2\d{9}", digits):  # a mobile or a fixed number that lost its zero in a spreadsheet
        return accept("0" + first, "phone_zero", text=text[:40], value="0" + first)
    if not re.fullmatch(r"0\d{9,10}|84\d{9,10}|1[89]00\d{4,6}", digits) or not re.fullmatch(PHONE, first):
        return refuse("phone", text=text[:40])
    return Read(first) if first == text else accept(first, "phone_only", text=text[:60], value=first)


def read_email(cell: object) -> Read:
    """One e-mail address, in small letters."""
    if is_empty(cell):
        return NOTHING
    text = text_of(cell).lower().removeprefix("mailto:").strip(" .;,")
    fits = re.fullmatch(EMAIL, text) and text.isascii() and len(text) <= LENGTHS["contact_email"]
    return Read(text) if fits else refuse("email", text=text[:60])


def read_degrees(cell: object) -> Decimal | None:
    """Degrees, decimal or in minutes and seconds; None when it is neither."""
    text = text_of(cell)
    if found := DEGREES.fullmatch(text.strip()):
        seconds = Decimal((found[3] or "0").replace(",", "."))
        return (int(found[1]) + Decimal(found[2]) / 60 + seconds / 3600).quantize(SIX)
    plain = re.sub(r"[°º\s]|[NEB]$", "", text, flags=re.IGNORECASE).replace(",", ".")
    return Decimal(plain).quantize(SIX) if re.fullmatch(r"-?[0-9]{1,6}(\.[0-9]+)?", plain) else None


def read_position(lat: object, lon: object, both: object) -> Read:
    """(lat, lon) from two cells, or from one such as "21.3227, 105.4019". Both or neither, and inside the province."""
    if is_empty(both) and is_empty(lat) and is_empty(lon):
        return NOTHING
    if is_empty(lat) and is_empty(lon):
        lat, lon = split_position(text_of(both))
    elif is_empty(lat) or is_empty(lon):
        return refuse("half_position")
    north, east = read_degrees(lat), read_degrees(lon)
    if north is None or east is None:
        return refuse("position", text=f"{text_of(lat)} {text_of(lon)}".strip()[:60])
    if LAT[0] <= north <= LAT[1] and LON[0] <= east <= LON[1]:
        return Read((north, east))
    if LAT[0] <= east <= LAT[1] and LON[0] <= north <= LON[1]:
        return refuse("position_swapped", lat=str(east), lon=str(north))
    return refuse("position_outside", lat=str(north), lon=str(east))


def split_position(text: str) -> tuple[str, str]:
    """The two halves of a pair of coordinates."""
    if pair := list(DEGREES.finditer(text)):
        return (pair[0][0], pair[1][0]) if len(pair) == 2 else (text, "")
    plain = re.sub(r"[()°º]|(?<=\d)\s*[NEnebB]\b", " ", text)
    for separator in (";", "|", "/", ", ", " ", ","):
        parts = [part.strip(" ,") for part in plain.split(separator) if part.strip(" ,")]
        if len(parts) == 2 and all(NUMBER.fullmatch(part) for part in parts):
            return parts[0], parts[1]
    return text, ""
