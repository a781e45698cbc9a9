// Numbers and days as people type them (static/js/survey/numbers.js).

import assert from "node:assert/strict"
import { test } from "node:test"

globalThis.document = { documentElement: { lang: "vi" } }
const { parse, parseDay, percent, show } = await import("../../static/js/survey/numbers.js")

test("figures are read as they are written in Vietnam", () => {
  for (const [text, figure] of [["1.250,5", "1250.5"], ["1.250", "1250"], ["1.25", "1.25"], ["007", "7"], ["-3", "-3"],
    ["1,2,3", null], ["mười", null], ["", null], ["1 000", "1000"]]) assert.equal(parse(text), figure, text)
})

test("days are read with any mark between, and only if the calendar has them", () => {
  for (const [text, day] of [["31/12/2026", "2026-12-31"], ["2026-12-31", "2026-12-31"], ["29/2/2026", null],
    ["1.2.2026", "2026-02-01"], ["hôm nay", null]]) assert.equal(parseDay(text), day, text)
})

test("figures are shown as they are written in Vietnam", () => {
  assert.equal(show("1250.5", 2), "1.250,50")
  assert.equal(show(null), "–")
  assert.equal(percent("42.965779", 2), "42,97\u00a0%")
})
