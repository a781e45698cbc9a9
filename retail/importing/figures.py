"""Areas and counts. Exact figures are accepted, vague ones refused; what took some interpretation carries a note."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from foundation.forms import parse_number
from foundation.text import fold
from retail.importing.cells import ERROR, is_empty, text_of
from retail.importing.issues import NOTHING, Read, accept, refuse
from retail.rules import MOST_AREA, MOST_ITEMS

VAGUE = re.compile(r"(khoang|gan|tren|duoi|hon|xap xi|uoc|tam|toi thieu|toi da|it nhat|tu|approx|about)\b|[~≈><≥≤±]")
AREA_UNITS = {"": 1, "m2": 1, "m": 1, "met vuong": 1, "m vuong": 1, "sqm": 1, "ha": 10_000, "hecta": 10_000}
ITEM_UNITS = dict.fromkeys(("", "mat hang", "ten hang", "sku", "skus", "san pham", "loai", "chung loai", "ma hang",
                            "items", "mat", "ma"), 1)


@lru_cache(8192, typed=True)
def read_area(cell: object) -> Read:
    """Whole square metres; hectares are converted, fractions rounded, both with a note."""
    read = read_figure(cell, AREA_UNITS)
    if read.value is None:
        return read
    value = Decimal(read.value)
    if value != value.to_integral_value():
        if value < 20:
            return refuse("small_fraction", text=text_of(cell), meant=str(int(value * 1000)))
        whole = int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
        read = accept(whole, "rounded", text=text_of(cell), value=str(whole))
    return within(Read(int(read.value), note=read.note), 1, MOST_AREA)


@lru_cache(8192, typed=True)
def read_items(cell: object) -> Read:
    """A whole number of names of goods."""
    read = read_figure(cell, ITEM_UNITS)
    if read.value is None:
        return read
    value = Decimal(read.value)
    if value != value.to_integral_value():
        return refuse("small_fraction", text=text_of(cell), meant=str(int(value * 1000)))
    return within(Read(int(value), note=read.note), 0, MOST_ITEMS)


def within(read: Read, least: int, most: int) -> Read:
    """Refuse what lies outside the bounds."""
    if least <= read.value <= most:
        return read
    return refuse("out_of_bounds", value=str(read.value), least=str(least), most=str(most))


def read_figure(cell: object, units: dict[str, int]) -> Read:
    """An exact number with one of the units, or refused. "1,250" is 1.250: nobody measures to a thousandth here."""
    if is_empty(cell):
        return NOTHING
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Read(Decimal(repr(cell))) if abs(cell) < 1e15 else refuse("not_a_number", text=repr(cell))
    text = text_of(cell)
    if not isinstance(cell, str) or ERROR.match(text):
        return refuse("not_a_number", text=text)
    folded = fold(text.replace("²", "2").replace("\u00b3", "3"))
    if VAGUE.search(folded) or re.search(r"\d\s*(-|–|—|den|toi|to)\s*\d", folded):
        return refuse("vague_number", text=text)
    found = re.fullmatch(r"([+\-]?[\d.,\s]*\d)\s*([a-z][a-z .]*2?)?", folded)
    unit = (found[2] or "").strip(" .") if found else "?"
    number = number_of(found[1]) if found else None
    if found is None or number is None or unit not in units:
        return refuse("not_a_number", text=text)
    if units[unit] != 1:
        return accept(number * units[unit], "converted", text=text, value=str(int(number * units[unit])))
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", found[1].strip()):
        return accept(number, "read_as", text=text, value=f"{number:f}")
    return Read(number)


def number_of(text: str) -> Decimal | None:
    """1.250 and 1 250 and 1.250,5 as everywhere; and 1,250 and 1,250.5, as an English Excel writes them."""
    plain = re.sub(r"(?<=\d)\s+(?=\d{3}(\D|$))", "", text.strip())
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain):
        return Decimal(plain.replace(",", ""))
    return None if re.search(r"\s", plain) else parse_number(plain)
