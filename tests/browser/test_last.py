"""Taking over by hand what was said last time: one answer, the lines of the sheet; nothing typed is overwritten."""

import json

import pytest

FORM = """
<form id="survey">
<label><input type="radio" name="answers.A1.yes" value="true"></label>
<label><input type="radio" name="answers.A1.yes" value="na" checked></label>
<input name="answers.A1.na_reason" value="cũ"><textarea name="answers.A1.note">Giữ ghi chú</textarea>
<input name="answers.A6.numerator"><input name="answers.A6.denominator" value="9">
<input type="checkbox" name="answers.A6.na" value="true" checked><input name="answers.A6.na_reason" value="vì">
<button type="button" data-last="A1">1</button><button type="button" data-last="A6">6</button>
<button type="button" data-last-lines="">dòng</button>
<button data-add type="button" value="P01.N">+</button><button data-add type="button" value="P01.E1" disabled>+</button>
<input name="lines.P01.E1.proof_number" value="ĐANG GÕ"><div id="lines"></div></form>"""
LINES = [{"name": "P01.N", "texts": {"lines.P01.N.opening": "1.250"}},
         {"name": "P01.E1", "texts": {"lines.P01.E1.proof_number": "NSTVN-01"}}]
START = """async ([markup, lines]) => {
  document.body.innerHTML = markup
  const form = document.getElementById("survey")
  form.querySelector("[data-last=A1]").dataset.texts = JSON.stringify({ "answers.A1.yes": "true" })
  form.querySelector("[data-last=A6]").dataset.texts =
    JSON.stringify({ "answers.A6.numerator": "1.250,5", "answers.A6.denominator": "2.000" })
  form.querySelector("[data-last-lines]").dataset.lastLines = lines
  window.heard = []
  form.addEventListener("input", (event) => window.heard.push(event.target.name))
  form.querySelector("[value='P01.N']").addEventListener("click", () => {
    document.getElementById("lines").innerHTML =
      '<input name="lines.P01.N.opening"><input name="lines.P01.N.purchased">'
  })
  const { Last } = await import("/static/js/survey/last.js")
  new Last(form)
}"""
TYPED = """() => Object.fromEntries([...document.getElementById("survey").elements]
  .filter((e) => e.name && (!["radio", "checkbox"].includes(e.type) || e.checked)).map((e) => [e.name, e.value]))"""


@pytest.fixture
def form(page, live_server):
    page.set_default_timeout(5000)
    page.goto(f"{live_server.url}/sign-in")
    page.evaluate(START, [FORM, json.dumps(LINES)])
    return page


def test_one_answer_is_taken_over_whole_and_only_that_one(form):
    form.dispatch_event("[data-last=A6]", "click")
    typed = form.evaluate(TYPED)
    assert typed["answers.A6.numerator"] == "1.250,5" and typed["answers.A6.denominator"] == "2.000"
    assert "answers.A6.na" not in typed and typed["answers.A6.na_reason"] == ""
    assert typed["answers.A1.yes"] == "na" and len(form.evaluate("heard")) == 1
    form.dispatch_event("[data-last=A1]", "click")
    typed = form.evaluate(TYPED)
    assert (typed["answers.A1.yes"], typed["answers.A1.na_reason"]) == ("true", "")
    assert typed["answers.A1.note"] == "Giữ ghi chú"


def test_lines_that_are_there_already_are_not_touched(form):
    form.dispatch_event("[data-last-lines]", "click")
    typed = form.evaluate(TYPED)
    assert (typed["lines.P01.N.opening"], typed["lines.P01.N.purchased"]) == ("1.250", "")
    assert typed["lines.P01.E1.proof_number"] == "ĐANG GÕ"
    assert form.evaluate("heard") == ["lines.P01.N.opening"]
