"""The columns of a criteria set's five sheets: their names, headings and what a cell may hold. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from surveys.rules.words import AnswerType, Applies, EvidenceKind, Instrument, MaterialClass, Measure, SubShare

ECO = tuple(word for word in MaterialClass if word.value.startswith("E"))  # those a set may accept


class Shape(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    YES_NO = "yes_no"
    DAY = "day"
    CHOICE = "choice"  # one of `words`
    LIST = "list"  # some of `words`, with commas
    BANDS = "bands"  # 0=0; 1=0.5: from this number on, so many points
    CODES = "codes"  # B=60; C=50: percent by group


@dataclass(frozen=True)
class Column:
    """One column. `most` characters; `needed`: no cell may be empty."""

    name: str
    vi: str
    en: str
    shape: Shape = Shape.TEXT
    needed: bool = False
    most: int = 300
    words: tuple[StrEnum, ...] = ()


def both(name: str, vi: str, en: str, most: int, needed: bool = False) -> tuple[Column, Column]:
    """A text in both languages."""
    return (Column(f"{name}_vi", f"{vi} (vi)", f"{en} (vi)", needed=needed, most=most),
            Column(f"{name}_en", f"{vi} (en)", f"{en} (en)", needed=needed, most=most))


def anchors() -> tuple[Column, ...]:
    """The five steps of a scale in both languages."""
    return tuple(Column(f"anchor_{step}_{language}", f"Bậc {step} ({language})", f"Step {step} ({language})", most=300)
                 for step in range(5) for language in ("vi", "en"))


NAMES = {  # of the sheets, in Vietnamese and English
    "set": ("Thông tin chung", "Set"),
    "groups": ("Nhóm", "Groups"),
    "criteria": ("Tiêu chí", "Criteria"),
    "packaging": ("Bao bì", "Packaging"),
    "levels": ("Mức", "Levels"),
}
SHEETS: dict[str, tuple[Column, ...]] = {
    "set": (
        Column("code", "Mã bộ", "Set code", needed=True, most=20),
        Column("version", "Phiên bản", "Version", needed=True, most=10),
        *both("name", "Tên bộ tiêu chí", "Name of the set", 200, needed=True),
        *both("standing", "Tính chất", "Standing", 300),
        Column("legal_basis", "Căn cứ pháp lý", "Legal basis of the set"),
        Column("accepted_classes", "Lớp vật liệu được chấp nhận", "Accepted material classes", Shape.LIST, True,
               words=ECO),
        Column("validity_months", "Hiệu lực giấy chứng nhận (tháng)", "Validity (months)", Shape.WHOLE, True),
    ),
    "groups": (
        Column("code", "Mã nhóm", "Group code", needed=True, most=4),
        *both("title", "Tên nhóm", "Group title", 200, needed=True),
        Column("weight", "Điểm của nhóm", "Group points", Shape.NUMBER, True),
    ),
    "criteria": (
        Column("code", "Mã", "Code", needed=True, most=6),
        Column("group", "Nhóm", "Group", needed=True, most=4),
        *both("title", "Tiêu chí", "Criterion", 300, needed=True),
        Column("type", "Loại", "Type", Shape.CHOICE, True, words=tuple(AnswerType)),
        Column("is_must", "Bắt buộc", "Must", Shape.YES_NO),
        Column("weight", "Điểm", "Points", Shape.NUMBER, True),
        Column("applies_to", "Áp dụng", "Applies to", Shape.CHOICE, True, words=tuple(Applies)),
        Column("lo", "0 điểm từ (%)", "0 points at (%)", Shape.NUMBER),
        Column("hi", "Đủ điểm từ (%)", "Full points from (%)", Shape.NUMBER),
        Column("bands", "Bậc điểm", "Bands", Shape.BANDS),
        Column("measure", "Lấy từ phiếu đo", "Measured by", Shape.CHOICE, words=tuple(Measure)),
        Column("instrument", "Trang đo", "Instrument", Shape.CHOICE, words=tuple(Instrument)),
        Column("na_allowed", "Cho phép không áp dụng", "N/A allowed", Shape.YES_NO),
        *both("na_hint", "Khi nào không áp dụng", "When N/A", 200),
        Column("evidence_kinds", "Minh chứng bắt buộc", "Evidence kinds", Shape.LIST, words=tuple(EvidenceKind)),
        *both("evidence", "Minh chứng", "Evidence", 300),
        Column("counts_for_coverage", "Điều kiện độ bao phủ", "Counts for coverage", Shape.YES_NO),
        *anchors(),
        Column("basis", "Căn cứ", "Basis", most=200),
    ),
    "packaging": (
        Column("code", "Mã", "Code", needed=True, most=6),
        *both("name", "Tên bao bì", "Packaging", 160, needed=True),
        *both("unit", "Đơn vị", "Unit", 10, needed=True),
        Column("grams", "Gam nhựa mỗi đơn vị", "Plastic grams per unit", Shape.NUMBER, True),
        Column("weighed_on", "Ngày cân", "Weighed on", Shape.DAY),
        Column("weighed_by", "Người cân", "Weighed by", most=120),
        Column("in_ratio", "Tính vào tỷ lệ", "In the ratio", Shape.YES_NO, True),
        Column("sub_share", "Tỷ lệ thành phần", "Sub-share", Shape.CHOICE, words=tuple(SubShare)),
        Column("takes_tally", "Nhận lượt đếm 100 khách", "Takes the 100-customer count", Shape.YES_NO),
        Column("legal_basis", "Căn cứ", "Basis", most=120),
    ),
    "levels": (
        Column("rank", "Mức", "Level", Shape.WHOLE, True),
        *both("name", "Tên mức", "Level name", 60, needed=True),
        Column("least_total", "Tổng điểm từ", "Total from", Shape.NUMBER, True),
        Column("least_group", "Mỗi nhóm từ (%)", "Each group from (%)", Shape.NUMBER, True),
        Column("least_by_group", "Riêng nhóm (%)", "By group (%)", Shape.CODES),
    ),
}
