// Times, ages and sizes for people, in the language of the page; the browser knows the words.

const language = document.documentElement.lang
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh" }
const DAY = { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "Asia/Ho_Chi_Minh" }
const HOUR = 3600_000

const unit = (value, name, places = 0, width = "long") => new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: width,
  maximumFractionDigits: places }).format(value).replace(" ", "\u00a0")

/** 11:18 in Vietnam. */
export const clock = (moment) => new Date(moment).toLocaleTimeString("vi", CLOCK)

/** 24/12/2026 in Vietnam. */
export const day = (moment) => new Date(moment).toLocaleDateString("en-GB", DAY)

/** Whether two moments lie on one day in Vietnam. */
export const isToday = (moment, now = Date.now()) => day(moment) === day(now)

/** "18 giờ", "25 phút", "3 ngày": the largest unit that says it, whole. */
export function age(ms) {
  if (ms < HOUR) return unit(Math.max(0, Math.floor(ms / 60_000)), "minute")
  if (ms < 48 * HOUR) return unit(Math.floor(ms / HOUR), "hour")
  return unit(Math.floor(ms / (24 * HOUR)), "day")
}

/** How an age is to be taken: "" under a day, "warn" from 24 hours, "no" from 48. */
export const toneOf = (ms) => (ms >= 48 * HOUR ? "no" : ms >= 24 * HOUR ? "warn" : "")

/** "+2 giây", "-25 phút". */
export function skew(ms) {
  const sign = Math.abs(ms) < 500 ? "" : ms < 0 ? "\u2212" : "+"
  const size = Math.abs(ms)
  return sign + (size < 120_000 ? unit(Math.round(size / 1000), "second") : age(size))
}

/** "12,6 MB", "840 kB", "11,4 GB". */
export function bytes(size) {
  if (size >= 1e9) return unit(size / 1e9, "gigabyte", 1, "short")
  return size >= 1e6 ? unit(size / 1e6, "megabyte", 1, "short") : unit(Math.ceil(size / 1000), "kilobyte", 0, "short")
}

/** Show those children that are meant for a state: `data-when="draft ready"`. */
export function showWhen(root, state, name = "when") {
  for (const part of root.querySelectorAll(`[data-${name}]`)) part.hidden = !part.dataset[name].split(" ").includes(state)
}

/** Put a figure in its places: `data-fig="count"`. */
export function put(root, figures) {
  for (const [name, text] of Object.entries(figures)) {
    for (const place of root.querySelectorAll(`[data-fig="${name}"]`)) place.textContent = text
  }
}
