// Numbers as people in Vietnam type them; the same rules as foundation.forms.parse_number and i18n.number.

const language = document.documentElement.lang

/** "1.250,5" → "1250.5", plain decimal text; null when it is no number. */
export function parse(text) {
  let plain = text.replace(/[\u00a0\s]/g, "")
  const [whole, ...fractions] = plain.split(",")
  const grouped = /^-?[1-9][0-9]{0,2}(\.[0-9]{3})+$/.test(whole)
  if (fractions.length) {
    const fraction = fractions.join(",")
    if (!(grouped || /^-?[0-9]+$/.test(whole)) || !/^[0-9]+$/.test(fraction)) return null
    plain = `${whole.replaceAll(".", "")}.${fraction}`
  } else if (grouped) plain = plain.replaceAll(".", "")
  return /^-?[0-9]+(\.[0-9]+)?$/.test(plain) ? plain.replace(/^(-?)0+(?=[0-9])/, "$1") : null
}

/** A figure for people: 1.000,5; an en dash for nothing. */
export function show(value, places = 0, most = places) {
  if (value === null || value === undefined || value === "") return "–"
  return Number(value).toLocaleString(language, { minimumFractionDigits: places, maximumFractionDigits: most })
}

/** A share, already in percent: "42,97 %" with a space that does not break. */
export function percent(value, places) {
  return value === null || value === undefined ? "–" : `${show(value, places)}\u00a0%`
}

/** "31/12/2026", "31-12-2026", "31.12.2026" or "31122026" → "2026-12-31"; null when it is no day of the calendar. */
export function parseDay(text) {
  const parts = text.trim().split(/[-/.]/)
  if (parts.length !== 3 || !parts.every((part) => /^[0-9]+$/.test(part))) return null
  const [year, month, day] = (parts[0].length === 4 ? parts : parts.reverse()).map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  const real = year >= 1900 && date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return real ? date.toISOString().slice(0, 10) : null
}
