// The scoring on the tablet by itself (static/js/scoring); test_agreement.py holds it against Python.

import assert from "node:assert/strict"
import { test } from "node:test"

import fc from "fast-check"

import { missing } from "../../static/js/scoring/completeness.js"
import { figure, fixed, halfUp, isLess, plain, plus, share, whole } from "../../static/js/scoring/figures.js"
import { gapsOf } from "../../static/js/scoring/gaps.js"
import { recordOf } from "../../static/js/scoring/record.js"
import { rulesOf } from "../../static/js/scoring/rules.js"
import { score } from "../../static/js/scoring/score.js"

const criterion = (code, type, weight, more = {}) => ({
  code, type, weight, is_must: false, applies_to: "ALL", lo: "0", hi: "100", bands: [], measure: null, instrument: null,
  na_allowed: false, evidence_kinds: [], counts_for_coverage: false, ...more })
const RULES = rulesOf({
  groups: [
    { code: "A", weight: "60", criteria: [
      criterion("A1", "bool", "0", { is_must: true, counts_for_coverage: true, evidence_kinds: ["photo"], instrument: "sheet" }),
      criterion("A2", "percent", "40", { lo: "20", hi: "90", na_allowed: true }), criterion("A3", "scale4", "20")] },
    { code: "B", weight: "40", criteria: [
      criterion("B1", "computed", "30", { measure: "overall" }),
      criterion("B2", "count", "10", { bands: [[0, "0"], [3, "3.5"], [8, "10"]] })] },
  ],
  categories: [{ code: "P01", grams: "6", in_ratio: true, sub_share: "checkout", takes_tally: true }],
  levels: [{ rank: 1, least_total: "65", least_group: "40", least_by_group: { B: "60" } }],
  accepted: ["E1", "E4"],
})
const scored = (document) => score(RULES, recordOf(document, "sieu_thi_tong_hop"))
const lacks = (document, evidence = [], asked = null) =>
  missing(RULES, recordOf(document, "sieu_thi_tong_hop"), evidence, asked).map(({ path, what }) => `${path} ${what}`)
const line = (material, purchased) => ({ category: "P01", class: material, purchased, has_statement: true })
const FULL = {
  answers: { A1: { yes: true }, A2: { numerator: "9", denominator: "10" }, A3: { step: 4 }, B2: { number: 8 } },
  lines: [line("E4", "10")], period_from: "2026-07-01", period_to: "2026-09-30", count_method: "both", receipts: 5,
  counted_by: "Kế toán kho", signatures: { team: { strokes: [[[1, 2]]] }, store: { strokes: [[[1, 2]]] } } }
const EVIDENCE = [{ kind: "photo", criterion: "A1", category: null }, { kind: "photo", criterion: null, category: "P01" }]

test("figures are exact", () => {
  assert.equal(fixed(figure("3.125")), "3.13")
  assert.equal(fixed(figure("-3.125")), "-3.13")
  assert.equal(fixed(figure("-0.001")), "0.00")
  assert.equal(plain(share(whole(33900), whole(78900))), "42.965779")
  assert.equal(plain(figure("6000.000000")), "6000")
  assert.equal(plain(null), null)
  assert.equal(share(whole(1), whole(0)), null)
  for (const text of ["", null, undefined, "x", "1e3", "1,5", "٣", true]) assert.equal(figure(text), null)
})

test("rounding moves a figure by half a unit at most, and the order of figures stays", () => {
  const figures = fc.tuple(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.bigInt(1n, 10n ** 12n)).map(([n, d]) => ({ n, d }))
  fc.assert(fc.property(figures, figures, fc.integer({ min: 0, max: 6 }), (one, other, places) => {
    const rounded = halfUp(one, places)
    const moved = plus(rounded, { n: -one.n, d: one.d })
    assert.ok(2n * (moved.n < 0n ? -moved.n : moved.n) * 10n ** BigInt(places) <= moved.d)
    if (isLess(one, other)) assert.ok(!isLess(halfUp(other, places), rounded))
  }))
})

