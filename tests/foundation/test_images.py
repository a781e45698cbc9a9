"""Photos as they come from phones, and things that are none."""

import io
import struct
import zlib
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PIL import Image, ImageCms, ImageDraw
from PIL.TiffImagePlugin import IFDRational

from foundation.errors import Invalid
from foundation.images import LONG_SIDE, THUMB, read_photo, thumbnail

GPS = {1: "N", 2: (21.0, 19.0, 23.4), 3: "E", 4: (105.0, 24.0, 7.2), 31: IFDRational(12, 1)}


@pytest.fixture(autouse=True)
def words(app):
    """Messages need a language."""
    with app.test_request_context():
        yield


def encode(image, kind="JPEG", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def scene(size=(640, 480)):
    """Left red, right blue."""
    image = Image.new("RGB", size, "blue")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1]), fill="red")
    return image


def exif(taken="2026:11:24 09:10:11", offset=None, orientation=1, gps=GPS):
    made = Image.Exif()
    made[0x0112], made[0x010F] = orientation, "Hãng máy"
    made.get_ifd(0x8769)[36867] = taken
    if offset:
        made.get_ifd(0x8769)[36881] = offset
    made.get_ifd(0x8825).update(gps)
    return made


def reopen(photo):
    return Image.open(io.BytesIO(photo.content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_format_becomes_a_bare_jpeg(kind):
    photo = read_photo(encode(scene(), kind, exif=exif()))
    stored = reopen(photo)
    assert stored.format == "JPEG" and stored.size == (photo.width, photo.height) == (640, 480)
    assert not stored.getexif() and "icc_profile" not in stored.info and "Hãng".encode() not in photo.content
    assert stored.getpixel((10, 10))[0] > 200 and stored.getpixel((630, 10))[2] > 200


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
def test_time_and_place_are_kept_as_data(kind):
    photo = read_photo(encode(scene(), kind, exif=exif()))
    assert photo.taken_at == datetime(2026, 11, 24, 2, 10, 11, tzinfo=UTC)  # a Vietnamese clock when it says nothing
    assert (photo.lat, photo.lon, photo.accuracy_m) == (Decimal("21.323167"), Decimal("105.402000"), Decimal("12.0"))


def test_the_offset_of_the_camera_counts():
    photo = read_photo(encode(scene(), exif=exif(offset="+09:00")))
    assert photo.taken_at == datetime(2026, 11, 24, 0, 10, 11, tzinfo=UTC)


@pytest.mark.parametrize("gps", [
    {}, {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
    {1: "N", 2: (99.0, 0.0, 0.0), 3: "E", 4: (1.0, 0.0, 0.0)},
    {1: "N", 2: (IFDRational(1, 0), 0.0, 0.0), 3: "E", 4: (1.0, 0.0, 0.0)}, {1: "N", 2: 5.0, 3: "E", 4: 6.0},
])
def test_a_place_that_cannot_be_true_is_none(gps):
    photo = read_photo(encode(scene(), exif=exif(taken="0000:00:00 00:00:00", gps=gps)))
    assert (photo.lat, photo.lon, photo.accuracy_m, photo.taken_at) == (None, None, None, None)


def test_south_and_west_are_negative():
    photo = read_photo(encode(scene(), exif=exif(gps={**GPS, 1: "S", 3: "W"})))
    assert photo.lat < 0 and photo.lon < 0


@pytest.mark.parametrize(("orientation", "left"), [(1, "red"), (3, "blue")])
def test_it_stands_upright(orientation, left):
    stored = reopen(read_photo(encode(scene(), exif=exif(orientation=orientation))))
    assert stored.getpixel((10, 10))[0 if left == "red" else 2] > 200
    assert reopen(read_photo(encode(scene(), exif=exif(orientation=6)))).size == (480, 640)


def test_twenty_megapixels_become_the_bound():
    photo = read_photo(encode(scene((5600, 3700)), quality=50))
    assert (photo.width, photo.height) == (LONG_SIDE, 1691)


def test_a_small_one_stays_small():
    assert reopen(read_photo(encode(scene((40, 30))))).size == (40, 30)


def test_two_pictures_in_one_file_are_the_first():
    """Phones write such a JPEG (MPO) for depth; it is no film."""
    content = encode(scene(), "MPO", save_all=True, append_images=[scene((64, 48))])
    assert (read_photo(content).width, read_photo(content).height) == (640, 480)


def test_transparency_is_white_and_other_modes_are_read():
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert reopen(read_photo(encode(clear, "PNG"))).getpixel((5, 5)) == (255, 255, 255)
    for mode in ("CMYK", "L"):
        assert reopen(read_photo(encode(Image.new(mode, (20, 20))))).mode == "RGB"
    for mode in ("P", "1", "LA", "I;16"):
        assert reopen(read_photo(encode(Image.new(mode, (20, 20)), "PNG"))).mode == "RGB"


def test_a_colour_profile_is_applied_and_dropped():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert reopen(read_photo(encode(scene(), icc_profile=profile))).size == (640, 480)
    assert reopen(read_photo(encode(scene(), icc_profile=b"nonsense"))).size == (640, 480)


def png_of(width, height):
    """A PNG that claims a size and holds nothing."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("content", [png_of(9000, 9000), png_of(200_000, 10), png_of(60_000, 60_000)])
def test_bombs_are_refused_before_decoding(content):
    with pytest.raises(Invalid):
        read_photo(content)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_films_are_refused(kind):
    film = encode(scene(), kind, save_all=True, append_images=[Image.new("RGB", (640, 480))], duration=100)
    with pytest.raises(Invalid, match=r"still|tĩnh"):
        read_photo(film)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_truncated_files_are_refused(kind):
    noise = Image.effect_noise((400, 300), 90).convert("RGB")
    content = encode(noise, kind)
    with pytest.raises(Invalid):
        read_photo(content[:len(content) * 2 // 3])


@pytest.mark.parametrize("content", [
    b"", b"\xff\xd8\xff", b"%PDF-1.7\n%%EOF", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + b"\0" * 50,
    b"\0" * 1000, b"MZ" + b"\0" * 100, b"II*\0" + b"\xff" * 100, encode(scene(), "GIF"), encode(scene(), "BMP"),
])
def test_what_is_no_photo_is_refused(content):
    with pytest.raises(Invalid):
        read_photo(content)


def test_a_thumbnail_is_small():
    photo = read_photo(encode(scene((1600, 1200))))
    small = Image.open(io.BytesIO(thumbnail(photo.content)))
    assert small.size == (THUMB, 360) and small.format == "JPEG"


def test_the_same_photo_gives_the_same_bytes():
    content = encode(scene(), exif=exif())
    assert read_photo(content).content == read_photo(content).content
