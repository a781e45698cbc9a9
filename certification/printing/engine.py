"""One typst compiler for the whole process: plain data in, document bytes out. Data are text, never markup."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import fontpkg_be_vietnam_pro
import typst

from foundation.config import ROOT

TEMPLATES = Path(__file__).resolve().parent / "templates"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # never the clock: the same data give the same bytes
TINOS = ROOT / "node_modules" / "@expo-google-fonts" / "tinos"  # metric twin of Times New Roman, OFL
FAMILIES = {"Be Vietnam Pro", "Tinos"}


@cache
def fonts() -> typst.Fonts:
    """The two families the documents use. Raises FileNotFoundError when one is not installed."""
    folders = [str(Path(fontpkg_be_vietnam_pro.ROOT) / "files"), str(TINOS)]
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    missing = FAMILIES - set(found.families())
    if missing:
        raise FileNotFoundError(f"fonts missing: {sorted(missing)}; run make run once")
    return found


@cache
def compiler() -> typst.Compiler:
    """Loading the fonts is the slow part, so there is one."""
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts())


def pdf(template: str, data: dict) -> bytes:
    """A file of templates/ filled with JSON-able data: PDF/A-2a (all of A-2u, and tagged) and PDF/UA-1.

    A missing required field or texts that do not fit raise typst.TypstError.
    """
    return document(template, format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=EPOCH, sys_inputs=inputs(data))


def png(template: str, data: dict, *, ppi: float) -> bytes:
    """The same as a picture of its only page."""
    return document(template, format="png", ppi=ppi, timestamp=EPOCH, sys_inputs=inputs(data))


def document(template: str, **options: Any) -> bytes:
    """What typst makes of a file of templates/; pictures of several pages would be a list, and ours have one."""
    return cast(bytes, compiler().compile(str(TEMPLATES / template), **options))


def inputs(data: dict) -> dict[str, str]:
    """Data reach the template as JSON."""
    return {"data": json.dumps(data, ensure_ascii=False)}


def build_drawings() -> None:
    """Bake the vector drawings into .svg, which lay out far faster (only after a change of drawing.typ)."""
    for name in ("certificate_frame", "mark"):
        (TEMPLATES / f"{name}.svg").write_bytes(document(f"{name}.typ", format="svg"))
