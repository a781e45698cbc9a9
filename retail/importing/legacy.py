"""Vietnamese before Unicode: text typed in TCVN3 (.VnTime) or VNI fonts, which looks like "Siªu thÞ" or "Sieâu thò".

TCVN3 is one character a letter, so a whole sheet of it can be converted without guessing. Mixed with Unicode, or in
VNI, it is only recognised: the row is refused with advice.
"""

import re
from collections.abc import Iterable

TCVN3 = dict(zip(
    "¡¢§£¤¥¦µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ",
    "ĂÂĐÊÔƠƯàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ", strict=True))
TABLE = str.maketrans(TCVN3)
# What TCVN3 puts into words and neither Unicode Vietnamese, VNI, English nor French does: signs for letters, capitals
# after small letters, certain letters after a consonant.
SURE = re.compile("[A-Za-z][µ¸¶¹¨»¾¼½©®ª«¬\u00ad×Þ÷þ]|[§®][A-Za-z\u00ad«¬©ª¸µ]"
                  "|[a-z][ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖØÜÝ]|[bcdghklmnpqrstvx][äåëïø]")
VNI = re.compile("[aeoyAEOY][ùøûõïâåäÙØÛÕÏÂÅÄ]|[aeAE][áàãÁÀÃ]|[aA][êéèúüëÊÉÈÚÜË]|[uUöôÖÔ][ùøûõïÙØÛÕÏ]"
                 "|(?<![A-Za-z])[ñÑ][aeiouyöôAEIOUYÖÔ]|[öÖ][ôÔ]")
UNICODE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")  # letters that only Unicode Vietnamese has


def is_tcvn3(text: str) -> bool:
    """Whether a text is TCVN3 beyond doubt."""
    return not text.isascii() and not UNICODE.search(text) and bool(SURE.search(text))


def is_vni(text: str) -> bool:
    """Whether a text looks typed in a VNI font."""
    return not text.isascii() and not UNICODE.search(text) and not SURE.search(text) and bool(VNI.search(text))


def from_tcvn3(text: str) -> str:
    """TCVN3 as Unicode: "Siªu thÞ" → "Siêu thị"."""
    return text.translate(TABLE)


def is_sheet_of_tcvn3(texts: Iterable[str]) -> bool:
    """Whether a sheet was typed in TCVN3 throughout: some cells surely, and none in Unicode Vietnamese."""
    sure = 0
    for text in texts:
        if text.isascii():
            continue
        if UNICODE.search(text):
            return False
        sure += bool(SURE.search(text))
    return sure >= 2
