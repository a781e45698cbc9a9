"""Words of the province's plan, and what it starts with (DOMAIN 5.4, 6.1). Pure."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise


class Indicator(StrEnum):
    COVERAGE = "coverage"  # share of supermarkets and trade centres that use eco-friendly packaging


class ActivityKind(StrEnum):
    GUIDANCE = "guidance"  # hướng dẫn, tư vấn: keeps its people out of review and decision (DOMAIN 4, rows 8, 9)


PLAN = "Quyết định 889/QĐ-TTg ngày 24/6/2020; Kế hoạch của UBND tỉnh Phú Thọ năm 2021, mục I.2"
PROMISES = ((date(2025, 12, 31), Decimal(85), f"{PLAN}a"), (date(2030, 12, 31), Decimal(100), f"{PLAN}b"))
PROPOSED = "Đề xuất của hệ thống, chờ Sở Công Thương quyết định"
STRAIGHT = "Đường thẳng giữa hai mốc của kế hoạch"
SHARES = {**dict.fromkeys(range(2021, 2026), Decimal(50)), 2026: Decimal(60), 2027: Decimal(70), 2028: Decimal(80),
          2029: Decimal(90), 2030: Decimal(95)}  # year → least replaced share, percent
BASIS, NOTE = 200, 500  # longest legal basis and note


def straight_line(promises: tuple[tuple[date, Decimal, str], ...] = PROMISES) -> list[tuple[date, Decimal]]:
    """The values per 31/12 between two promises, evenly spaced: 88, 91, 94, 97."""
    points = []
    for (start, low, *_), (end, high, *_) in pairwise(promises):
        step = (high - low) / (end.year - start.year)
        points += [(date(year, 12, 31), low + step * (year - start.year)) for year in range(start.year + 1, end.year)]
    return points
