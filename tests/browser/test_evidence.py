"""Evidence under a thumb: the camera in the page, photos made smaller, where they were taken, signatures that turn."""

import base64
import contextlib
import io

import pytest
from PIL import Image
from playwright.sync_api import Error, Page, expect

from foundation.images import LONG_SIDE
from tests.browser.hands import opened, sign
from tests.fixtures.live import FLAGS
from tests.pictures import lying_photo, qr_picture

HERE = {"latitude": 21.3221, "longitude": 105.402, "accuracy": 12.4}
CAMERA = "#camera"
KEPT = "[data-state=kept], [data-state=sent]"


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "permissions": ["camera", "geolocation"], "geolocation": HERE}


def open_form(context, address) -> Page:
    """The form in a new page."""
    page = context.new_page()
    page.set_default_timeout(8000)
    expect.set_options(timeout=8000)
    page.goto(address)
    opened(page)
    return page


def shoot(page: Page, times: int):
    """Photos one after the other in the open camera, with either thumb."""
    for k in range(times):
        page.locator(f"{CAMERA} .shutter").nth(k % 2).tap(force=True)
        expect(page.locator(f"{CAMERA} [data-count]")).to_have_text(str(k + 1))


def open_camera(page: Page, owner: str):
    page.locator(f"#{owner} .tile.add label.btn").first.tap()
    expect(page.locator(f"{CAMERA}[open]")).to_be_visible()


def kill(page: Page):
    """What Android does to a page behind another app."""
    with page.expect_event("crash"), contextlib.suppress(Error):
        page.goto("chrome://crash")
    page.close()


def test_photos_outlive_a_page_killed_with_the_camera_open(context, survey, read_survey):
    page = open_form(context, survey[1])
    open_camera(page, "A1")
    expect(page.locator(f"{CAMERA} [data-accuracy]")).to_have_text("12")
    shoot(page, 3)
    kill(page)
    again = open_form(context, survey[1])
    pictures = again.locator("#A1 [data-tile] img")
    expect(again.locator("#A1 [data-tile]").locator(KEPT)).to_have_count(3)
    for picture in pictures.all():
        expect(picture).to_have_js_property("naturalWidth", 480)
    expect(again.locator("#A1 [data-tile] [data-state=sent]")).to_have_count(3)
    rows = read_survey(survey[0], lambda it: [(str(one.lat), str(one.accuracy_m), one.media_type, one.place_reason)
                                              for one in it.evidence])
    assert rows == [("21.3221", "12.4", "image/jpeg", "")] * 3


PREPARE = """async (given) => {
    const { Photos } = await import("/static/js/survey/photo.js")
    const { readExif } = await import("/static/js/survey/exif.js")
    const { bounds } = JSON.parse(document.getElementById("rules").textContent)
    const photos = new Photos({ bounds, worker: document.getElementById("camera").dataset.worker })
    const bytes = Uint8Array.from(atob(given), (letter) => letter.charCodeAt(0))
    const file = new File([bytes], "anh.jpg", { type: "image/jpeg" })
    const made = new Uint8Array(await (await photos.prepare(file, "photo")).arrayBuffer())
    return [btoa(Array.from(made, (byte) => String.fromCharCode(byte)).join("")), await readExif(file)]
}"""


def test_twenty_megapixels_become_upright_small_and_bare(context, survey):
    page = open_form(context, survey[1])
    large = lying_photo((5472, 3648), "2026:11:20 08:15:30", (21.25, 105.5))
    made, told = page.evaluate(PREPARE, base64.b64encode(large).decode())
    small = Image.open(io.BytesIO(base64.b64decode(made)))
    assert (small.format, small.size) == ("JPEG", (round(LONG_SIDE * 3648 / 5472), LONG_SIDE))
    assert not small.getexif() and "exif" not in small.info
    red, _green, blue = small.getpixel((800, 400))  # the upper half
    assert red > 200 and blue < 50
    assert told == {"taken_at": "2026-11-20T01:15:30.000Z", "lat": "21.25", "lon": "105.5", "accuracy": None}


