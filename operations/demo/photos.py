"""Drawn stand-ins for photographs, plainly marked "MINH HOẠ"."""

import io
from functools import cache
from pathlib import Path

import fontpkg_be_vietnam_pro
from PIL import Image, ImageDraw, ImageFont

SIZE = (1280, 960)
INK, WASH, LINE, GREEN = "#4a5750", "#e9eeea", "#6b7970", "#0b6b3c"
SCENES = ("Mặt tiền", "Quầy thu ngân", "Quầy rau quả", "Khay thực phẩm", "Túi và thước đo", "Thùng phân loại",
          "Kệ hàng xanh", "Hồ sơ, chứng từ", "Bảng thông tin", "Kho bao bì")


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Be Vietnam Pro, which the documents use too."""
    files = sorted((Path(fontpkg_be_vietnam_pro.ROOT) / "files").rglob("*SemiBold.ttf"))
    return ImageFont.truetype(str(files[0]), size)


@cache
def draw(scene: int) -> bytes:
    """A JPEG of one of SCENES."""
    image = Image.new("RGB", SIZE, WASH)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 780, *SIZE), fill="#cfd7d1")
    pen.rectangle((140, 200, 1140, 780), fill="#ffffff", outline=LINE, width=6)
    pen.rectangle((140, 200, 1140, 320), fill=INK)
    pen.text((640, 260), "MINH HOẠ", font=font(72), fill="#ffffff", anchor="mm")
    for step in range(5):
        left = 200 + step * 184
        tall = 90 + (scene * 37 + step * 53) % 210
        pen.rectangle((left, 740 - tall, left + 128, 740), fill="#dfe6e1", outline=LINE, width=4)
        pen.line((left + 20, 760 - tall, left + 108, 760 - tall), fill=GREEN, width=8)
    pen.text((640, 870), SCENES[scene], font=font(56), fill=INK, anchor="mm")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()
