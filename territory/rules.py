"""Words of the administrative map. Pure."""

from enum import StrEnum


class Level(StrEnum):
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class ChangeKind(StrEnum):
    WHOLE = "whole"  # all of it went into the new unit
    SPLIT = "split"  # part of it did
    UNCHANGED = "unchanged"  # same land and name under another parent
    RENAMED = "renamed"  # same land, other name, kind or code


KINDS = ("Tỉnh", "Thành phố", "Thị xã", "Huyện", "Phường", "Thị trấn", "Xã")


def kind_of(name: str) -> str:
    """The kind a unit's name begins with: "Thị trấn" of "Thị trấn Hạ Hòa"."""
    return next(kind for kind in KINDS if name.startswith(f"{kind} "))
