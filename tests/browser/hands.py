"""What a person does with a tablet: tap, photograph, sign, hand in; and what one waits for in between."""

from base64 import b64encode
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from playwright.sync_api import Page, expect

from foundation import clock
from foundation.db import db
from operations.demo.sheets import Wanted, make_document
from surveys.models import Visit
from surveys.queries import rules_of
from tests.pictures import picture

PHOTO = {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": picture((320, 240))}
ASKED = """async ([words, about]) => {
    const question = %s
    for (const end = Date.now() + 15000; Date.now() < end; await new Promise((done) => { setTimeout(done, 20) }))
        if (await question(about)) return
    throw new Error(`in vain: ${words}`)
}"""
PROVED = """async (path) => {
    const { ask } = await import("/static/js/common/line.js")
    return (await ask("prove", { path })).ok
}"""  # whether a page opens without a network
FILL = """async ([said, owners, photo]) => {
    const { Tablet } = await import("/static/js/tablet/tablet.js")
    const form = document.getElementById("survey")
    const given = JSON.parse(document.getElementById("given").textContent)
    const tablet = await Tablet.open({ person: Number(form.dataset.person), app: form.dataset.app, send: false })
    const draft = await tablet.draft(given)
    await draft.change({ ...given.document, ...said, observed_at: new Date().toISOString() })
    const bytes = Uint8Array.from(atob(photo), (char) => char.charCodeAt(0))
    for (const owner of owners) await draft.addFile(new Blob([bytes], { type: "image/jpeg" }), owner)
    await tablet.close()
}"""
FORGET = "() => new Promise((resolve) => { indexedDB.deleteDatabase('ppx').onsuccess = resolve })"  # all that is kept


def until(page: Page, question: str, about=None):
    """Wait until a question to the page is answered with yes (the CSP forbids Playwright to ask twice by itself)."""
    page.evaluate(ASKED % question, [question, about])


def opened(page: Page):
    """Wait until the tablet under the page is open."""
    page.locator("body[data-open=yes]").wait_for()


def saved(page: Page):
    """Wait until the server has everything too."""
    page.locator("#kept-state[data-now=server]").wait_for()


def kept(page: Page):
    """Wait until everything stands on the tablet."""
    page.locator("#kept-state:is([data-now=tablet],[data-now=server])").wait_for()


def tap(page: Page, name: str, value: str):
    page.locator(f"label:has([name='{name}'][value='{value}'])").tap()


def sign(page: Page, side: str):
    """A stroke with the finger."""
    page.locator(f"[data-sign={side}] canvas").scroll_into_view_if_needed()
    canvas = page.locator(f"[data-sign={side}] canvas[data-ready]")
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 80)
    page.mouse.down()
    for k in range(1, 9):
        page.mouse.move(box["x"] + 40 + 30 * k, box["y"] + 80 + (k % 2) * 30)
    page.mouse.up()
    expect(page.locator(f"[data-sign={side}] [data-signed]")).to_be_visible()


def hand_in(page: Page):
    """Both sign, nothing is missing, it is handed in."""
    sign(page, "team")
    sign(page, "store")
    expect(page.locator("[data-none-missing]")).to_be_visible()
    page.locator("button.submit").tap()
    page.locator("#confirm [value=yes]").tap()


def last_quarter() -> tuple[date, date]:
    """The three whole months before this one."""
    end = clock.today().replace(day=1) - timedelta(days=1)
    begin = end
    for _month in range(2):
        begin = begin.replace(day=1) - timedelta(days=1)
    return begin.replace(day=1), end


def fill_in(page: Page, live_server, visit_id: int, seed: str):
    """Everything but the signatures is put into the open form's tablet; afterwards the form's end is open."""
    begin, end = last_quarter()
    with live_server.app.app_context():
        visit = db.session.get(Visit, visit_id)
        document = make_document(Wanted(share=Decimal(82), period_from=begin, period_to=end, plastic_kg=300, level=2),
                                 visit.criteria_set, Random(seed))
        rules = rules_of(visit.criteria_set).asked(visit.establishment.kind)
        owners = [{"criterion": rule.code, "kind": kind.value} for rule in rules for kind in rule.evidence_kinds]
        owners += [{"category": line["category"], "kind": "photo"} for line in document["lines"]
                   if line["class"] == "E4"]
    page.evaluate(FILL, [document, owners, b64encode(PHOTO["buffer"]).decode()])
    page.goto(page.url.partition("#")[0] + "#finish")
    page.reload()
    opened(page)
