"""Words of the province's plan. Pure."""

from enum import StrEnum


class Indicator(StrEnum):
    COVERAGE = "coverage"  # share of supermarkets and trade centres that use eco-friendly packaging


class ActivityKind(StrEnum):
    GUIDANCE = "guidance"  # hướng dẫn, tư vấn: keeps its people out of review and decision (DOMAIN 4, rows 8, 9)
