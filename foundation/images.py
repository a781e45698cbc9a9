"""Photos from strangers' devices: checked before decoding, re-encoded, stripped; time and place kept as data."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from PIL import ExifTags, Image, ImageCms, ImageOps, JpegImagePlugin
from pillow_heif import register_heif_opener

from foundation.clock import VIETNAM
from foundation.errors import Invalid

register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
LONG_SIDE = 2560  # pixels; what is stored is never larger (a tablet may resize to the same bound before sending)
QUALITY = 85
MOST_PIXELS = 60_000_000  # of what is sent
MOST_SIDE = 30_000
THUMB = 480  # pixels of a thumbnail's long side
KEPT = {0xDB, 0xC4, 0xDD, 0xE0}  # segments of a JPEG that hold no metadata: tables, restart interval, JFIF
FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # in the coded data: what is neither a stuffed byte nor a restart
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


@dataclass(frozen=True)
class Photo:
    """A photo as it is stored, and what its metadata said."""

    content: bytes  # JPEG
    width: int
    height: int
    taken_at: datetime | None = None
    lat: Decimal | None = None
    lon: Decimal | None = None
    accuracy_m: Decimal | None = None


def read_photo(content: bytes) -> Photo:
    """A JPEG, PNG, WebP or HEIC photo, upright, at most LONG_SIDE pixels, without metadata. Raises Invalid.

    A JPEG that is all this already, as our own form sends it, is kept as it came.
    """
    if size := bare_size(content):
        return Photo(content, *size)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            check_size(image)
            exif = image.getexif()
            taken_at, place = time_from(exif), place_from(exif.get_ifd(ExifTags.IFD.GPSInfo))
            upright = shrink(image, LONG_SIDE)
    except Invalid:
        raise
    except Exception as error:  # decoders of foreign bytes fail in many ways; each means the same
        raise Invalid(_("This is not a photo that can be read. Send a whole JPEG, PNG, WebP or HEIC file.")) from error
    return Photo(to_jpeg(upright), upright.width, upright.height, taken_at, **place)


def bare_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a whole JPEG within LONG_SIDE that holds pixels and nothing else; None for all others."""
    if content[:2] != b"\xff\xd8" or content[-2:] != b"\xff\xd9":
        return None
    place, size = 2, None
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker, length = content[place + 1], int.from_bytes(content[place + 2:place + 4])
        body, place = content[place + 4:place + 2 + length], place + 2 + length
        if marker in FRAMES:
            size = frame_size(body)
        elif marker == 0xDA and (found := MARKER.search(content, place)):  # a scan: coded data up to the next marker
            place = found.start()
            if found.end() == len(content):
                return size if found[0] == b"\xff\xd9" else None
        elif not (marker in KEPT or is_srgb(marker, body)):
            return None
        if marker in FRAMES and size is None:
            return None
    return None


def frame_size(body: bytes) -> tuple[int, int] | None:
    """Width and height in a frame's header, when they are sane, in colours of 8 bits."""
    if len(body) != 15 or body[0] != 8 or body[5] != 3:
        return None
    height, width = int.from_bytes(body[1:3]), int.from_bytes(body[3:5])
    return (width, height) if 0 < width <= LONG_SIDE and 0 < height <= LONG_SIDE else None


def is_srgb(marker: int, body: bytes) -> bool:
    """Whether a segment is nothing but the colour profile every screen expects."""
    if marker != 0xE2 or not body.startswith(b"ICC_PROFILE\0\x01\x01"):
        return False
    try:
        return "sRGB" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(body[14:])))
    except (ImageCms.PyCMSError, OSError):
        return False


def check_size(image: Image.Image) -> None:
    """Refuse bombs and films before a pixel is decoded."""
    if image.width * image.height > MOST_PIXELS or max(image.size) > MOST_SIDE:
        raise Invalid(_("This picture has too many pixels: %(width)s × %(height)s. Take it at 60 megapixels or less.",
                        width=image.width, height=image.height))
    if image.format in ("PNG", "WEBP") and getattr(image, "is_animated", False):
        raise Invalid(_("This picture moves. Send a still photo."))


def shrink(image: Image.Image, long_side: int) -> Image.Image:
    """Decoded, at most `long_side` pixels, upright, in sRGB on white."""
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        image.draft("RGB", (long_side, long_side))  # decodes at a fraction of the size: less time and memory
    image.load()
    profile = image.info.get("icc_profile")
    smaller = image.copy()
    smaller.thumbnail((long_side, long_side), Image.Resampling.LANCZOS)
    return on_white(to_srgb(ImageOps.exif_transpose(smaller), profile))


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours a screen expects; a profile that cannot be read is passed over."""
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGB" if image.mode == "CMYK" else image.mode
        return ImageCms.profileToProfile(image, source, SRGB, outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError):
        return image


def on_white(image: Image.Image) -> Image.Image:
    """Without transparency."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")


def to_jpeg(image: Image.Image, quality: int = QUALITY) -> bytes:
    """Pixels and nothing else."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def thumbnail(content: bytes) -> bytes:
    """A small JPEG of a stored photo."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as image:
        return to_jpeg(shrink(image, THUMB), quality=75)


def time_from(exif: Image.Exif) -> datetime | None:
    """DateTimeOriginal with its offset; on a Vietnamese clock when it has none."""
    details = exif.get_ifd(ExifTags.IFD.Exif)
    written = str(details.get(ExifTags.Base.DateTimeOriginal, "")).strip("\0 ")
    offset = str(details.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\0 ")
    try:
        taken = datetime.strptime(written, "%Y:%m:%d %H:%M:%S").replace(tzinfo=VIETNAM)
        return datetime.fromisoformat(f"{taken:%Y-%m-%dT%H:%M:%S}{offset}") if offset else taken
    except ValueError:
        return None


def place_from(gps: Mapping[int, Any]) -> dict[str, Decimal | None]:
    """Position in degrees and its accuracy in metres; all None where one cannot be true."""
    tags = ExifTags.GPS
    try:
        lat = degrees(gps[tags.GPSLatitude], gps[tags.GPSLatitudeRef] == "S")
        lon = degrees(gps[tags.GPSLongitude], gps[tags.GPSLongitudeRef] == "W")
        error = gps.get(tags.GPSHPositioningError)
        accuracy = Decimal(f"{float(error):.1f}") if error is not None else None
        if abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0, 0):
            return {"lat": lat, "lon": lon, "accuracy_m": accuracy if accuracy and accuracy.is_finite() else None}
    except (KeyError, TypeError, ValueError, ArithmeticError):
        pass
    return {"lat": None, "lon": None, "accuracy_m": None}


def degrees(parts: tuple, is_negative: bool) -> Decimal:
    """Degrees, minutes and seconds as degrees, six decimals (0.1 m)."""
    whole, minutes, seconds = (float(part) for part in parts)
    value = whole + minutes / 60 + seconds / 3600
    return Decimal(f"{-value if is_negative else value:.6f}")
