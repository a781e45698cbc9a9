"""Photos from strangers' devices: checked before decoding, re-encoded, stripped; time and place kept as data."""

import io
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
    """A JPEG, PNG, WebP or HEIC photo, upright, at most LONG_SIDE pixels, without metadata. Raises Invalid."""
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
