"""The survey form under a thumb: filled in whole, with wrong entries, on every screen, and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from foundation.config import ROOT
from foundation.release import app_version
from surveys.queries import document_of
from tests.browser.hands import PHOTO, hand_in, opened, saved, tap

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def attach(page: Page, owner: str):
    """A photo for every kind of evidence the owner asks for."""
    for camera in page.locator(f"[data-owner='{owner}'] input[capture]").all():
        camera.set_input_files(PHOTO)
    expect(page.locator(f"[data-owner='{owner}'] [data-state=sent]")).to_have_count(
        page.locator(f"[data-owner='{owner}'] .add").count())


def answer_all(page: Page):
    """Every question of the open part in the way that claims least, so that no evidence is needed."""
    questions = page.locator(".part:visible [data-criterion]")
    for code, kind in questions.evaluate_all("all => all.map(({ dataset }) => [dataset.criterion, dataset.type])"):
        if kind == "bool":
            tap(page, f"answers.{code}.yes", "false")
        elif kind == "scale4":
            tap(page, f"answers.{code}.step", "0")
        elif kind == "percent":
            page.fill(f"[name='answers.{code}.numerator']", "0")
            page.fill(f"[name='answers.{code}.denominator']", "1.200")
        elif kind == "count":
            for step in ("1", "-1"):
                page.locator(f"[data-criterion='{code}'] [data-step='{step}']").tap()


def fill_in_the_sheet(form):
    """Bought, proven, photographed."""
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


def measure_a_bag(form):
    """One, and it is banned."""
    form.locator("[data-add-bag]").tap()
    for name, typed in (("width_cm", "30"), ("height_cm", "45,5")):
        form.fill(f"[name='bags.0.{name}']", typed)
    for k in range(5):
        form.fill(f"[name='bags.0.readings_um.{k}']", str(38 + k))
    tap(form, "bags.0.hard_to_degrade", "true")
    tap(form, "bags.0.prepack", "false")
    expect(form.locator(".sample [data-when=banned]")).to_be_visible()


def count_customers(form):
    """A hundred; one too many is not taken."""
    form.fill("[name='tally.plastic']", "96")
    for key in ("eco", "own", "own", "none", "none"):
        form.locator(f"[data-tap={key}] > [data-step]").tap()
    expect(form.locator("[data-counted]")).to_have_text("100")
    saved(form)


def check_what_stands_again(form):
    """Everything is there after a reload in the middle."""
    opened(form)
    expect(form.locator("[data-restored]")).to_be_hidden()  # the server had it all: nothing had to be brought back
    expect(form.locator("[data-counted]")).to_have_text("100")
    expect(form.locator("[name='lines.P11.E1.proof_number']")).to_have_value("NSTVN-VD-0098")
    expect(form.locator("[name='answers.B1.yes'][value=false]")).to_be_checked()


def give_a_reason_and_a_claim(form, address):
    """Not applicable, with the reason in one tap; a claim, with its evidence."""
    form.goto(f"{address}#B2")
    tap(form, "answers.B2.yes", "na")
    form.locator("#B2 [data-fill]").tap()
    form.goto(f"{address}#A1")
    tap(form, "answers.A1.yes", "true")
    expect(form.locator("#A1 .lack")).to_be_visible()
    attach(form, "A1")
    expect(form.locator("#A1 .lack")).to_be_hidden()
    form.fill("#A1 [data-caption]", "Giấy đăng ký")
    form.locator("[data-to-missing]").tap()


def test_a_whole_survey_by_touch(form, survey, read_survey):
    for _group in "ABCDEFG":
        answer_all(form)
        form.locator("[data-next]").tap()
    saved(form)
    fill_in_the_sheet(form)
    form.locator("[data-next]").tap()
    measure_a_bag(form)
    form.locator("[data-next]").tap()
    count_customers(form)
    form.reload()
    check_what_stands_again(form)
    give_a_reason_and_a_claim(form, survey[1])
    expect(form.locator("[data-gaps-list] li")).to_have_count(2)
    hand_in(form)
    form.wait_for_url("**/receipt", timeout=15000)
    said = read_survey(survey[0], lambda it: {
        "submitted": it.submitted_at is not None, "strokes": [len(signed.strokes) for signed in it.signatures],
        "captions": [piece.caption for piece in it.evidence if piece.caption], "app": it.app_version,
        "same": it.device_score["total"] == it.score["total"], **document_of(it)["answers"]})
    assert said["submitted"] and said["strokes"] == [1, 1] and said["captions"] == ["Giấy đăng ký"]
    assert said["same"] and said["app"] == app_version()
    assert said["B2"]["na"] and said["A1"]["yes"] and said["D2"] == {"numerator": "0", "denominator": "1200"}


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


def test_handed_in_it_has_the_whole_page(form):
    """The strip is gone then, and its column with it."""
    form.set_viewport_size({"width": 1366, "height": 850})
    width = form.evaluate("""() => {
        document.body.dataset.mode = "sending"
        const box = document.getElementById("sending")
        box.hidden = false
        return box.getBoundingClientRect().width
    }""")  # in one go: what the page hears from its tablet may turn it back
    assert width > 600


def test_what_a_tag_says_stays_on_one_line(form, live_server):
    """In the list of surveys on a tablet held upright, however long the name beside it."""
    form.goto(f"{live_server.url}/surveys")
    tag = form.locator("td .tag").first
    one_line = tag.bounding_box()["height"]
    tag.evaluate("tag => { tag.lastChild.textContent = 'Đang nhận: 12 trên 38 tệp' }")
    form.locator("th a").first.evaluate("link => { link.textContent = link.textContent.repeat(3) }")
    assert tag.bounding_box()["height"] == one_line
    assert form.evaluate("document.documentElement.scrollWidth <= innerWidth")


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
