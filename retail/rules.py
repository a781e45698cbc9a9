"""Words and classes of retail establishments (DOMAIN 1.4), and what their papers may look like. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from foundation.text import clean, fold


class Kind(StrEnum):
    SUPERMARKET = "sieu_thi_tong_hop"
    SPECIALISED = "sieu_thi_chuyen_doanh"
    TRADE_CENTRE = "trung_tam_thuong_mai"
    CONVENIENCE = "cua_hang_tien_loi"
    MINI = "sieu_thi_mini"
    MARKET = "cho"
    OTHER = "khac"


COUNTED = frozenset({Kind.SUPERMARKET, Kind.SPECIALISED, Kind.TRADE_CENTRE})  # the denominator of coverage


class Status(StrEnum):
    OPERATING = "operating"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True)
class ClassTable:
    """What classes I, II, III ask at least: (square metres, names of goods) each; None asks nothing."""

    since: date
    legal_basis: str
    least: dict[Kind, tuple[tuple[int, int | None], ...]]


CLASS_TABLES = (  # oldest first; a new regulation is a new entry
    ClassTable(date(2004, 9, 24), "Quyết định 1371/2004/QĐ-BTM", {
        Kind.SUPERMARKET: ((5_000, 20_000), (2_000, 10_000), (500, 4_000)),
        Kind.SPECIALISED: ((1_000, 2_000), (500, 1_000), (250, 500)),
        Kind.TRADE_CENTRE: ((50_000, None), (30_000, None), (10_000, None)),
    }),
)


def class_table(on: date | None = None) -> ClassTable:
    """The table in force on a day; without a day, the latest."""
    held = [table for table in CLASS_TABLES if on is None or table.since <= on]
    return held[-1] if held else CLASS_TABLES[0]


def suggest_class(kind: Kind, area_m2: int | None, items: int | None, on: date | None = None) -> int | None:
    """The class (1 to 3) that area and items allow; None when unknown, below class III, or a kind without classes."""
    for rank, (area, names) in enumerate(class_table(on).least.get(kind, ()), start=1):
        if (area_m2 or 0) >= area and (items or 0) >= (names or 0):
            return rank
    return None


def is_below_standard(kind: Kind, area_m2: int | None, items: int | None, on: date | None = None) -> bool:
    """Whether a known figure is below what the lowest class asks. Nothing is said about an unknown one."""
    least = class_table(on).least.get(kind)
    if not least:
        return False
    area, names = least[-1]
    return (area_m2 is not None and area_m2 < area) or (names is not None and items is not None and items < names)


REASON = 300  # longest reason of a change of status
LENGTHS = {"name": 160, "address": 200, "contact_post": 80, "contact_phone": 20, "contact_email": 120, "note": 500}
ENTERPRISE_NAME = 240
SEARCH_TEXT = 1_000
LAT = (Decimal("20.2"), Decimal("21.9"))  # the province's box, a little wide
LON = (Decimal("104.7"), Decimal("106.0"))
MOST_AREA, MOST_ITEMS = 2_000_000, 10_000_000  # above: a slip of the pen
PHONE = r"[0-9+() .\-]{3,20}"
NUMBER = r"CS-[0-9]{6,}"  # an establishment's number
EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s.]+"


def read_tax_code(text: str | None) -> str | None:
    """A tax code in its one spelling: 10 digits, 10-3 of a branch, or 12 of a household. None when it is none."""
    digits = re.sub(r"[\s.\-]", "", clean(text))
    if not re.fullmatch(r"[0-9]{10}|[0-9]{12}|[0-9]{13}", digits):
        return None
    return f"{digits[:10]}-{digits[10:]}" if len(digits) == 13 else digits


def show_number(sequence: int) -> str:
    """An establishment's number: 123 → "CS-000123"."""
    return f"CS-{sequence:06d}"


def search_text(*parts: str | None) -> str:
    """What the search looks through: every word once, folded, in the order given."""
    words = dict.fromkeys(fold(" ".join(part for part in parts if part)).split())
    return " ".join(words)[:SEARCH_TEXT]


def store_address(host: str, establishment_id: int) -> str:
    """The address in an establishment's own QR code: its page in the register, for those who may see it."""
    return f"https://{host}/establishments/{establishment_id}"
