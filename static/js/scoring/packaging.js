// The packaging sheet: what each line counts as, shares by units and by plastic grams. Twin of surveys/rules/packaging.py.

import { isSome, minus, over, plus, share, sum, times, whole, ZERO } from "./figures.js"

const CERTIFIED = new Set(["E1", "E2", "E3", "E5"])
export const AVOIDED = new Set(["R", "Z"])
const ART_64_SINCE = "2026-01-01" // Decree 08/2022, art. 64(4): not circulated or used after 2025
const SUB_SHARES = ["checkout", "fresh", "tableware", "boxes"]
const NOTHING = { conventional: ZERO, claimed: ZERO, expired: ZERO, eco: ZERO, avoided: ZERO }

/** Opening stock + purchases − closing stock − returns; below zero is a mistake in the sheet. */
export const usedOf = (line) => minus(plus(line.opening, line.purchased), plus(line.closing, line.returned))

/** Judge every line and add up each category; grams are of conventional plastic, shares in percent. */
export function measureSheet(rules, record) {
  const sums = new Map()
  const warnings = []
  const add = (category, counts, used) => {
    const amounts = sums.get(category) ?? NOTHING
    sums.set(category, { ...amounts, [counts]: plus(amounts[counts], used) })
  }
  for (const line of record.lines) {
    const used = usedOf(line)
    const [counts, kind] = judge(line, record.periodTo, rules.accepted)
    const told = used.n < 0n ? "negative" : kind
    if (told) warnings.push({ category: line.category, class: line.class, kind: told })
    add(line.category, counts, used.n < 0n ? ZERO : used)
  }
  const own = countedAtCheckout(record)
  if (isSome(own)) for (const rule of rules.categories) if (rule.takes_tally) add(rule.code, "avoided", own)
  return sheetOf(rules, record, sums, warnings)
}

function sheetOf(rules, record, sums, warnings) {
  const categories = rules.categories.filter((rule) => sums.has(rule.code)).map((rule) => addUp(rule, sums.get(rule.code)))
  const counted = categories.filter(({ rule }) => rule.in_ratio)
  const parts = (sub) => counted.filter(({ rule }) => rule.sub_share === sub)
  const eco = grams(counted, "eco")
  return {
    categories, isStarted: sums.size > 0, warnings: warnings.sort(byPlace),
    violatesArt64: record.periodTo !== null && record.periodTo >= ART_64_SINCE,
    replacedGrams: grams(counted, "replaced"), usedGrams: grams(counted, "total"),
    conventionalGrams: grams(counted, "conventional"), share: replacedShare(counted),
    sub: Object.fromEntries(SUB_SHARES.map((sub) => [sub, replacedShare(parts(sub))])),
    proofShare: share(eco, sum([eco, grams(counted, "claimed"), grams(counted, "expired")])),
  }
}

/** What a line counts as, and why it is less than it claims. */
function judge(line, periodTo, accepted) {
  const claim = line.class
  if (AVOIDED.has(claim)) return ["avoided", null]
  if (claim === "N") return ["conventional", null]
  if (claim === "X") return ["claimed", null]
  if (!accepted.has(claim)) return ["claimed", "not_accepted"]
  if (!CERTIFIED.has(claim)) return line.hasStatement ? ["eco", null] : ["claimed", "no_statement"]
  if (!line.proofNumber || !line.proofHolder || !line.proofExpiresOn) return ["claimed", "no_proof"]
  return periodTo && line.proofExpiresOn < periodTo ? ["expired", "expired"] : ["eco", null]
}

/** Receipts × (own bag + no bag) / 100, once 100 customers are counted. */
function countedAtCheckout({ tally, receipts }) {
  if (!tally?.isComplete || !receipts) return ZERO
  return over(times(whole(receipts), whole(tally.own + tally.none)), whole(100))
}

/** N includes what is claimed and what has expired. */
function addUp(rule, { conventional, claimed, expired, eco, avoided }) {
  const all = sum([conventional, claimed, expired])
  const replaced = plus(eco, avoided)
  const total = plus(all, replaced)
  return { rule, conventional: all, claimed, expired, eco, avoided, replaced, total, share: share(replaced, total) }
}

const grams = (categories, amount) => sum(categories.map((used) => times(used[amount], used.rule.grams)))
const replacedShare = (categories) => share(grams(categories, "replaced"), grams(categories, "total"))

function byPlace(a, b) {
  return compare(a.category, b.category) || compare(a.class, b.class) || compare(a.kind, b.kind)
}

/** The order of texts by their characters, as Python sorts them. */
export function compare(a, b) {
  const [left, right] = [[...a], [...b]]
  const at = left.findIndex((character, k) => character !== right[k])
  if (at < 0 || at >= right.length) return left.length - right.length
  return left[at].codePointAt(0) - right[at].codePointAt(0)
}
