// When and where a JPEG was taken, read from its metadata before it is made smaller and loses them.

import { plain } from "./place.js"

const FIRST = 256 * 1024 // bytes within which cameras write their metadata
const VIETNAM = "+07:00" // where a camera does not say its time zone
const SIZES = { 2: 1, 3: 2, 4: 4, 5: 8, 10: 8 }

/** { taken_at: ISO moment or null, lat, lon, accuracy: text or null } of a file; all null where it says nothing. */
export async function readExif(blob) {
  const nothing = { taken_at: null, lat: null, lon: null, accuracy: null }
  try {
    const view = new DataView(await blob.slice(0, FIRST).arrayBuffer())
    const start = findTiff(view)
    return start ? { ...nothing, ...read(view, start) } : nothing
  } catch { // cut short, or written by nobody who knew how
    return nothing
  }
}

/** Where the TIFF part of a JPEG's Exif segment begins; 0 where there is none. */
function findTiff(view) {
  if (view.getUint16(0) !== 0xffd8) return 0
  for (let at = 2; view.getUint8(at) === 0xff && view.getUint8(at + 1) !== 0xda; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint8(at + 1) === 0xe1 && view.getUint32(at + 4) === 0x45786966) return at + 10
  }
  return 0
}

function read(view, start) {
  const little = view.getUint16(start) === 0x4949
  const short = (at) => view.getUint16(at, little)
  const long = (at) => view.getUint32(at, little)

  /** The entries of the directory at `at`: tag → [type, count, where its value lies]. */
  function entries(at) {
    const found = new Map()
    for (let k = 0; k < short(at); k += 1) {
      const entry = at + 2 + 12 * k
      const [tag, type, count] = [short(entry), short(entry + 2), long(entry + 4)]
      found.set(tag, [type, count, count * (SIZES[type] ?? 1) > 4 ? start + long(entry + 8) : entry + 8])
    }
    return found
  }

  const text = ([, count, at]) => new TextDecoder().decode(new Uint8Array(view.buffer, at, count)).replace(/\0.*$/s, "").trim()
  const ratios = ([, count, at]) => Array.from({ length: count }, (_, k) => long(at + 8 * k) / long(at + 8 * k + 4))
  const below = (directory, tag) => directory.has(tag) ? entries(start + long(directory.get(tag)[2])) : new Map()

  const first = entries(start + long(start + 4))
  const [details, place] = [below(first, 0x8769), below(first, 0x8825)]
  return { ...moment(details, text), ...position(place, text, ratios) }
}

function moment(details, text) {
  const written = details.has(0x9003) ? text(details.get(0x9003)) : ""
  const zone = details.has(0x9011) ? text(details.get(0x9011)) : ""
  const [, year, month, day, clock] = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(written) ?? []
  const taken = new Date(`${year}-${month}-${day}T${clock}${zone || VIETNAM}`)
  return Number.isNaN(taken.valueOf()) ? {} : { taken_at: taken.toISOString() }
}

function position(place, text, ratios) {
  if (![1, 2, 3, 4].every((tag) => place.has(tag))) return {}
  const degrees = (tag, negative) => {
    const [whole, minutes, seconds] = ratios(place.get(tag + 1))
    return (text(place.get(tag)) === negative ? -1 : 1) * (whole + minutes / 60 + seconds / 3600)
  }
  const [lat, lon] = [degrees(1, "S"), degrees(3, "W")]
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180) || (lat === 0 && lon === 0)) return {}
  const accuracy = place.has(31) ? ratios(place.get(31))[0] : NaN
  return { lat: plain(lat, 6), lon: plain(lon, 6), accuracy: Number.isFinite(accuracy) ? plain(accuracy, 1) : null }
}
