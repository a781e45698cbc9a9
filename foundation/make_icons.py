"""The application's icons for a home screen, drawn from our mark (static/icons/mark.svg) with Pillow.

`app` stands alone on a white ground; `app-full` fills its square, as a maskable icon must (its mark keeps within the
middle four fifths). The files are kept with the sources; run this when the mark changes.

    python -m foundation.make_icons
"""

from pathlib import Path

from PIL import Image, ImageDraw

from foundation.config import ROOT

GREEN, WHITE = "#0b6b3c", "#ffffff"
SHAPE = [(16, 0), (32, 9), (32, 27), (16, 36), (0, 27), (0, 9)]  # the hexagon, in the mark's own 32 × 36
TICK = [(8.5, 18.5), (14, 24), (24, 12.5)]
STROKE = 3.6
FINE = 4  # drawn so many times larger, then made smaller: smooth edges


def draw(size: int, *, full: bool) -> Image.Image:
    """One icon of `size` pixels a side."""
    side = size * FINE
    image = Image.new("RGB", (side, side), GREEN if full else WHITE)
    pen = ImageDraw.Draw(image)
    scale = side * (0.56 if full else 0.86) / 36
    left, top = (side - 32 * scale) / 2, (side - 36 * scale) / 2

    def place(points):
        return [(left + x * scale, top + y * scale) for x, y in points]

    pen.polygon(place(SHAPE), fill=WHITE if full else GREEN)
    pen.line(place(TICK), fill=GREEN if full else WHITE, width=round(STROKE * scale), joint="curve")
    return image.resize((size, size), Image.Resampling.LANCZOS).quantize(32)


def main(folder: Path = ROOT / "static" / "icons") -> None:
    """Write every icon the manifest names."""
    for size in (192, 512):
        draw(size, full=False).save(folder / f"app-{size}.png", optimize=True)
        draw(size, full=True).save(folder / f"app-full-{size}.png", optimize=True)


if __name__ == "__main__":
    main()
