"""Tax codes and our own numbers."""

import re
from functools import lru_cache

from retail.importing.cells import is_empty, text_of
from retail.importing.issues import NOTHING, Read, accept, refuse
from retail.rules import read_tax_code

OWN_NUMBER = re.compile(r"CS[\s\-–.]*([0-9]{1,9})", re.IGNORECASE)


@lru_cache(8192, typed=True)
def read_tax(cell: object) -> Read:
    """A tax code in its one spelling. A zero lost in a spreadsheet is put back only where the check digit agrees."""
    if is_empty(cell):
        return NOTHING
    text = text_of(cell)
    bare = re.sub(r"^(mst|msdn|ma so thue|mã số thuế|ma so dn|số)[\s:.]*", "", text, flags=re.IGNORECASE)
    digits = re.sub(r"[\s.\-–/]", "", bare)
    if not re.fullmatch(r"[0-9]+", digits):
        return refuse("tax_code", text=text[:40])
    if len(digits) in (9, 12) and not (len(digits) == 12 and digits[0] == "0"):
        if checks("0" + digits[:9]):
            code = read_tax_code("0" + digits)
            return accept(code, "zero_put_back", text=text, value=code)
        return refuse("tax_zero", text=text, digits=len(digits)) if len(digits) == 9 else Read(read_tax_code(digits))
    code = read_tax_code(digits)
    return Read(code) if code else refuse("tax_code", text=text[:40])


def checks(code: str) -> bool:
    """Whether the tenth digit of a tax code is the one its first nine ask for."""
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    total = sum(int(digit) * weight for digit, weight in zip(code, weights, strict=False))
    return (10 - total % 11) % 11 == int(code[9])


def read_number(cell: object) -> Read:
    """Our own number: CS-000123, cs 123. A bare figure is none: it may number anything."""
    if is_empty(cell):
        return NOTHING
    found = OWN_NUMBER.fullmatch(text_of(cell))
    return Read(f"CS-{int(found[1]):06d}") if found else refuse("number_form", text=text_of(cell)[:40])
