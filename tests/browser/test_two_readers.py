"""The page's scripts and the server read one form alike: its entries, its texts, its numbers and its days."""

import json

from foundation.forms import parse_day, parse_number
from surveys.forms.document import document_from_form, typed_from_document

TYPED = {
    "answers.A6.numerator": "1.250,5", "answers.A6.denominator": "x", "answers.C1.denominator": "0012",
    "period_from": "1.7.2026", "period_to": "31/02/2026", "receipts": "18.400", "floor_area_m2": "2,5",
    "tally.own": "7", "remarks": "  Dòng một ", "answers.A4.note": "Ghi", "lines.P01.E1.opening": "12",
    "lines.P01.E1.proof_expires_on": "2027-01-31", "bags.0.readings_um.3": "40,5", "bags.0.label": "Quầy 3"}
NUMBERS = ["1.250,5", "1250.5", "1.125", "12.5", "1,5", "1.5,5", ",5", "5,", "-3", "1 000", "0.125", "01.250", "٣",
           "1e3", "", "1.2.3", "1.234.567,89", "999.999", "abc"]
DAYS = ["31/12/2026", "1-2-2026", "2026-02-28", "29/02/2026", "31.04.2026", "1/1/26", "0/1/2026", "1/13/2026", "x"]
READ = """async (typed) => {
    const form = document.getElementById("survey")
    for (const [name, text] of Object.entries(typed)) form.elements[name].value = text
    for (const input of form.querySelectorAll("[name='answers.B2.yes'][value=na], [name='answers.D2.na']"))
        input.checked = true
    const { entries, read } = await import("/static/js/survey/document.js")
    return [entries(form), read(form)]
}"""
TEXTS = """async (document) => {
    const { textsOf } = await import("/static/js/survey/texts.js")
    return textsOf(document)
}"""
PARSED = """async ([numbers, days]) => {
    const { parse, parseDay } = await import("/static/js/survey/numbers.js")
    return [numbers.map(parse), days.map(parseDay)]
}"""


def test_both_readers_of_the_form_agree(form):
    form.goto(f"{form.url}#packaging")
    form.locator("[data-add][value='P01.E1']").evaluate("button => button.click()")
    form.locator("[data-add-bag]").evaluate("button => button.click()")
    entries, read = form.evaluate(READ, TYPED)
    ours = document_from_form(entries)
    del ours["revision"]
    ours["answers"] = {code: said for code, said in ours["answers"].items() if said}
    assert json.dumps(read, sort_keys=True) == json.dumps(ours, sort_keys=True)

    read |= {"answers": {"A6": {"numerator": "1250.5", "denominator": "60"}, "B2": {"na": True}},
             "receipts": 18400, "period_to": "2026-09-30", "floor_area_m2": 2400}
    shown = {name: text for name, text in typed_from_document(read).items()
             if name != "revision" and text not in ("", "[]") and not name.endswith((".category", ".class"))}
    assert {name: text for name, text in form.evaluate(TEXTS, read).items() if text} == shown

    assert form.evaluate(PARSED, [NUMBERS, DAYS]) == [
        [None if (n := parse_number(text)) is None else str(n) for text in NUMBERS],
        [None if (d := parse_day(text)) is None else d.isoformat() for text in DAYS]]
