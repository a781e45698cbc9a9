// What is on the page goes onto the tablet: a tap at once, typing with the next frame. Nothing else happens before.

import { read } from "./document.js"

export class Keeper {
  /** `onKept(moment)` when everything stands on the tablet, `onTrouble(error)` when it could not be stored. */
  constructor(form, draft, { onKept, onTrouble }) {
    Object.assign(this, { form, draft, onKept, onTrouble, isLaying: false })
    const now = () => this.frame && this.keep()
    document.addEventListener("visibilitychange", now)
    addEventListener("pagehide", now)
  }

  /** Something is being typed: frames come sixty a second, keys do not. */
  typed(event) { this.frame ??= requestAnimationFrame(() => this.keep(event)) }

  /** Store what the page says; resolves to whether it stands on the tablet. */
  async keep(event = null) {
    cancelAnimationFrame(this.frame)
    this.frame = null
    if (this.isLaying) return true
    try {
      await this.draft.change(read(this.form))
    } catch (error) {
      this.onTrouble(error)
      return false
    }
    if (event) performance.measure("kept", { start: event.timeStamp }) // bench/bench_tablet.py
    this.onKept(Date.now())
    return true
  }
}
