"""The lines below the headings: which are establishments, which carry the kind or place of those below, which are
neither (totals, notes, signatures, repeated headings); and merged cells, whose value stands in their first cell only.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from foundation.text import clean, fold
from retail.importing.cells import text_of
from retail.importing.columns import Layout
from retail.importing.fields import Field
from retail.importing.kinds import find_kind
from retail.importing.reading import Sheet

ROMAN = re.compile(r"[IVX]{1,5}$")
MARKER = re.compile(r"^\(?(?P<mark>[IVX]{1,5}|[A-ZĐ]|[0-9]{1,2}(?:\.[0-9]{1,2})*)\s*[.)/:\-–]\s*(?P<text>.+)$")
COUNTED = re.compile(r"[:,\s]*\(?\s*\d*\s*(cơ sở|điểm bán|siêu thị|đơn vị|cửa hàng|chợ|stores?)?\s*\)?\s*[:.]*\s*$",
                     re.IGNORECASE)
TOTAL = re.compile(r"(tong cong(?! ty)|tong so|cong don|luy ke|sub ?total|grand total|total"
                   r"|(tong|cong)(?=[\s:.]*(\d|$|\(|(huyen|thi xa|thanh pho|tp|tx|xa|phuong|muc|nhom|toan|i+|i?v)\b)))")
SIGNED = re.compile(r"(nguoi (lap|tong hop|kiem tra|duyet|bao cao)|lap bieu|thu truong|(pho )?giam doc|truong phong|"
                    r"(pho )?chu tich|ky ten|\(?ky[ ,]|xac nhan|noi nhan|kt\.|tm\.|tl\.|ke toan|can bo|don vi bao cao)")
REMARK = re.compile(r"(ghi chu|luu y|chu thich|note|nguon( so lieu)?\b|luu:|danh sach (nay|tren)|bieu (mau|so)|so lieu|"
                    r"cap nhat|\*)")
PLACE_AND_DAY = re.compile(r".{2,40}, ?ngay .{0,6}thang .{0,6}nam")
NUMBERED = re.compile(r"\(?[0-9]{1,2}\)?([=+\-*/x(][0-9()=+\-*/x]*)?$|\(?[A-Za-z]\)?$")
EXAMPLES = ("(Ví dụ)", "(Example)")  # how the template's own line begins
ENTERPRISE = re.compile(r"(cong ty|cty|tap doan|tong cong ty|htx|hop tac xa|doanh nghiep tu nhan|dntn)\b")
PLACE = re.compile(r"(tren )?(dia ban |khu vuc |thuoc )?(?=(huyen|thi xa|thanh pho|tp|tx|xa|phuong|thi tran|tinh)\b)")


@dataclass(slots=True)
class Section:
    """What section rows above say about the rows below: text and line for kind, place and enterprise."""

    kind: tuple[object, int, int] | None = None  # text, line, rank of its marker
    place: tuple[object, int, int] | None = None
    enterprise: tuple[object, int, int] | None = None

    def take(self, name: str, text: object, line: int, rank: int) -> None:
        """A new heading row: it replaces its own sort, and ends everything ranked below it."""
        for other in ("kind", "place", "enterprise"):
            held = getattr(self, other)
            if held and held[2] > rank:
                setattr(self, other, None)
        setattr(self, name, (text, line, rank))


@dataclass(slots=True)
class Line:
    """One line of the file. `why` is empty for an establishment, else why the line is passed over."""

    number: int
    cells: dict[Field, object]  # raw, filled cells only
    why: str = ""
    text: str = ""  # of a passed-over line
    merged: dict[Field, int] = field(default_factory=dict)  # field → line of the merged cell it was taken from
    kind: tuple[str, int] | None = None  # from a section row: text and its line
    place: tuple[str, int] | None = None
    enterprise: tuple[str, int] | None = None


def read_lines(sheet: Sheet, layout: Layout) -> Iterator[Line]:
    """Every line below the headings that is not empty."""
    fields, section = {index: name for name, index in layout.fields.items()}, Section()
    merges, signed = Merges(sheet, layout), False
    headings = {column.index: set(column.heading.lower().split(" – ")) for column in layout.columns if column.heading}
    markers = [column.index for column in layout.columns if column.why == "row_number"]
    for number, row in sheet.lines():
        if number <= layout.last:
            continue
        filled = [(index, cell) for index, cell in enumerate(row) if cell != ""]
        carried, origins = merges.fill(number, row, bool(filled))
        if not filled:
            continue
        cells = {fields[index]: cell for index, cell in filled if index in fields} | carried
        line = Line(number, cells, merged=origins)
        line.why = "remark" if signed and len(filled) <= 3 else reason_to_pass(filled, cells, headings)
        signed = signed or line.why == "signature"
        if not line.why and len(filled) <= 4:
            line.why = read_section(line, row, markers, section)
        if line.why:
            line.text = " · ".join(text for text in (text_of(cell) for cell in row) if text)[:200]
        else:
            inherit(line, section)
        yield line


def inherit(line: Line, section: Section) -> None:
    """Let the section rows above speak where the line itself is silent."""
    if section.kind and Field.KIND not in line.cells:
        line.kind = str(section.kind[0]), section.kind[1]
    if section.place:
        line.place = str(section.place[0]), section.place[1]
    if section.enterprise and Field.ENTERPRISE not in line.cells and Field.TAX_CODE not in line.cells:
        line.enterprise = str(section.enterprise[0]), section.enterprise[1]


def reason_to_pass(filled: Sequence[tuple[int, object]], cells: dict[Field, object],
                   headings: dict[int, set[str]]) -> str:
    """Why a line that stands by itself is no establishment; empty when it may be one."""
    texts = [cell for _index, cell in filled if isinstance(cell, str)]
    if are_headings(filled, headings):
        return "headings"
    if len(filled) >= 3 and is_numbering([cell for _index, cell in filled]):
        return "numbering"
    structured = len(cells.keys() - {Field.NAME, Field.AREA, Field.ITEMS, Field.NUMBER})
    name = cells.get(Field.NAME)
    if isinstance(name, str) and name.lstrip().startswith(EXAMPLES):
        return "example"
    opening = next((lead for lead in map(lead_of, texts[:2]) if len(lead) > 1), "")
    if not opening or (structured > 1 and len(texts) > 3):
        return ""
    if structured <= 1 and TOTAL.match(opening):
        return "total"
    if (structured <= 1 or len(texts) <= 3) and (SIGNED.match(opening) or PLACE_AND_DAY.match(opening)):
        return "signature"
    return "remark" if structured <= 1 and REMARK.match(opening) else ""


def are_headings(filled: Sequence[tuple[int, object]], headings: dict[int, set[str]]) -> bool:
    """Whether a line repeats the headings, as at the top of each printed page."""
    same = 0
    for index, cell in filled:
        if isinstance(cell, str):
            if " ".join(cell.lower().split()) in headings.get(index, ()):
                same += 1
            elif not same:  # its first text is none of them
                return False
    return same >= 2 and 2 * same >= len(filled)


@lru_cache(4096)
def lead_of(text: str) -> str:
    """The folded beginning of a cell, without numbering."""
    return fold(text[:80]).lstrip("-–•+ ")


def is_numbering(cells: Sequence[object]) -> bool:
    """A row of column numbers under the headings: (1) (2) (3), or A B 1 2."""
    if any(isinstance(cell, str) and len(cell) > 15 for cell in cells):
        return False
    if not all(NUMBERED.match(text_of(cell).replace(" ", "")) for cell in cells):
        return False
    figures = [int(digits[0]) for cell in cells if (digits := re.findall(r"\d+", text_of(cell)))]
    steps = [after - before for before, after in zip(figures, figures[1:], strict=False)]
    return len(figures) >= 2 and all(step == 1 for step in steps)


def read_section(line: Line, row: Sequence[object], markers: Sequence[int], section: Section) -> str:
    """Take up a row such as "I. SIÊU THỊ" or "Huyện Lâm Thao"; say why a row with one text is passed over."""
    marker = next((text_of(row[index]) for index in markers if index < len(row) and row[index] != ""), "")
    texts = [text_of(cell) for index, cell in enumerate(row) if isinstance(cell, str) and cell != ""
             and index not in markers]
    if not texts and marker and not re.fullmatch(r"[\d.\s]+", marker):
        texts, marker = [marker], ""
    if len({fold(text) for text in texts}) != 1 or line.merged or marker.isdigit():
        return ""
    text = clean(texts[0])
    if found := MARKER.match(text):
        marker, text = marker or found["mark"], found["text"]
    text = COUNTED.sub("", text) or text
    rank = rank_of(marker)
    for name, value in meanings(text):
        section.take(name, value, line.number, rank)
        line.why = "section"
    if line.why:
        return "section"
    figures = any(not isinstance(cell, str) for cell in row if cell != "")
    return "" if figures and not marker else "lone"


def rank_of(marker: str) -> int:
    """How deep a section stands: A, then I, then 1; without a marker deepest."""
    if not marker:
        return 3
    if ROMAN.match(marker):
        return 1
    return 2 if marker[0].isdigit() else 0


def meanings(text: str) -> Iterator[tuple[str, str]]:
    """What a section's text says: a kind of establishment, a place, an enterprise; or a kind in a place."""
    folded = fold(text)
    if ENTERPRISE.match(folded):
        yield "enterprise", text
        return
    split = re.split(r"\s+(?:trên địa bàn|tại|ở|thuộc địa bàn|thuộc|khu vực)\s+", text, maxsplit=1, flags=re.IGNORECASE)
    kind = re.sub(r"^(các|nhóm|hệ thống|loại hình|danh sách|khối|mục|phần)\s+", "", split[0], flags=re.IGNORECASE)
    if find_kind(kind):
        yield "kind", kind
    place = split[-1] if len(split) > 1 else text
    if (found := PLACE.match(fold(place))) and len(place.split()) <= 8:
        yield "place", " ".join(place.split()[len(found[0].split()):])


class Merges:
    """Values of cells merged over several lines, carried down to each of them."""

    def __init__(self, sheet: Sheet, layout: Layout):
        names = {index: name for name, index in layout.fields.items()}
        self.starts: dict[int, list[tuple[Field, int, int]]] = {}
        self.held: dict[Field, tuple[object, int, int]] = {}
        for (top, west), (bottom, _east) in sheet.merged:
            if bottom > top and bottom >= layout.last and (name := names.get(west - sheet.left)):
                self.starts.setdefault(top + 1, []).append((name, west - sheet.left, bottom + 1))

    def fill(self, number: int, row: Sequence[object], is_filled: bool) -> tuple[dict[Field, object], dict[Field, int]]:
        """Values for the cells of this line that are covered by a merged cell begun above, and where it began."""
        values: dict[Field, object] = {}
        origins: dict[Field, int] = {}
        for name, (value, origin, last) in list(self.held.items()):
            if number > last:
                del self.held[name]
            elif is_filled and value != "":
                values[name], origins[name] = value, origin
        for name, index, last in self.starts.get(number, ()):
            if index < len(row):
                self.held[name] = row[index], number, last
        return values, origins
