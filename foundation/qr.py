"""QR matrices: level Q, fixed mask. An upper-case address needs alphanumeric mode only, one version smaller."""

from functools import lru_cache

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_Q

MASK = 4  # fixed: searching the eight masks is nearly the whole cost


@lru_cache(maxsize=1000)
def rows(url: str) -> tuple[str, ...]:
    """The matrix as rows of "0" and "1", without a quiet zone."""
    code = QRCode(error_correction=ERROR_CORRECT_Q, border=0, mask_pattern=MASK)
    code.add_data(url)
    code.make(fit=True)
    return tuple("".join("1" if dark else "0" for dark in row) for row in code.get_matrix())


def path(url: str) -> tuple[int, str]:
    """Side in modules and one SVG path of all dark modules."""
    parts = []
    for y, row in enumerate(rows(url)):
        x = 0
        for run in row.replace("01", "0 1").replace("10", "1 0").split():
            if run[0] == "1":
                parts.append(f"M{x} {y}h{len(run)}v1h-{len(run)}z")
            x += len(run)
    return len(rows(url)), "".join(parts)
