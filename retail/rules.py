"""Words and classes of retail establishments (DOMAIN 1.4). Pure."""

from enum import StrEnum


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
