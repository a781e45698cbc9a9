"""The tablet on a slow processor: Chromium slowed down four times, asked without a network; what the first load weighs.

Times are taken in the browser: from the start of a navigation to the first question that can be answered (the page's
mark "open"), and from a tap until the answer stands on the disk (its measure "kept").
"""

import contextlib
import statistics
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from accounts.models import RoleGrant, User
from accounts.permissions import Role
from app import create_app
from bench.fixtures import add_establishment, add_people, build
from foundation import clock
from foundation.db import db
from operations import chromium
from surveys.actions import load_default_criteria, plan_visit
from surveys.rules.words import Nature

SLOWER = 4
TAPS, OPENINGS, PHOTOS = 100, 5, 8
BETWEEN = 300  # ms between two taps: a quick thumb
OPEN = "body[data-open=yes]"
FAKE_CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
PREPARED = """async (path) => {
    const { ask } = await import("/static/js/common/line.js")
    while (!(await ask("prove", { path })).ok) await new Promise((resolve) => { setTimeout(resolve, 100) })
}"""
WATCH = """() => {
    window.longest = 0
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => {
        window.longest = Math.max(window.longest, duration)
    })).observe({ entryTypes: ["longtask"] })
}"""


def run() -> Iterator[tuple[str, float, str, bool]]:
    """Weight, opening, tapping, photographing."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (url, app, path), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox", *FAKE_CAMERA])
        weight = weigh(enter(browser, url, app), path)
        yield "first load of the survey page, KB over the wire", weight / 1000, "at most 150", weight <= 150_000
        page = prepared(enter(browser, url, app), path)
        opened = statistics.median(open_once(page, path) for _ in range(OPENINGS))
        yield "offline open to the first usable question, s", opened / 1000, "under 1.5, CPU / 4", opened < 1500
        kept = tap_often(page)
        yield "tap to stored, 95th percentile, ms", kept, "under 50, CPU / 4", kept < 50
        longest = photograph(page)
        yield "longest task while photographing, ms", longest, "at most 200, CPU / 4", longest <= 200
        browser.close()


class Quiet(WSGIRequestHandler):
    """Says nothing of its requests."""

    def log(self, *_args) -> None:
        """Nothing."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[tuple[str, Flask, str]]:
    """The application with one visit of today: its address, itself, the path of the visit's form."""
    app = create_app(TESTING=True, SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'bench.sqlite'}",
                     STORAGE=str(folder / "files"), LIMITED=False, SECRET_KEY="only for the benchmark")
    with app.app_context():
        build()
        [lead] = add_people("Trưởng đoàn Đo Thử")
        lead.grants = [RoleGrant(role=Role.LEAD, granted_at=clock.now())]
        criteria = load_default_criteria(by=None, at=clock.now())
        visit = plan_visit(establishment=add_establishment(), nature=Nature.PLANNED, planned_on=clock.today(),
                           team=[lead], lead=lead, criteria_set=criteria, by=lead, at=clock.now())
        db.session.commit()
        path = f"/visits/{visit.id}/form"
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", app, path
    server.shutdown()
    thread.join()


def enter(browser: Browser, url: str, app: Flask) -> BrowserContext:
    """A tablet on which the lead is signed in."""
    context = browser.new_context(viewport={"width": 820, "height": 1180}, has_touch=True, locale="vi-VN", base_url=url,
                                  permissions=["camera", "geolocation"])
    with app.app_context():
        lead = db.session.scalars(db.select(User)).one()
        session = {"_user_id": lead.get_id(), "_fresh": True}
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    context.add_cookies([{"name": "session", "value": serializer.dumps(session), "url": url}])
    return context


def weigh(context: BrowserContext, path: str) -> int:
    """Bytes of the page with its scripts, style sheet and fonts, headers included, into an empty browser."""
    page = context.new_page()
    line, kinds, sizes = context.new_cdp_session(page), {}, {}
    line.send("Network.enable")
    line.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))
    line.on("Network.loadingFinished", lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}))
    page.goto(path)
    page.wait_for_selector(OPEN)
    page.evaluate("document.fonts.ready")
    context.close()
    return int(sum(size for name, size in sizes.items()
                   if kinds.get(name) in {"Document", "Script", "Stylesheet", "Font", "Image"}))


def prepared(context: BrowserContext, path: str) -> Page:
    """A slow tablet that has the form and no network."""
    page = context.new_page()
    page.goto(path)
    page.wait_for_selector(OPEN)
    page.evaluate(PREPARED, path)
    context.set_offline(True)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def open_once(page: Page, path: str) -> float:
    """Milliseconds until the first question can be answered."""
    page.goto(path)
    page.wait_for_selector(OPEN)
    return page.evaluate("performance.getEntriesByName('open')[0].startTime")


def tap_often(page: Page) -> float:
    """95th percentile of the milliseconds from a tap to the disk."""
    labels = page.locator("#A .pick label").all()
    for number in range(TAPS):
        labels[number % 2 + 2 * (number // 2 % 3)].tap()
        page.wait_for_function("(count) => performance.getEntriesByName('kept').length > count", arg=number)
        page.wait_for_timeout(BETWEEN)
    times = page.evaluate("performance.getEntriesByName('kept').map(({ duration }) => duration)")
    return sorted(times)[int(len(times) * 0.95)]


def photograph(page: Page) -> float:
    """The longest task in milliseconds while the camera in the page takes photos."""
    page.evaluate(WATCH)
    page.locator("#A1 input[capture]").first.dispatch_event("click")
    page.wait_for_selector("#camera[open]")
    for number in range(PHOTOS):
        page.locator("#camera [data-shutter]").first.click()
        page.wait_for_function("(count) => document.querySelectorAll('#A1 .tile[data-id]').length > count", arg=number)
    page.wait_for_timeout(500)
    return page.evaluate("window.longest")
