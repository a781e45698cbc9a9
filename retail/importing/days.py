"""Days as people write them in lists. A month or a year alone is its first day, with a note."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from foundation.forms import parse_day
from foundation.text import fold
from retail.importing.cells import ERROR, is_empty, text_of
from retail.importing.issues import NOTHING, Read, accept, refuse

EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet's calendar
SERIALS = range(20_000, 60_000)  # 1954 to 2064: what a day looks like in a cell formatted as a number
YEARS = range(1900, 2100)
TIME = re.compile(r"[ t]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( ?[ap]m)?z?$")
WORDS = re.compile(r"\b(?:ngay|thang|nam|tu|khai truong|mo cua|hoat dong|den nay|nay)\b\.?|[()]")


@lru_cache(65_536, typed=True)
def read_day(cell: object, today: date) -> Read:
    """A day up to today: a date cell, 31/12/2020, ngày 31 tháng 12 năm 2020, 12/2019, 2019. Others are refused."""
    if is_empty(cell):
        return NOTHING
    if isinstance(cell, datetime):
        read = Read(cell.date())
    elif isinstance(cell, date):
        read = Read(cell)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        read = day_of_number(float(cell))
    else:
        read = day_of_text(text_of(cell), today)
    if read.value is None:
        return read
    if read.value.year < 1900:
        return refuse("not_a_day", text=text_of(cell))
    return read if read.value <= today else refuse("future", value=read.value.isoformat())


def day_of_number(number: float) -> Read:
    """A year, a spreadsheet's day number, or 20201231."""
    if not 0 <= number < 1e9:
        return refuse("not_a_day", text=repr(number))
    if not number.is_integer() and int(number) not in SERIALS:
        month = re.fullmatch(r"(\d{1,2})\.((?:19|20)\d\d)", repr(number))  # 12.2019 typed as a number
        return of_month(repr(number), int(month[2]), int(month[1])) if month else refuse("not_a_day", text=repr(number))
    whole = int(number)
    if whole in YEARS:
        return accept(date(whole, 1, 1), "first_of_year", text=str(whole), value=date(whole, 1, 1).isoformat())
    if whole in SERIALS:
        found = EPOCH + timedelta(days=whole)
        return accept(found, "serial", text=str(whole), value=found.isoformat())
    return day_of_digits(str(whole))


def day_of_digits(text: str) -> Read:
    """20201231 or 31122020, where only one of the two is a day."""
    ways = [parse_day(f"{text[6:]}/{text[4:6]}/{text[:4]}"), parse_day(f"{text[:2]}/{text[2:4]}/{text[4:]}")]
    found = [day for day in ways if day and day.year in YEARS] if len(text) == 8 else []
    if len(found) == 1:
        return accept(found[0], "read_as_day", text=text, value=found[0].isoformat())
    return refuse("not_a_day", text=text)


def day_of_text(text: str, today: date) -> Read:
    """Text with a day, a month or a year in it, and nothing else but the words for these."""
    if ERROR.match(text):
        return refuse("not_a_day", text=text)
    plain = TIME.sub("", fold(text).strip(" ."))
    plain = re.sub(r"(?<=\d)\s*(ngay|thang|nam)\.?\s*(?=\d)", "/", plain)
    plain = re.sub(r"^t(?=\d)", "", WORDS.sub(" ", plain).strip())
    plain = re.sub(r"\s*[/.\-,]\s*|(?<=\d)\s+(?=\d)", "/", plain.strip()).strip("/")
    if re.fullmatch(r"\d{8}", plain):
        return day_of_digits(plain)
    if day := parse_day(plain):
        return Read(day)
    if short := re.fullmatch(r"(\d{1,2}/\d{1,2})/(\d{2})", plain):
        day = parse_day(f"{short[1]}/20{short[2]}")
        if day and day <= today:
            return accept(day, "short_year", text=text, value=day.isoformat())
    if re.fullmatch(r"(19|20)\d\d", plain):
        return day_of_number(float(plain))
    if month := re.fullmatch(r"(\d{1,2})/(\d{4})", plain):
        return of_month(text, int(month[2]), int(month[1]))
    if month := re.fullmatch(r"(\d{4})/(\d{1,2})", plain):
        return of_month(text, int(month[1]), int(month[2]))
    if swapped := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", plain):
        if parse_day(f"{swapped[2]}/{swapped[1]}/{swapped[3]}"):
            return refuse("month_first", text=text, meant=f"{swapped[2]}/{swapped[1]}/{swapped[3]}")
        return refuse("no_such_day", text=text)
    return refuse("not_a_day", text=text[:60])


def of_month(text: str, year: int, month: int) -> Read:
    """The first of a month, with a note that says so."""
    if year not in YEARS or not 1 <= month <= 12:
        return refuse("not_a_day", text=text[:60])
    return accept(date(year, month, 1), "first_of_month", text=text, value=date(year, month, 1).isoformat())
