"""Giấy chứng nhận cơ sở phân phối bền vững: one A4 page, PDF/A-2a and PNG (DOMAIN 1.5)."""

from certification.printing import engine
from foundation import qr

PPI = 150  # of the PNG: 1240 × 1754 pixels; the QR is read from it


def render(facts: dict) -> tuple[bytes, bytes]:
    """(pdf, png) of the printed facts; `facts["url"]` is the upper-case address in the code.

    The same facts give the same bytes. A name or address too long for one page raises typst.TypstError:
    about 120 and 160 characters always fit. Raises ValueError for another address.
    """
    if facts["url"] != facts["url"].upper() or not facts["url"].startswith("HTTPS://"):
        raise ValueError("an upper-case https address is needed: it keeps the code in alphanumeric mode")
    data = {**facts, "qr": {"url": facts["url"], "rows": qr.rows(facts["url"])}}
    return engine.pdf("certificate.typ", data), engine.png("certificate.typ", data, ppi=PPI)
