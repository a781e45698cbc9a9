"""Kind, class and status by the words people use for them."""

import re
from functools import lru_cache

from foundation.text import fold
from retail.importing.cells import is_empty, text_of
from retail.importing.issues import NOTHING, Read, refuse
from retail.rules import Kind, Status

KINDS: dict[Kind, str] = {
    Kind.SUPERMARKET: """sieu thi, sieu thi tong hop, st tong hop, sttth, st, sth, dai sieu thi, sieu thi kinh doanh
        tong hop, sieu thi ban le, sieu thi tong hop ban le, supermarket, general supermarket, hypermarket""",
    Kind.SPECIALISED: """sieu thi chuyen doanh, st chuyen doanh, stcd, sieu thi dien may, sieu thi noi that, sieu thi
        sach, sieu thi me va be, sieu thi me be, sieu thi vat lieu xay dung, sieu thi dien tu, sieu thi do gia dung,
        sieu thi gia dung, sieu thi thuoc, sieu thi chuyen doanh dien may, specialised supermarket, specialized
        supermarket, speciality supermarket, specialty supermarket""",
    Kind.TRADE_CENTRE: """trung tam thuong mai, tttm, tt thuong mai, tt tm, trung tam tm, trung tam mua sam, trung tam
        thuong mai dich vu, trung tam thuong mai va dich vu, tttm dv, trade centre, trade center, mall, shopping mall,
        shopping centre, shopping center, commercial centre, commercial center""",
    Kind.CONVENIENCE: """cua hang tien loi, chtl, cua hang tien ich, ch tien loi, ch tien ich, chti, cua hang tien dung,
        cua hang tien loi tien ich, convenience store, convenience""",
    Kind.MINI: "sieu thi mini, st mini, stmn, mini mart, minimart, sieu thi nho, mini supermarket, sieu thi loai nho",
    Kind.MARKET: """cho, cho truyen thong, cho dan sinh, cho dau moi, cho nong thon, cho xa, cho phuong, cho trung tam,
        cho tam, cho cong dong, market, traditional market, wet market""",
    Kind.OTHER: """khac, loai khac, loai hinh khac, co so khac, diem ban, diem ban khac, diem ban hang, cua hang, tap
        hoa, cua hang tap hoa, cua hang chuyen doanh, cua hang kinh doanh, cua hang thuc pham, cua hang bach hoa, bach
        hoa, cua hang tong hop, cua hang kinh doanh tong hop, cua hang ban le, dai ly, dai ly ban le, cua hang tu chon,
        nha phan phoi, kho hang, other, other point of sale, grocery, grocery store, shop, outlet""",
}
KIND_OF = {" ".join(word.split()): kind for kind, words in KINDS.items() for word in words.split(",")}
IN_KIND = re.compile(r"[,;:(\[/–-]*\s*\b(?:xep |phan )?(?:hang|loai)\s*"
                     r"(?P<class>i{1,3}|[123]|mot|hai|ba|nhat|nhi)\b[)\]]*")
CLASSES = {"i": 1, "ii": 2, "iii": 3, "1": 1, "2": 2, "3": 3, "mot": 1, "hai": 2, "ba": 3, "nhat": 1, "nhi": 2}
NO_CLASS = re.compile(r"(chua|khong|ko) (xep|phan|co|dat|du)?\s*(hang|loai)?|chua|0|khong du tieu chuan")


@lru_cache(4096, typed=True)
def find_kind(text: str) -> tuple[Kind, int | None] | None:
    """The kind, and the class if it is named too: "Siêu thị hạng 3". None when the words are not known."""
    folded = fold(text).replace("_", " ")
    found = IN_KIND.search(folded)
    words = (folded[:found.start()] + folded[found.end():] if found else folded)
    kind = KIND_OF.get(" ".join(re.findall("[a-z0-9]+", words)))
    return (kind, CLASSES[found["class"]] if found else None) if kind else None


@lru_cache(8192, typed=True)
def read_kind(cell: object) -> Read:
    """(kind, class or None). Refused with the words that are known when it is none of them."""
    if is_empty(cell):
        return NOTHING
    found = find_kind(text_of(cell))
    return Read(found) if found else refuse("kind_unknown", text=text_of(cell)[:80])


@lru_cache(8192, typed=True)
def read_class(cell: object) -> Read:
    """1 to 3: "Hạng II", "2", "loại 3"."""
    folded = fold(text_of(cell))
    if is_empty(cell) or NO_CLASS.fullmatch(folded.strip()):
        return NOTHING
    word = re.sub(r"^(dat |sieu thi |cho |tttm )?(xep |phan )?(hang|loai|class|grade|cap)\b\s*|[().:]", "", folded)
    word = word.strip()
    return Read(CLASSES[word]) if word in CLASSES else refuse("class_unknown", text=text_of(cell)[:40])


TRADING = "(hoat dong|kinh doanh|hd|ban hang)"
STATUSES: dict[Status, str] = {
    Status.OPERATING: rf"(dang |con |van )?({TRADING}|mo cua)( binh thuong| tot| on dinh)?|binh thuong"
                      r"|operating|open|active",
    Status.PAUSED: rf"(dang )?(tam (dung|ngung|nghi|dong( cua)?)|sua chua|nang cap|cai tao)( {TRADING})?"
                   r"|paused|suspended|temporarily closed",
    Status.CLOSED: rf"(da )?(dong cua|ngung|dung|cham dut|giai the|thoi|nghi|pha san|dong)( han)?( {TRADING})?( han)?"
                   rf"|khong (con )?{TRADING}( nua)?|closed|inactive",
}
SINCE = re.compile(r"[\s,;:(\-–]*\b(?:tu|vao|ngay|since|from|thang|nam|t)?\s*(?:ngay |thang )?"
                   r"(\d{1,4}(?:[/.\-]\d{1,4}){0,2})\)?\s*$")


@lru_cache(4096, typed=True)
def read_status(cell: object) -> Read:
    """(status, the cell's own day as text or ""): "Đã đóng cửa từ 01/06/2024"."""
    if is_empty(cell):
        return NOTHING
    folded = fold(text_of(cell)).strip(" .")
    since = SINCE.search(folded)
    words = folded[:since.start()].strip(" ,;:(-–.") if since else folded
    words = re.sub(r"\s+(tu|vao|since|from|ke tu)( ngay| thang| nam)?$", "", words)
    for status, pattern in STATUSES.items():
        if re.fullmatch(pattern, words):
            return Read((status, since[1] if since else ""))
    return refuse("status_unknown", text=text_of(cell)[:60])
