// Where the tablet is while evidence is taken, with its accuracy, or why nobody can say; measured only then (battery).

const AROUND = 30_000 // ms before or after a photo in which a position counts as its own
const PATIENCE = 8_000 // ms until a person is asked why there is none
const TOLD = ["basement"] // reasons only a person knows

/** A figure as the survey's documents write it: rounded, without idle zeros. */
export const plain = (number, places) => String(Number(number.toFixed(places)))

export class Whereabouts {
  /** `onChange` is called whenever something is known anew. `told`: what a person said on an earlier page. */
  constructor({ onChange, told: { place_reason = "", store_code = "" } = {} }) {
    const told = TOLD.includes(place_reason) || store_code ? { place_reason, store_code } : null
    Object.assign(this, { onChange, told, fixes: [], trouble: "geolocation" in navigator ? "unavailable" : "off" })
  }

  /** Begin to measure; `stop` ends it. */
  start() {
    clearTimeout(this.ending)
    if (this.watch !== undefined || !("geolocation" in navigator)) return this.onChange()
    this.waiting = setTimeout(() => { this.isLate = true; this.onChange() }, PATIENCE)
    this.watch = navigator.geolocation.watchPosition((found) => this.found(found), (trouble) => this.failed(trouble),
      { enableHighAccuracy: true, maximumAge: 10_000 })
  }

  /** Stop measuring, after the last photo has had its time. */
  stop() {
    clearTimeout(this.ending)
    this.ending = setTimeout(() => {
      clearTimeout(this.waiting)
      if (this.watch !== undefined) navigator.geolocation.clearWatch(this.watch)
      this.watch = undefined
    }, AROUND)
  }

  found({ coords }) {
    const now = Date.now()
    this.fixes = [...this.fixes.filter((fix) => now - fix.at < 2 * AROUND), { at: now, coords }]
    this.told = null
    this.onChange()
  }

  failed({ code, PERMISSION_DENIED }) {
    this.trouble = code === PERMISSION_DENIED ? "denied" : "unavailable"
    this.isLate = true
    this.onChange()
  }

  /** A person's word for all that follows, until a position comes: a reason, a code of the store, or both. */
  tell(said) {
    this.told = { place_reason: this.trouble, store_code: "", ...this.told, ...said }
    this.onChange()
  }

  /** The most accurate position around a moment (ms), or null. */
  around(moment) {
    const near = this.fixes.filter((fix) => Math.abs(fix.at - moment) <= AROUND)
    return near.length ? near.reduce((best, fix) => (fix.coords.accuracy < best.coords.accuracy ? fix : best)).coords : null
  }

  /** What belongs into the facts of evidence taken at a moment (ms). */
  factsAt(moment) {
    const fix = this.around(moment)
    if (!fix) return { lat: null, lon: null, accuracy: null, ...(this.told ?? { place_reason: this.trouble, store_code: "" }) }
    const { latitude, longitude, accuracy } = fix
    return { lat: plain(latitude, 6), lon: plain(longitude, 6), accuracy: plain(accuracy, 1), place_reason: "", store_code: "" }
  }

  /** placed, told, looking, or why not: denied, unavailable, off. */
  get state() {
    if (this.around(Date.now())) return "placed"
    if (this.told) return "told"
    return this.isLate || this.trouble === "off" ? this.trouble : "looking"
  }
}
