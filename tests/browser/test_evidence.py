"""Evidence under a thumb: the camera in the page, photos made smaller, where they were taken, signatures that turn."""

import base64
import contextlib
import io

import pytest
from PIL import Image
from playwright.sync_api import Error, Page, expect

from foundation.images import LONG_SIDE
from tests.browser.conftest import FAKE_CAMERA
from tests.pictures import lying_photo, qr_picture

HERE = {"latitude": 21.3221, "longitude": 105.402, "accuracy": 12.4}
CAMERA = "#camera"
KEPT = "[data-state=kept], [data-state=sent]"


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "permissions": ["camera", "geolocation"], "geolocation": HERE}


@pytest.fixture
def survey(new_survey, live_server):
    """An open survey: (id, address of the form, a function that signs its team in to a context)."""
    survey_id, user_id = new_survey()
    return survey_id, f"{live_server.url}/surveys/{survey_id}/edit", lambda context: live_server.sign_in(context, user_id)


def open_form(context, survey) -> Page:
    """The form in a new page."""
    survey[2](context)
    page = context.new_page()
    page.set_default_timeout(8000)
    expect.set_options(timeout=8000)
    page.goto(survey[1])
    expect(page.locator("body[data-open=yes]")).to_be_attached()
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
    page = open_form(context, survey)
    open_camera(page, "A1")
    expect(page.locator(f"{CAMERA} [data-accuracy]")).to_have_text("12")
    shoot(page, 3)
    kill(page)
    again = open_form(context, survey)
    pictures = again.locator("#A1 [data-tile] img")
    expect(again.locator("#A1 [data-tile]").locator(KEPT)).to_have_count(3)
    for picture in pictures.all():
        expect(picture).to_have_js_property("naturalWidth", 480)
    expect(again.locator("#A1 [data-tile] [data-state=sent]")).to_have_count(3)
    rows = read_survey(survey[0], lambda it: [(str(piece.lat), str(piece.accuracy_m), piece.media_type, piece.place_reason)
                                              for piece in it.evidence])
    assert rows == [("21.322100", "12.4", "image/jpeg", "")] * 3
