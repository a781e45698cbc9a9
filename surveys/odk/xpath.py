"""What calculations are made of: XPath 1.0 with the functions of ODK XForms. Pure.

Numbers are binary fractions, so half up is decided a ten-billionth of a hundredth early (`HALF`): what lies that close
under a half counts as the half. An answer that was not given is the empty text.
"""

from collections.abc import Iterable
from decimal import Decimal

from surveys.rules.figures import plain

Calculation = tuple[str, str]  # name, expression
HALF = "0.5000000001"
NEARLY = "0.0000001"  # sums of hundredths lie closer than this to what they mean
ROOT = "root"  # around the items of every list of choices


def ref(name: str) -> str:
    """Another field of the form."""
    return f"${{{name}}}"


def figure(value: Decimal | int) -> str:
    """A number as XPath writes it."""
    return plain(value) or "0"


def hundredths(expression: str) -> str:
    """Rounded half up to two decimals; not for numbers below zero."""
    return f"int(({expression}) * 100 + {HALF}) div 100"


def total_of(terms: Iterable[str]) -> str:
    """The terms added up."""
    return " + ".join(terms) or "0"


def quoted(text: str) -> str:
    """A text as XPath writes it: it holds one kind of quotation marks at most."""
    return f'"{text}"' if "'" in text else f"'{text}'"


def day_number(name: str) -> str:
    """A day as a number that grows with it: 20261231."""
    return f"number(format-date({ref(name)}, '%Y%m%d'))"


def looked_up(choices: str, name: str, column: str) -> str:
    """What a column of a list of choices says of the choice made."""
    return f"instance('{choices}')/{ROOT}/item[name = {ref(name)}]/{column}"