def test_what_is_no_evidence_is_refused_when_it_is_chosen(context, survey, read_survey):
    page = open_form(context, survey[1])
    page.locator("#A1 .pickfile input").set_input_files([
        {"name": "ghi.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"},
        {"name": "cut.jpg", "mimeType": "image/jpeg", "buffer": lying_photo((64, 48), "")[:300]},
        {"name": "giay.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 %%EOF"}])
    expect(page.locator("#A1 [data-state=refused]")).to_have_count(2)
    assert page.locator("#A1 [data-why]").all_inner_texts()[:2] == [
        "Tệp này không phải ảnh, cũng không phải PDF.", "Ảnh này bị hỏng. Hãy chụp lại."]
    expect(page.locator("#A1 [data-tile] [data-state=sent]")).to_have_count(1)
    assert read_survey(survey[0], lambda it: [piece.media_type for piece in it.evidence]) == ["application/pdf"]


def test_without_a_camera_the_file_input_opens_at_once_with_words(context, survey):
    context.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError') }")
    page = open_form(context, survey[1])
    with page.expect_file_chooser() as chooser:
        page.locator("#A1 .tile.add label.btn").first.tap()
    assert chooser.value.is_multiple()
    expect(page.locator("[data-excuse]")).to_contain_text("chưa được phép dùng máy ảnh")
    expect(page.locator(CAMERA)).to_be_hidden()
    chooser.value.set_files({"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": lying_photo((640, 480), "")})
    expect(page.locator("#A1 [data-tile]").locator(KEPT)).to_have_count(1)


def film(path, text: str) -> str:
    """A film of one QR code, for a camera to see."""
    frame = Image.new("L", (640, 480), 200)
    frame.paste(qr_picture(text), (110, 30))
    raw = b"FRAME\n" + frame.tobytes() + bytes([128]) * (320 * 240 * 2)
    path.write_bytes(b"YUV4MPEG2 W640 H480 F5:1 Ip A1:1 C420\n" + raw * 2)
    return str(path)


def test_in_a_basement_the_reason_is_asked_once_and_the_stores_code_scanned(
        launch_browser, browser_context_args, new_survey, live_server, read_survey, tmp_path):
    survey_id, user_id = new_survey()
    number = read_survey(survey_id, lambda it: it.establishment.number)
    seen = f"--use-file-for-fake-video-capture={film(tmp_path / 'qr.y4m', number)}"
    browser = launch_browser(args=[*FLAGS, seen])
    below = browser.new_context(**browser_context_args | {"permissions": ["camera"], "geolocation": None})
    live_server.sign_in(below, user_id)
    page = open_form(below, f"{live_server.url}/surveys/{survey_id}/edit")
    open_camera(page, "A1")
    page.locator("[data-reason=basement]").tap()
    shoot(page, 1)
    page.locator(f"{CAMERA} [data-place]").tap()
    page.locator(f"{CAMERA} [data-scan]").tap()
    expect(page.locator(f"{CAMERA} [data-code-read]")).to_have_text(number)
    page.keyboard.press("Escape")
    expect(page.locator(CAMERA)).to_be_hidden()
    open_camera(page, "A2")
    expect(page.locator(f"{CAMERA} [data-place]")).to_have_attribute("data-state", "told")
    expect(page.locator("[data-ask]")).to_be_hidden()
    shoot(page, 1)
    page.locator(f"{CAMERA} [data-close]").tap()
    expect(page.locator("[data-tile] [data-state=sent]")).to_have_count(2)
    assert read_survey(survey_id, lambda it: {(one.lat, one.place_reason, one.store_code) for one in it.evidence}) == {
        (None, "basement", number)}
    browser.close()


FRAMES = "new Promise((done) => { requestAnimationFrame(() => { requestAnimationFrame(done) }) })"  # drawn anew
INK = """canvas => { const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
    return data.filter((value, k) => k % 4 === 3 && value > 100).length }"""


def test_signatures_turn_with_the_tablet_and_a_store_may_refuse(context, survey, read_survey):
    page = open_form(context, survey[1])
    page.goto(f"{survey[1]}#finish")
    canvas = page.locator("[data-sign=store] canvas")
    sign(page, "store")
    for width, height in ((1180, 820), (820, 1180)):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(FRAMES)
        assert canvas.evaluate(INK) > 300
    page.locator("[data-sign=store] [data-clear]").tap()
    page.locator("[data-refuse] summary").tap()
    page.fill("[name='signatures.store.refused']", "Người đại diện vắng mặt")
    expect(page.locator("[data-sign=store] [data-refused]")).to_be_visible()
    expect(canvas).to_be_hidden()
    page.reload()
    expect(page.locator("[name='signatures.store.refused']")).to_have_value("Người đại diện vắng mặt")
    expect(page.locator("[data-gaps-list]")).not_to_contain_text("Đại diện cơ sở")