test("everything filled in reaches everything and lacks nothing", () => {
  const { total, level, groups } = scored(FULL)
  assert.deepEqual([total, level, groups.map((group) => group.score)], ["100.00", 1, ["60.00", "40.00"]])
  assert.deepEqual(lacks(FULL, EVIDENCE), [])
})

test("what lacks has the path that mends it", () => {
  assert.deepEqual(lacks({}), ["answers.A1 answer", "period_to period", "count_method count_method", "counted_by counted_by",
    "receipts receipts", "lines sheet", "answers.A2 answer", "answers.A3 answer", "answers.B1 measured", "answers.B2 answer",
    "signatures.team signature", "signatures.store signature"])
  assert.deepEqual(lacks(FULL, [EVIDENCE[0]]), ["lines.P01.E4 photo"])
  assert.deepEqual(lacks({}, [], ["A3"]), ["answers.A3 answer", "signatures.team signature", "signatures.store signature"])
})

test("gaps are said in the words of the page", () => {
  const words = { titles: { P01: "Túi" }, sides: { team: "Đoàn" }, lacking: { photo: "ảnh", signature: "chữ ký", bag_facts: "số đo" } }
  const found = [{ path: "lines.P01.E4", code: "P01", what: "photo", detail: "E4" }, { path: "bags.1", code: "P01", what: "bag_facts", detail: "2" },
    { path: "signatures.team", code: "", what: "signature", detail: "team" }]
  assert.deepEqual(gapsOf(found, words).map(({ title, words: said }) => `${title}: ${said}`), ["Túi: ảnh (E4)", "Túi: số đo 2", "Đoàn: chữ ký"])
})

test("a higher share and a higher number never give fewer points", () => {
  const points = (A2, B2) => scored({ answers: { A2, B2 } }).groups.map((group) => Number(group.earned))
  fc.assert(fc.property(fc.nat(1000), fc.nat(1000), fc.nat(20), fc.nat(20), (part, other, number, more) => {
    const [low, high] = [Math.min(part, other), Math.max(part, other)]
    const least = points({ numerator: String(low), denominator: "1000" }, { number })
    const most = points({ numerator: String(high), denominator: "1000" }, { number: number + more })
    assert.ok(least[0] <= most[0] && least[1] <= most[1])
  }))
})

test("answering one question more never takes points away", () => {
  const answers = Object.entries({ ...FULL.answers, A3: { step: 1 }, A2: { numerator: "1", denominator: "3" } })
  fc.assert(fc.property(fc.subarray(answers), fc.constantFrom(...answers), (some, one) => {
    const total = (chosen) => Number(scored({ ...FULL, answers: Object.fromEntries(chosen) }).total)
    assert.ok(total([...some, one]) >= total(some))
  }))
})

test("whatever is being typed, the score stays within its weight and nothing breaks", () => {
  const typed = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constantFrom(null, "1", "0", "-1", "3.5", "31/02/2026"))
  const answer = fc.dictionary(fc.constantFrom("yes", "number", "numerator", "denominator", "na", "na_reason"), typed)
  const piece = fc.dictionary(fc.constantFrom("opening", "purchased", "closing", "proof_expires_on", "width_cm", "prepack"), typed)
  const documents = fc.record({
    answers: fc.dictionary(fc.constantFrom("A1", "A2", "A3", "B1", "B2", "Z9"), answer), receipts: typed, period_to: typed,
    period_from: typed, tally: fc.oneof(fc.constant(null), fc.dictionary(fc.constantFrom("plastic", "own"), typed)),
    lines: fc.array(piece.map((amounts) => ({ category: "P01", class: "N", ...amounts }))), bags: fc.array(piece),
  }, { requiredKeys: [] })
  fc.assert(fc.property(documents, (document) => {
    const { total, groups } = scored(document)
    lacks(document)
    for (const { score: reached, weight } of groups) assert.ok(Number(reached) <= Number(weight))
    assert.ok(Number(total) <= 100)
  }))
})
