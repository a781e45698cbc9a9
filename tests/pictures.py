"""Pictures tests make: a QR code as a camera would see it, a large photo that lies on its side."""

import io

from PIL import Image, ImageDraw

from foundation import qr


def picture(size=(640, 480), colour="seagreen", kind="JPEG", **options):
    """The bytes of a picture."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **options)
    return out.getvalue()


def qr_picture(text: str, side: int = 420) -> Image.Image:
    """The QR code of a text with its quiet zone."""
    rows = qr.rows(text)
    drawn = Image.new("L", (len(rows) + 8, len(rows) + 8), 255)
    for y, row in enumerate(rows):
        for x, module in enumerate(row):
            if module == "1":
                drawn.putpixel((x + 4, y + 4), 0)
    return drawn.resize((side, side), Image.Resampling.NEAREST)


def lying_photo(size: tuple[int, int], taken: str, place: tuple[float, float] | None = None) -> bytes:
    """A JPEG stored on its side (EXIF orientation 6) whose upper half is red once it is upright."""
    width, height = size
    picture = Image.new("RGB", size, "navy")
    ImageDraw.Draw(picture).rectangle((0, 0, width // 2, height), fill="red")  # left as stored, top as seen
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0x9003] = taken
    if place:
        gps = exif.get_ifd(0x8825)
        for tag, ref, degrees in ((1, "N", place[0]), (3, "E", place[1])):
            gps[tag], gps[tag + 1] = ref, (degrees, 0.0, 0.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80, exif=exif)
    return out.getvalue()
