"""The survey form under a thumb: filled in whole, without a network for a while, and without JavaScript."""

import json
import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from accounts.models import Device
from foundation import clock
from foundation.config import ROOT
from foundation.db import db
from foundation.forms import parse_day, parse_number
from foundation.release import app_version
from surveys.forms.document import document_from_form, typed_from_document
from surveys.queries import document_of
from tests.surveys.conftest import picture

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PHOTO = {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": picture((320, 240))}


@pytest.fixture
def survey(new_survey, live_server, context):
    """An open survey; its team is signed in: (id, address of the form)."""
    survey_id, user_id = new_survey()
    live_server.sign_in(context, user_id)
    return survey_id, f"{live_server.url}/surveys/{survey_id}/edit"


@pytest.fixture
def form(page: Page, survey, browser_context_args):
    """The open form."""
    page.set_default_timeout(10000)
    expect.set_options(timeout=10000)
    page.goto(survey[1])
    if browser_context_args.get("java_script_enabled", True):
        opened(page)
    return page


def opened(page: Page):
    """Wait until the tablet under the page is open."""
    expect(page.locator("body[data-open=yes]")).to_be_visible()


PROVED = """async (path) => {
    const { ask } = await import("/static/js/common/line.js")
    while (!(await ask("prove", { path })).ok) await new Promise((resolve) => { setTimeout(resolve, 50) })
}"""  # until a page opens without a network


def tap(page: Page, name: str, value: str):
    page.locator(f"label:has([name='{name}'][value='{value}'])").tap()


def saved(page: Page):
    """Wait until the server has everything too."""
    expect(page.locator("#kept-state[data-now=server]")).to_be_visible(timeout=10000)


def kept(page: Page):
    """Wait until everything stands on the tablet."""
    expect(page.locator("#kept-state:is([data-now=tablet],[data-now=server])")).to_be_visible()


def attach(page: Page, owner: str):
    """A photo for every kind of evidence the owner asks for."""
    for camera in page.locator(f"[data-owner='{owner}'] input[capture]").all():
        camera.set_input_files(PHOTO)
    expect(page.locator(f"[data-owner='{owner}'] [data-state=sent]")).to_have_count(
        page.locator(f"[data-owner='{owner}'] .add").count())


def answer_all(page: Page):
    """Every question of the open part in the way that claims least, so that no evidence is needed."""
    for question in page.locator(".part:visible [data-criterion]").all():
        code, kind = question.get_attribute("data-criterion"), question.get_attribute("data-type")
        if kind == "bool":
            tap(page, f"answers.{code}.yes", "false")
        elif kind == "scale4":
            tap(page, f"answers.{code}.step", "0")
        elif kind == "percent":
            page.fill(f"[name='answers.{code}.numerator']", "0")
            page.fill(f"[name='answers.{code}.denominator']", "1.200")
        elif kind == "count":
            question.locator("[data-step='1']").tap()
            question.locator("[data-step='-1']").tap()


def sign(page: Page, side: str):
    canvas = page.locator(f"[data-sign={side}] canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 80)
    page.mouse.down()
    for k in range(1, 9):
        page.mouse.move(box["x"] + 40 + 30 * k, box["y"] + 80 + (k % 2) * 30)
    page.mouse.up()
    expect(page.locator(f"[data-sign={side}] [data-signed]")).to_be_visible()


def test_a_whole_survey_by_touch(form, survey, read_survey):
    for _group in "ABCDEFG":
        answer_all(form)
        form.locator("[data-next]").tap()
    saved(form)

    # The packaging sheet.
    expect(form.locator("#packaging h2")).to_be_visible()
    form.locator("[data-period]").tap()
    form.fill("[name=receipts]", "18.400")
    tap(form, "count_method", "both")
    form.fill("[name=counted_by]", "Kế toán kho")
    for category, purchased in (("P01", "6.000"), ("P04", "2.000"), ("P11", "1.500")):
        form.locator(f"#{category} summary").tap()
        form.locator(f"[data-add][value='{category}.N']").tap()
        form.fill(f"[name='lines.{category}.N.purchased']", purchased)
    form.locator("[data-add][value='P11.E1']").tap()
    form.fill("[name='lines.P11.E1.opening']", "500")
    expect(form.locator("[data-line='P11.E1'] [data-used]")).to_have_text("500")
    expect(form.locator("[data-line='P11.E1'] [data-warning=no_proof]")).to_be_visible()
    form.fill("[name='lines.P11.E1.proof_number']", "NSTVN-VD-0098")
    form.fill("[name='lines.P11.E1.proof_holder']", "Công ty Bao bì Xanh")
    form.locator("[name='lines.P11.E1.proof_expires_on']").press_sequentially("15092029")
    expect(form.locator("[name='lines.P11.E1.proof_expires_on']")).to_have_value("15/09/2029")
    expect(form.locator("[data-line='P11.E1'] [data-warning=no_proof]")).to_be_hidden()
    attach(form, "B10")

    # A bag, and the customers.
    form.locator("[data-next]").tap()
    form.locator("[data-add-bag]").tap()
    for name, typed in (("width_cm", "30"), ("height_cm", "45,5")):
        form.fill(f"[name='bags.0.{name}']", typed)
    for k in range(5):
        form.fill(f"[name='bags.0.readings_um.{k}']", str(38 + k))
    tap(form, "bags.0.hard_to_degrade", "true")
    tap(form, "bags.0.prepack", "false")
    expect(form.locator(".sample [data-when=banned]")).to_be_visible()
    form.locator("[data-next]").tap()
    form.fill("[name='tally.plastic']", "96")
    for key in ("eco", "own", "own", "none", "none"):  # one too many is not taken
        form.locator(f"[data-tap={key}] > [data-step]").tap()
    expect(form.locator("[data-counted]")).to_have_text("100")
    saved(form)

    # Everything is there after a reload in the middle.
    form.reload()
    opened(form)
    expect(form.locator("[data-restored]")).to_be_hidden()  # the server had it all: nothing had to be brought back
    expect(form.locator("[data-counted]")).to_have_text("100")
    expect(form.locator("[name='lines.P11.E1.proof_number']")).to_have_value("NSTVN-VD-0098")
    expect(form.locator("[name='answers.B1.yes'][value=false]")).to_be_checked()

    # Not applicable, with the reason in one tap; a claim, with its evidence.
    form.goto(f"{survey[1]}#B2")
    tap(form, "answers.B2.yes", "na")
    form.locator("#B2 [data-fill]").tap()
    form.goto(f"{survey[1]}#A1")
    tap(form, "answers.A1.yes", "true")
    expect(form.locator("#A1 .lack")).to_be_visible()
    attach(form, "A1")
    expect(form.locator("#A1 .lack")).to_be_hidden()
    form.fill("#A1 [data-caption]", "Giấy đăng ký")
    form.locator("[data-to-missing]").tap()

    # The end.
    expect(form.locator("[data-gaps-list] li")).to_have_count(2)
    sign(form, "team")
    sign(form, "store")
    expect(form.locator("[data-none-missing]")).to_be_visible()
    form.locator("button.submit").tap()
    form.locator("#confirm [value=yes]").tap()
    form.wait_for_url("**/receipt", timeout=15000)
    said = read_survey(survey[0], lambda it: {
        "submitted": it.submitted_at is not None, "strokes": [len(signed.strokes) for signed in it.signatures],
        "captions": [piece.caption for piece in it.evidence if piece.caption], "app": it.app_version,
        "same": it.device_score["total"] == it.score["total"], **document_of(it)["answers"]})
    assert said["submitted"] and said["strokes"] == [1, 1] and said["captions"] == ["Giấy đăng ký"]
    assert said["same"] and said["app"] == app_version()
    assert said["B2"]["na"] and said["A1"]["yes"] and said["D2"] == {"numerator": "0", "denominator": "1200"}


def test_nothing_typed_is_lost_without_a_network(form, survey, context, live_server, read_survey):
    """Neither by reloading in the middle, nor by another page of the same survey."""
    form.goto(f"{survey[1]}#finish")
    form.evaluate(PROVED, survey[1].partition(live_server.url)[2])
    context.set_offline(True)
    form.fill("[name=remarks]", "Ghi khi mất mạng")
    kept(form)
    expect(form.locator("[data-line=off]")).to_be_visible()
    form.reload()
    opened(form)
    expect(form.locator("[name=remarks]")).to_have_value("Ghi khi mất mạng")
    expect(form.locator("[data-restored]")).to_be_visible()
    form.reload()
    opened(form)
    expect(form.locator("[data-restored]")).to_be_hidden()  # said once
    other = context.new_page()
    other.goto(f"{survey[1]}#finish")
    opened(other)
    other.fill("[name=store_remarks]", "Trang hai")
    kept(other)
    expect(form.locator("[name=store_remarks]")).to_have_value("Trang hai")
    context.set_offline(False)
    saved(form)
    assert read_survey(survey[0], lambda it: [document_of(it)[name] for name in ("remarks", "store_remarks")]) == [
        "Ghi khi mất mạng", "Trang hai"]


def test_a_revoked_tablet_loses_nothing(form, survey, context, live_server, read_survey):
    """An expired session does not matter: the tablet has a token of its own. When that is taken away, one signs in."""
    person = int(form.locator("#survey").get_attribute("data-person"))
    context.clear_cookies()
    tap(form, "answers.A1.yes", "false")
    saved(form)
    with live_server.app.app_context():
        for device in db.session.scalars(select(Device).where(Device.user_id == person)):
            device.revoked_at = clock.now()
        db.session.commit()
    tap(form, "answers.A2.yes", "false")
    expect(form.locator("[data-alarm=revoked], [data-alarm=signed-out]").locator("visible=true")).to_be_visible()
    expect(form.locator("[name='answers.A2.yes'][value=false]")).to_be_checked()
    live_server.sign_in(context, person)
    form.locator("[data-alarm] [data-retry]").locator("visible=true").tap()
    saved(form)
    assert read_survey(survey[0], lambda it: document_of(it)["answers"]["A2"]) == {"yes": False}


def test_two_tablets_of_one_person(form, survey, browser, browser_context_args, live_server, read_survey):
    """Somebody chooses; nothing is replaced by itself."""
    form.goto(f"{survey[1]}#finish")
    second = browser.new_context(**browser_context_args)
    live_server.sign_in(second, int(form.locator("#survey").get_attribute("data-person")))
    other = second.new_page()
    other.goto(f"{survey[1]}#finish")
    opened(other)
    other.fill("[name=store_remarks]", "Máy hai")
    saved(other)
    form.fill("[name=remarks]", "Máy một")
    expect(form.locator("[data-alarm=differs]")).to_be_visible()
    form.locator("[data-mine]").tap()
    saved(form)
    assert read_survey(survey[0], lambda it: document_of(it)["remarks"]) == "Máy một"
    other.fill("[name=store_remarks]", "Máy hai nữa")
    other.locator("[data-theirs]").tap()
    expect(other.locator("[name=remarks]")).to_have_value("Máy một")
    expect(other.locator("[name=store_remarks]")).to_have_value("")
    second.close()


def test_a_bad_entry_is_named_and_kept(form, survey, read_survey):
    form.fill("[name='answers.A6.denominator']", "năm mươi")
    form.fill("[name='answers.A6.numerator']", "41")
    expect(form.locator("[id='answers.A6.denominator-error']")).to_have_text(re.compile("“năm mươi” không phải là số"))
    form.reload()
    opened(form)
    expect(form.locator("[name='answers.A6.denominator']")).to_have_value("năm mươi")
    form.fill("[name='answers.A6.denominator']", "50")
    expect(form.locator("#A6 [data-share]")).to_have_text("= 82,00 %")
    expect(form.locator("[id='answers.A6.denominator-error']")).to_have_count(0)
    expect(form.locator("#A6 [data-points]")).to_have_text("3,64")
    saved(form)
    assert read_survey(survey[0], lambda it: document_of(it)["answers"]["A6"]) == {
        "numerator": "41", "denominator": "50"}


def test_both_readers_of_the_form_agree(form):
    """The page's script and `document_from_form` make the same document of the same inputs."""
    form.goto(f"{form.url}#packaging")
    typed = {"answers.A6.numerator": "1.250,5", "answers.A6.denominator": "x", "answers.C1.denominator": "0012",
             "period_from": "1.7.2026", "period_to": "31/02/2026", "receipts": "18.400", "floor_area_m2": "2,5",
             "tally.own": "7", "remarks": "  Dòng một ", "answers.A4.note": "Ghi"}
    form.locator("[data-add][value='P01.E1']").evaluate("button => button.click()")
    form.locator("[data-add-bag]").evaluate("button => button.click()")
    typed |= {"lines.P01.E1.opening": "12", "lines.P01.E1.proof_expires_on": "2027-01-31",
              "bags.0.readings_um.3": "40,5", "bags.0.label": "Quầy 3"}
    entries, read = form.evaluate("""async (typed) => {
        const form = document.getElementById("survey")
        for (const [name, text] of Object.entries(typed)) form.elements[name].value = text
        for (const input of form.querySelectorAll("[name='answers.B2.yes'][value=na], [name='answers.D2.na']"))
            input.checked = true
        const { entries, read } = await import("/static/js/survey/document.js")
        return [entries(form), read(form)]
    }""", typed)
    ours = document_from_form(entries)
    del ours["revision"]
    ours["answers"] = {code: said for code, said in ours["answers"].items() if said}
    assert json.dumps(read, sort_keys=True) == json.dumps(ours, sort_keys=True)


    numbers = ["1.250,5", "1250.5", "1.125", "12.5", "1,5", "1.5,5", ",5", "5,", "-3", "1 000", "0.125", "01.250", "٣",
               "1e3", "", "1.2.3", "1.234.567,89", "999.999", "abc"]
    days = ["31/12/2026", "1-2-2026", "2026-02-28", "29/02/2026", "31.04.2026", "1/1/26", "0/1/2026", "1/13/2026", "x"]
    texts = form.evaluate("""async (document) => {
        const { textsOf } = await import("/static/js/survey/texts.js")
        return textsOf(document)
    }""", read := {**read, "answers": {"A6": {"numerator": "1250.5", "denominator": "60"}, "B2": {"na": True}},
                   "receipts": 18400, "period_to": "2026-09-30", "floor_area_m2": 2400})
    shown = {name: text for name, text in typed_from_document(read).items() if name != "revision"}
    assert {name: text for name, text in texts.items() if text} == {
        name: text for name, text in shown.items()
        if text not in ("", "[]") and not name.endswith((".category", ".class"))}

    theirs = form.evaluate("""async ([numbers, days]) => {
        const { parse, parseDay } = await import("/static/js/survey/numbers.js")
        return [numbers.map(parse), days.map(parseDay)]
    }""", [numbers, days])
    assert theirs == [[None if (n := parse_number(text)) is None else str(n) for text in numbers],
                      [None if (d := parse_day(text)) is None else d.isoformat() for text in days]]


def test_every_part_fits_and_can_be_used_by_all(form):
    """No part scrolls sideways on a phone or a turned tablet; axe finds nothing on any."""
    for width, height in ((390, 844), (1180, 820)):
        form.set_viewport_size({"width": width, "height": height})
        for link in form.locator(".groups a").all():
            link.tap()
            assert form.evaluate("document.documentElement.scrollWidth <= innerWidth"), link.get_attribute("href")
    form.locator("#bags [data-add-bag]").evaluate("button => button.click()")
    form.locator("[data-add][value='P01.E1']").evaluate("button => button.click()")
    form.evaluate(AXE.read_text())
    form.evaluate("document.querySelectorAll('.part').forEach((part) => { part.style.display = 'block' })")
    found = form.evaluate("async () => (await axe.run()).violations.map(({ id, nodes }) => [id, nodes[0].html])")
    assert found == []


class TestWithoutJavaScript:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        return {**browser_context_args, "java_script_enabled": False}

    def test_everything_is_on_the_page_and_saves(self, form, survey, read_survey):
        for part in ("A", "packaging", "tally", "finish"):
            expect(form.locator(f"#{part} h2")).to_be_visible()
        expect(form.locator("[data-next]")).to_be_hidden()
        tap(form, "answers.A1.yes", "true")
        form.fill("[name='answers.A6.numerator']", "bốn")
        form.locator("#A1 input[capture]").set_input_files(PHOTO)
        form.locator(".foot button[value=save]").tap()
        expect(form.locator("#errors")).to_contain_text("“bốn” không phải là số")
        expect(form.locator("[name='answers.A6.numerator']")).to_have_value("bốn")
        expect(form.locator("#A1 img")).to_have_count(1)
        form.fill("[name='answers.A6.numerator']", "4")
        form.locator(".foot button[value=save]").tap()
        expect(form.locator(".flash")).to_contain_text("Đã lưu")
        assert read_survey(survey[0], lambda it: document_of(it)["answers"]) == {
            "A1": {"yes": True}, "A6": {"numerator": "4"}}


def test_signing_out_closes_what_is_stored(form, survey, context, live_server):
    """By the service worker: what is open elsewhere closes too, and opens again where its owner has signed in."""
    person = int(form.locator("#survey").get_attribute("data-person"))
    form.goto(f"{survey[1]}#finish")
    opened(form)
    form.fill("[name=remarks]", "trước khi đăng xuất")
    saved(form)
    form.evaluate("navigator.serviceWorker.ready")
    other = context.new_page()
    other.goto(f"{live_server.url}/visits")
    other.wait_for_function("navigator.serviceWorker.controller !== null")
    other.locator("form[action$=sign-out] button").first.evaluate("button => button.click()")
    other.wait_for_url("**/sign-in**")
    expect(form.locator("#pin[open]")).to_be_visible()
    expect(form.locator("#finish")).not_to_be_visible()
    live_server.sign_in(context, person)
    other.goto(f"{live_server.url}/visits")
    expect(form.locator("#pin[open]")).not_to_be_visible()
    expect(form.locator("body[data-open=yes]")).to_be_attached()
    expect(form.locator("[name=remarks]")).to_have_value("trước khi đăng xuất")


def test_a_store_that_was_cleared_never_shows_an_old_page(form, survey, live_server):
    """The page was kept when the survey was begun; the draft is gone from here, the server has it."""
    form.goto(f"{survey[1]}#finish")
    opened(form)
    form.wait_for_function("path => caches.match(path).then(Boolean)", arg=f"/surveys/{survey[0]}/edit")
    form.fill("[name=remarks]", "máy chủ đã có")
    saved(form)
    form.wait_for_function(
        """async (path) => (await (await caches.match("/", { cacheName: "ppx-notes" })).text()).includes(path)""",
        arg=f"/surveys/{survey[0]}/edit")
    form.goto(f"{live_server.url}/offline")
    form.evaluate("() => new Promise((resolve) => { indexedDB.deleteDatabase('ppx').onsuccess = resolve })")
    form.goto(f"{survey[1]}#finish")
    expect(form.locator("[name=remarks]")).to_have_value("máy chủ đã có")
    opened(form)


@pytest.mark.parametrize("answer", [
    {"status": 500, "body": "{}"}, {"status": 200, "body": "<h1>Wi-Fi</h1>", "content_type": "text/html"}])
@pytest.mark.parametrize("path", ["/surveys/{}/edit", "/visits"])
def test_a_page_whose_scripts_do_not_come_says_so(page: Page, survey, live_server, path, answer):
    """On a first visit one module is answered by a portal or by a server in trouble: words, and a way to try again."""
    page.set_default_timeout(10000)
    page.route("**/static/js/common/in-use.js*", lambda route: route.fulfill(**answer))
    page.goto(live_server.url + path.format(survey[0]))
    words = page.locator(".unstarted")
    expect(words).to_be_hidden()
    page.evaluate("() => document.getAnimations().forEach((one) => one.finish())")  # six seconds later
    expect(words).to_be_visible()
    expect(words).to_contain_text("Trang chưa mở được")
    page.unroute("**/static/js/common/in-use.js*")
    words.get_by_role("link").tap()
    expect(page.locator("body[data-started=yes]")).to_be_attached()
    expect(words).to_be_hidden()


def test_a_part_that_is_fetched_later_and_does_not_come_is_said(form, survey):
    tap(form, "answers.A1.yes", "true")
    saved(form)
    form.evaluate("""() => new Promise((resolve) => { indexedDB.open("ppx").onsuccess = ({ target }) => {
        const handles = target.result.transaction("handles", "readwrite").objectStore("handles")
        handles.clear().onsuccess = () => { target.result.close(); resolve() } } })""")  # as after an hour unused
    form.route("**/account/devices/*/secret", lambda route: route.abort())
    form.route("**/static/js/common/pin.js*", lambda route: route.fulfill(status=500))
    form.context.route("**/static/js/common/pin.js*", lambda route: route.fulfill(status=500))
    form.evaluate("() => caches.delete('ppx-assets')")
    form.reload()
    expect(form.locator("body[data-started=no]")).to_be_attached(timeout=20000)
    expect(form.locator(".unstarted")).to_be_visible()


def test_handed_in_it_has_the_whole_page(form):
    """The strip is gone then, and its column with it."""
    form.set_viewport_size({"width": 1366, "height": 850})
    form.evaluate("document.body.dataset.mode = 'sending'; document.getElementById('sending').hidden = false")
    assert form.locator("#sending").bounding_box()["width"] > 600


def test_what_a_tag_says_stays_on_one_line(form, live_server):
    """In the list of surveys on a tablet held upright, however long the name beside it."""
    form.goto(f"{live_server.url}/surveys")
    tag = form.locator("td .tag").first
    one_line = tag.bounding_box()["height"]
    tag.evaluate("tag => { tag.lastChild.textContent = 'Đang nhận: 12 trên 38 tệp' }")
    form.locator("th a").first.evaluate("link => { link.textContent = link.textContent.repeat(3) }")
    assert tag.bounding_box()["height"] == one_line
    assert form.evaluate("document.documentElement.scrollWidth <= innerWidth")
