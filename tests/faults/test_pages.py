"""The page dies at random moments, with the camera open among them: what was told as kept is there again."""

from playwright.sync_api import expect

from tests.faults.conftest import ROUNDS

CAMERA = "#camera"

# Tap and type one thing after the other like a person in haste; `window.kept` counts what stands on the tablet.
PLAY = """([answers, from]) => {
    const form = document.getElementById("survey")
    window.kept = 0
    new PerformanceObserver((list) => { window.kept += list.getEntriesByName("kept").length })
        .observe({ type: "measure" })
    const give = ([name, value]) => {
        const inputs = [...form.querySelectorAll(`[name="${name}"]`)]
        if (inputs[0].type === "radio") return inputs.find((input) => input.value === value).click()
        inputs[0].value = value
        inputs[0].dispatchEvent(new Event("input", { bubbles: true }))
    }
    const frame = () => new Promise((resolve) => setTimeout(resolve, 8))
    window.given = from
    void (async () => { for (const one of answers.slice(from)) { give(one); window.given += 1; await frame() } })()
}"""
READ = """async () => {
    const { read } = await import("/static/js/survey/document.js")
    return read(document.getElementById("survey"))
}"""


def taps(document) -> list[list[str]]:
    """The answers as a person gives them, one input each."""
    given = []
    for code, said in document["answers"].items():
        for name, value in said.items():
            text = str(value).lower() if isinstance(value, bool) else str(value)
            given.append([f"answers.{code}.{name}", text])
    return given


def named(document) -> dict[str, str]:
    """The answers of a document, by the names of their inputs."""
    return dict(taps(document))


def notes(document, turn: int) -> list[list[str]]:
    """A note on each question, another each turn."""
    return [[f"answers.{code}.note", f"lượt {turn}"] for code in document["answers"]]


def open_form(tablet):
    page = tablet.open(f"/visits/{tablet.visit}/form")
    expect(page.locator("body[data-open=yes]")).to_be_attached()
    return page


def test_killed_at_random_moments(tablet, dice):
    """Whatever the page counted as kept before it died is there when it opens again; the rest goes on from there."""
    answers, said, at = taps(tablet.document), {}, 0
    tablet.page.close()
    for turn in range(ROUNDS):
        if at == len(answers):
            said |= dict(answers)
            answers, at = notes(tablet.document, turn), 0
        page = open_form(tablet)
        page.evaluate(PLAY, [answers, at])
        wanted = dice.randrange(1, 6)
        page.wait_for_function(  # what follows fast is stored together and counts once
            "([wanted, all]) => window.kept >= wanted || window.given === all", arg=[wanted, len(answers)])
        kept = page.evaluate("window.kept")
        tablet.crash()
        page = open_form(tablet)
        typed = named(page.evaluate(READ))
        there = [name for name, value in answers if typed.get(name) == value]
        assert there[:at + kept] == [name for name, _value in answers[:at + kept]], (at, kept)
        at = len(there)
        page.close()
    page = open_form(tablet)
    page.evaluate(PLAY, [answers, at])
    page.wait_for_function("(all) => window.given === all", arg=len(answers))
    page.wait_for_timeout(300)
    page.reload()
    expect(page.locator("body[data-open=yes]")).to_be_attached()
    typed = named(page.evaluate(READ))
    assert typed == said | dict(answers)


def test_killed_with_the_camera_open(tablet, context, dice):
    """Each photo counted in the camera is there again; none comes twice."""
    context.grant_permissions(["camera"])
    tablet.page.close()
    count = 0
    for _turn in range(max(1, ROUNDS // 4)):
        page = open_form(tablet)
        page.locator("#A1 .tile.add label.btn").first.tap()
        expect(page.locator(f"{CAMERA}[open]")).to_be_visible()
        shots = dice.randrange(1, 4)
        for k in range(shots):
            page.locator(f"{CAMERA} .shutter").first.tap(force=True)
            expect(page.locator(f"{CAMERA} [data-count]")).to_have_text(str(k + 1), timeout=15_000)
        page.locator(f"{CAMERA} .shutter").first.tap(force=True)  # one more is on its way
        page.wait_for_timeout(dice.randrange(0, 200))
        tablet.crash()
        page = open_form(tablet)
        found = page.locator("#A1 [data-tile][data-id]").count()
        assert found - count in (shots, shots + 1)
        expect(page.locator("#A1 [data-tile] img")).to_have_count(found)
        count = found
        page.close()
