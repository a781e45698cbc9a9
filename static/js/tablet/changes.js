// What changed between two documents, path by path, and how to do the same to a third. Lists are one value.

import { encode } from "./crypto.js"

const isBranch = (value) => value !== null && typeof value === "object" && !Array.isArray(value)

const namesOf = (value) => Object.keys(value).filter((name) => value[name] !== undefined)

/** Whether two values of JSON say the same; the order of names does not matter. */
export function same(a, b) {
  if (Object.is(a, b)) return true
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const names = namesOf(a)
  return names.length === namesOf(b).length && names.every((name) => same(a[name], b[name]))
}

/** [{at, path: "answers.A1.yes", old, new}] that lead from one document to the other; no `new` where it is gone. */
export function difference(before, now, at, path = "") {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  return names.flatMap((name) => {
    const [a, b] = [before[name], now[name]]
    const here = path + name
    if (same(a, b)) return []
    if (isBranch(a) && isBranch(b)) return difference(a, b, at, `${here}.`)
    return [{ at, path: here, old: a, new: b }]
  })
}

/** The document after these changes; the given one stays as it is, and what did not change is shared with it. */
export const apply = (document, changes) =>
  changes.reduce((result, { path, new: value }) => placed(result, path.split("."), value), document)

function placed(branch, [name, ...rest], value) {
  const { [name]: old, ...others } = branch
  if (rest.length) return { ...branch, [name]: placed(isBranch(old) ? old : {}, rest, value) }
  return value === undefined ? others : { ...branch, [name]: value }
}

const TYPING = 10_000 // ms between two changes of one value that are one act of writing
const LONG = 2000 // characters of a value the log repeats
const MOST = 512 * 1024 // bytes of a log: the server takes 2 MB of a record in all

/** The log as the server keeps it: typing is one entry, long values (strokes) are told by their length. */
export function shorten(log) {
  const short = []
  const last = new Map()
  for (const entry of log) {
    const before = last.get(entry.path)
    const isTyping = before && !entry.isChoice && Date.parse(entry.at) - Date.parse(before.at) < TYPING
    if (isTyping && same(before.new, entry.old)) {
      Object.assign(before, { at: entry.at, new: entry.new })
    } else {
      last.set(entry.path, { ...entry })
      short.push(last.get(entry.path))
    }
  }
  return newest(short.map(({ at, path, old, new: now }) => ({ at, path, old: brief(old), new: brief(now) })))
}

/** As many of the newest entries as a record may carry; the first then says how many came earlier. */
function newest(log) {
  let room = MOST
  const kept = log.findLastIndex((entry) => (room -= encode(JSON.stringify(entry)).length + 1) < 0) + 1
  return kept ? [{ at: log[0].at, earlier: kept }, ...log.slice(kept)] : log
}

function brief(value) {
  const length = JSON.stringify(value ?? null).length
  return length > LONG ? { length } : value ?? null
}
