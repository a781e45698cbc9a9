// What a survey still lacks before it can be submitted. Twin of surveys/rules/completeness.py.

import { isSome } from "./figures.js"
import { AVOIDED, compare, usedOf } from "./packaging.js"
import { isBlank } from "./record.js"
import { measure } from "./score.js"

const PERIODS = [3, 12] // whole months a packaging sheet may cover
const SIDES = ["team", "store"]
const PATHS = { period: "period_to", whole_months: "period_to", count_method: "count_method", counted_by: "counted_by",
  receipts: "receipts", tally: "tally", tally_total: "tally", sheet: "lines", bag: "bags" }

/**
 * Everything that keeps the survey from being submitted, in the order of the form: [{ path, code, what, detail }].
 * `evidence` are the items of the manifest; `asked` the codes of the criteria a follow-up looks at again: only they can
 * lack, the sheet stays as it was.
 */
export function missing(rules, record, evidence, asked = null, scored = measure(rules, record)) {
  const held = new Set(evidence.map(({ kind, criterion, category }) => owned(kind, criterion, category)))
  const isAsked = (rule) => !asked || asked.includes(rule.code)
  const lines = scored.lines.filter(({ rule }) => isAsked(rule))
  const found = lines.flatMap((line) => [
    ...missingAnswer(line, record.answers.get(line.rule.code)),
    ...missingEvidence(line, held),
    ...(line.rule.instrument === "bags" ? missingBags(line.rule.code, scored) : []),
    ...(line.rule.instrument === "sheet" ? missingHeader(line.rule.code, record) : []),
  ])
  if (!asked) found.push(...missingLines(rules, record, held))
  return [...found, ...missingSignatures(record)].map((lack) => ({ path: pathOf(lack), ...lack }))
}

const lack = (code, what, detail = "") => ({ code, what, detail })
const owned = (kind, criterion, category) => [kind, criterion ?? "", category ?? ""].join(" ")

/** The field of the document that mends a lack. */
function pathOf({ code, what, detail }) {
  if (what === "bag_facts") return `bags.${Number(detail) - 1}`
  if (what === "signature") return `signatures.${detail}`
  return detail ? `lines.${code}.${detail}` : PATHS[what] ?? `answers.${code}`
}

/** Why a line has no answer. */
function missingAnswer({ rule, state }, answer) {
  if (state !== "missing") return []
  if (rule.type === "computed") return [lack(rule.code, "measured")]
  if (answer?.na && rule.na_allowed) return [lack(rule.code, "na_reason")]
  const isShare = rule.type === "percent" && answer?.numerator && answer.denominator
  return [lack(rule.code, isShare ? "share" : "answer")]
}

/** Whether the answer says that something is there. */
function claimsSomething({ rule, state, met, points, value }) {
  if (state !== "answered") return false
  if (rule.type !== "bool") return isSome(value)
  return rule.is_must ? met : isSome(points)
}

/** The kinds of evidence a claim still needs. */
function missingEvidence(line, held) {
  const { code, evidence_kinds: kinds } = line.rule
  return claimsSomething(line) ? kinds.filter((kind) => !held.has(owned(kind, code))).map((kind) => lack(code, kind)) : []
}

/** A measured bag, unless no plastic is handed out at the checkout; each one fully measured. */
function missingBags(code, { bags, sheet }) {
  if (!bags.length) return handsOutNoPlastic(sheet) ? [] : [lack(code, "bag")]
  return bags.flatMap(({ verdict }, k) => (verdict === "incomplete" ? [lack(code, "bag_facts", String(k + 1))] : []))
}

/** Whether the sheet is begun and shows nothing but avoided bags at the checkout. */
function handsOutNoPlastic({ isStarted, categories }) {
  return isStarted && !categories.some((used) => used.rule.takes_tally && (isSome(used.conventional) || isSome(used.eco)))
}

/** What the head of the packaging sheet lacks. */
function missingHeader(code, { periodFrom, periodTo, countMethod, countedBy, receipts, lines }) {
  const hasPeriod = periodFrom && periodTo
  return [
    [!hasPeriod, "period"],
    [hasPeriod && !PERIODS.includes(wholeMonths(periodFrom, periodTo)), "whole_months"],
    [!countMethod, "count_method"],
    [isBlank(countedBy), "counted_by"],
    [!receipts, "receipts"],
    [!lines.length, "sheet"],
  ].filter(([lacks]) => lacks).map(([, what]) => lack(code, what))
}

/** Lines below zero, non-plastic without a photo, own bags without the count. */
function missingLines(rules, record, held) {
  const lines = [...record.lines].sort((a, b) => compare(a.category, b.category) || compare(a.class, b.class))
  const found = lines.flatMap((line) => [
    ...(usedOf(line).n < 0n ? [lack(line.category, "negative", line.class)] : []),
    ...(line.class === "E4" && line.hasStatement && !held.has(owned("photo", null, line.category))
      ? [lack(line.category, "photo", line.class)] : []),
  ])
  for (const { code } of rules.categories.filter((rule) => rule.takes_tally)) {
    const isClaimed = lines.some((line) => line.category === code && AVOIDED.has(line.class))
    if (!record.tally && isClaimed) found.push(lack(code, "tally"))
    else if (record.tally && !record.tally.isComplete) found.push(lack(code, "tally_total"))
  }
  return found
}

/** How many whole calendar months a period covers; null when it starts or ends inside a month. */
function wholeMonths(first, last) {
  const [from, after] = [new Date(first), new Date(last)]
  after.setUTCDate(after.getUTCDate() + 1)
  if (from.getUTCDate() !== 1 || after.getUTCDate() !== 1 || after <= from) return null
  return (after.getUTCFullYear() - from.getUTCFullYear()) * 12 + after.getUTCMonth() - from.getUTCMonth()
}

/** Both sides sign. */
const missingSignatures = ({ signed }) => SIDES.filter((side) => !signed.has(side)).map((side) => lack("", "signature", side))
