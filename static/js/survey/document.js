// The page as a survey document: names of inputs are paths in it. The same rules as surveys/forms/document.py.

import { parse, parseDay } from "./numbers.js"

const WHOLE = new Set(["number", "step", "receipts", "floor_area_m2", "plastic", "eco", "own", "none"])
const FIGURES = new Set(["numerator", "denominator", "opening", "purchased", "closing", "returned", "width_cm", "height_cm"])
const DAYS = new Set(["period_from", "period_to", "proof_expires_on"])
const FLAGS = { yes: null, na: false, hard_to_degrade: null, prepack: null, has_statement: false }
const AMOUNTS = ["opening", "purchased", "closing", "returned"]
const PAPERS = { proof_number: "", proof_holder: "", proof_expires_on: null, has_statement: false, note: "" }
const HEAD = ["observed_at", "period_from", "period_to", "count_method", "counted_by", "receipts", "floor_area_m2",
  "remarks", "store_remarks"]
export const ASIDE = /^(id$|csrf_token|revision|photo\.|file\.|captions\.)/
const said = (value) => value !== undefined && value !== null && value !== ""

/** What each input says, by name: radios and ticks only where they are set. */
export function entries(form) {
  const found = {}
  for (const input of form.elements) {
    if (!input.name || ASIDE.test(input.name) || input.type === "file" || input.tagName === "BUTTON") continue
    if ((input.type === "radio" || input.type === "checkbox") && !input.checked) continue
    found[input.name] = input.value
  }
  return found
}

/** The document in the inputs. `held` maps names to texts the server refused: they are left out while unchanged. */
export const read = (form, held = {}) => build(entries(form), held)

/** The document of texts by name. */
export function build(typed, held = {}) {
  const tree = {}
  for (const [name, text] of Object.entries(typed)) {
    const path = name.split(".")
    const last = path.pop()
    let branch = tree
    for (const step of path) branch = branch[step] ??= {}
    branch[last] = held[name] === text ? "" : text
  }
  const document = {}
  for (const key of HEAD) if (key in tree) document[key] = meaning(key, tree[key])
  const tally = Object.fromEntries(Object.entries(tree.tally ?? {}).map(([key, text]) => [key, meaning(key, text)]))
  for (const [key, figure] of Object.entries(tally)) tally[key] = figure ?? 0
  document.tally = Object.values(tally).some(Boolean) ? tally : null
  document.answers = fill(tree.answers, answer)
  document.lines = Object.entries(tree.lines ?? {}).flatMap(([category, classes]) => lines(category, classes))
  document.bags = Object.keys(tree.bags ?? {}).sort((a, b) => a - b).map((key) => bag(tree.bags[key])).filter(Boolean)
  document.signatures = fill(tree.signatures, signature)
  return document
}

function meaning(key, raw) {
  const text = raw.normalize("NFC").trim()
  if (key in FLAGS) return text === "true" ? true : text === "false" ? false : FLAGS[key]
  if (WHOLE.has(key) || FIGURES.has(key)) {
    const number = parse(text)
    if (number === null) return text || null
    return WHOLE.has(key) && /^-?[0-9]+(\.0*)?$/.test(number) ? Number(number) : number
  }
  if (DAYS.has(key)) return parseDay(text) ?? (text || null)
  return key === "observed_at" || key === "count_method" ? text || null : text
}

function fill(branch = {}, make) {
  return Object.fromEntries(Object.entries(branch).map(([key, value]) => [key, make(value)]).filter(([, value]) => value))
}

function answer(typed) {
  const away = typed.yes === "na" || typed.step === "na" || typed.na === "true"
  const kept = away ? { na: "true", na_reason: typed.na_reason ?? "", note: typed.note ?? "" } : typed
  const found = Object.entries(kept)
    .filter(([key]) => away || (key !== "na" && key !== "na_reason"))
    .map(([key, text]) => [key, meaning(key, text)]).filter(([, value]) => said(value))
  return found.length ? Object.fromEntries(found) : null
}

function lines(category, classes) {
  return Object.entries(classes).flatMap(([name, typed]) => {
    const line = Object.fromEntries(Object.entries(typed).map(([key, text]) => [key, meaning(key, text)]))
    if (!Object.values(line).some((value) => said(value) && value !== false)) return []
    for (const key of AMOUNTS) line[key] = said(line[key]) ? line[key] : "0"
    return [{ category, class: name, ...PAPERS, ...line }]
  })
}

function bag({ readings_um = {}, ...typed }) {
  const made = Object.fromEntries(Object.entries(typed).map(([key, text]) => [key, meaning(key, text)]))
  made.readings_um = [0, 1, 2, 3, 4].map((k) => meaning("width_cm", readings_um[k] ?? ""))
  const { readings_um: readings, ...rest } = made
  return readings.some(said) || Object.values(rest).some(said) ? made : null
}

function signature({ title = "", strokes = "[]", refused = "", signed_at = "" }) {
  const [drawn, reason] = [JSON.parse(strokes || "[]"), refused.normalize("NFC").trim()]
  const said = drawn.length ? { strokes: drawn } : reason ? { refused: reason } : null
  return said && { title: title.trim(), ...said, signed_at: signed_at || null }
}
