// Everything of a survey document that counts. Twin of `record_from` in surveys/rules/form.py; what is being typed and
// is no figure or day yet counts as not given.

import { figure, ZERO } from "./figures.js"

const SIDES_OF_TALLY = ["plastic", "eco", "own", "none"]
const BLANK = /^[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/ // what Python's strip() takes away

/** Nothing but white space. */
export const isBlank = (text) => BLANK.test(text)

/** The record in a document of an establishment of this kind. */
export function recordOf(document, kind) {
  return {
    kind,
    answers: new Map(Object.entries(document.answers ?? {}).map(([code, said]) => [code, answerOf(said ?? {})])),
    lines: (document.lines ?? []).map(lineOf),
    bags: (document.bags ?? []).map(bagOf),
    tally: tallyOf(document.tally),
    receipts: count(document.receipts),
    periodFrom: day(document.period_from),
    periodTo: day(document.period_to),
    countMethod: document.count_method || null,
    countedBy: document.counted_by || "",
    signed: new Set(Object.entries(document.signatures ?? {}).filter(([, signed]) => signed?.strokes?.length || signed?.refused).map(([side]) => side)),
  }
}

const count = (value) => (Number.isSafeInteger(value) ? value : null)
const flag = (value) => (typeof value === "boolean" ? value : null)

/** An ISO day of the calendar; days compare as their text. */
function day(text) {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text ?? "")) return null
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null
}

const answerOf = (said) => ({
  yes: flag(said.yes), step: count(said.step), number: count(said.number), numerator: figure(said.numerator),
  denominator: figure(said.denominator), na: Boolean(said.na), naReason: said.na_reason || "",
})

const lineOf = (line) => ({
  category: line.category, class: line.class, opening: figure(line.opening) ?? ZERO, purchased: figure(line.purchased) ?? ZERO,
  closing: figure(line.closing) ?? ZERO, returned: figure(line.returned) ?? ZERO, proofNumber: line.proof_number || "",
  proofHolder: line.proof_holder || "", proofExpiresOn: day(line.proof_expires_on), hasStatement: Boolean(line.has_statement),
})

const bagOf = (bag) => ({
  width: figure(bag.width_cm), height: figure(bag.height_cm), readings: (bag.readings_um ?? []).map(figure).filter(Boolean),
  hardToDegrade: flag(bag.hard_to_degrade), prepack: flag(bag.prepack),
})

function tallyOf(counted) {
  if (!counted || !Object.keys(counted).length) return null
  const sides = Object.fromEntries(SIDES_OF_TALLY.map((side) => [side, count(counted[side]) ?? 0]))
  return { ...sides, isComplete: SIDES_OF_TALLY.reduce((total, side) => total + sides[side], 0) === 100 }
}
