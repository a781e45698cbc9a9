"""Fonts for the browser, from npm's copies: four Be Vietnam Pro files and a digits-only companion, PPX So.

The files are cut to the characters of Vietnamese and English, without hints, which screens of today do not use: half
the weight. Be Vietnam Pro has no tabular figures, so columns of numbers would not line up; PPX So is made from the same
outlines with equal widths. It is renamed, as the OFL asks of a changed font.

    python -m foundation.make_fonts
"""

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from foundation.config import ROOT

SOURCE = ROOT / "node_modules" / "@fontsource" / "be-vietnam-pro" / "files"
TARGET = ROOT / "static" / "fonts"
AIR = 40  # font units beside the widest digit
MARKED = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý"  # of Vietnamese, as far as Latin-1 has them
SIGNS = "\u00a0§©«°±²³µ·»×÷‐‑‒–—‘’“”•…′″€−"
CHARACTERS = {  # of each file, as the style sheet shares them out
    "latin": [*range(0x20, 0x7F), *map(ord, MARKED + SIGNS)],
    "vietnamese": [*map(ord, "ĂăĐđĨĩŨũƠơƯư"), *range(0x1EA0, 0x1EFA)],
}


def cut(subset: str, weight: str) -> None:
    """Write one file of Be Vietnam Pro. Its licence reserves no name, so it may keep its own."""
    font = TTFont(SOURCE / f"be-vietnam-pro-{subset}-{weight}-normal.woff2")
    subsetter = Subsetter(Options(layout_features=["kern"], hinting=False, name_IDs=[]))
    subsetter.populate(unicodes=CHARACTERS[subset])
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(TARGET / f"bvp-{subset}-{weight}.woff2")


def make_digits(weight: str) -> None:
    """Write PPX So of one weight."""
    font = TTFont(SOURCE / f"be-vietnam-pro-latin-{weight}-normal.woff2")
    subsetter = Subsetter(Options(layout_features=[], hinting=False))
    subsetter.populate(text="0123456789")
    subsetter.subset(font)
    cmap, glyphs, metrics = font.getBestCmap(), font["glyf"], font["hmtx"]
    names = [cmap[ord(char)] for char in "0123456789"]
    for name in names:
        glyphs[name].expand(glyphs)
    width = max(glyphs[name].xMax - glyphs[name].xMin for name in names) + AIR
    for name in names:
        glyph = glyphs[name]
        shift = round((width - (glyph.xMax - glyph.xMin)) / 2) - glyph.xMin
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(glyphs)
        metrics[name] = (width, glyph.xMin)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = "PPX So"
    font.flavor = "woff2"
    font.save(TARGET / f"ppx-so-{weight}.woff2")


def main() -> None:
    """Make every font the style sheet names."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for weight in ("400", "600"):
        for subset in ("latin", "vietnamese"):
            cut(subset, weight)
        make_digits(weight)


if __name__ == "__main__":
    main()
