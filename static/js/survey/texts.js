// A document as the texts of the page's inputs, by name. The same rules as typed_from_document in Python.

const FIGURES = new Set(["numerator", "denominator", "opening", "purchased", "closing", "returned", "width_cm", "height_cm",
  "number", "step", "receipts", "floor_area_m2", "plastic", "eco", "own", "none"])
const DAYS = new Set(["period_from", "period_to", "proof_expires_on"])
const PARTS = new Set(["tally", "answers", "lines", "bags", "signatures"])

/** {"answers.A6.numerator": "1.250,5", …}; what is not said is not there. */
export function textsOf(document) {
  const texts = {}
  const put = (path, facts) => {
    for (const [key, value] of Object.entries(facts ?? {})) texts[path + key] = shown(key, value)
  }
  put("", Object.fromEntries(Object.entries(document).filter(([key]) => !PARTS.has(key))))
  put("tally.", document.tally)
  for (const [code, answer] of Object.entries(document.answers ?? {})) {
    put(`answers.${code}.`, answer)
    if (answer.na) put(`answers.${code}.`, { yes: "na", step: "na" })
  }
  for (const { category, class: material, ...line } of document.lines ?? []) put(`lines.${category}.${material}.`, line)
  for (const [k, { readings_um: readings, ...bag }] of (document.bags ?? []).entries()) {
    put(`bags.${k}.`, bag)
    for (const [r, reading] of (readings ?? []).entries()) texts[`bags.${k}.readings_um.${r}`] = shown("width_cm", reading)
  }
  for (const [side, { strokes, ...signed }] of Object.entries(document.signatures ?? {})) {
    put(`signatures.${side}.`, signed)
    texts[`signatures.${side}.strokes`] = JSON.stringify(strokes ?? [])
  }
  return texts
}

function shown(key, value) {
  if (value === null || value === undefined) return ""
  if (FIGURES.has(key) && typeof value !== "boolean") return grouped(String(value))
  if (DAYS.has(key)) return /^\d{4}-\d\d-\d\d$/.test(value) ? value.split("-").reverse().join("/") : value
  return String(value)
}

/** 1250.5 → 1.250,5. What is no plain figure is shown as it was typed. */
function grouped(text) {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!parts) return text
  const [, sign, whole, fraction] = parts
  return sign + whole.replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, ".") + (fraction ? `,${fraction}` : "")
}
