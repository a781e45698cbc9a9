// What the page says of itself: when it was last kept, and what somebody has to do something about.

import { clock, put, showWhen } from "../common/figures.js"
import { REFUSED } from "../tablet/queue.js"

export class Telling {
  constructor() {
    this.kept = document.getElementById("kept-state")
    this.alarms = document.querySelector(".alarms")
    this.trouble = null // storing failed: {code}
    this.signedOut = null // "signed-out" or "revoked"
  }

  /** When everything last stood on the tablet. */
  at(moment) { put(this.kept, { at: clock(moment) }) }

  show(draft) {
    const state = this.trouble ? "failed" : !draft.isStored ? "page" : draft.isSaved ? "server" : "tablet"
    this.kept.dataset.now = state
    showWhen(this.kept, state)
    this.alarm(this.alarmOf(draft), draft)
  }

  /** The one thing that matters most. */
  alarmOf({ state, problem }) {
    if (this.trouble) return this.trouble.code === "lost-file" ? "lost" : "storage"
    if (state === "differs") return "differs"
    if (this.signedOut) return this.signedOut
    if (REFUSED.has(problem)) return "closed"
    return state === "refused" || problem === "fields" ? "fields" : ""
  }

  async alarm(name, draft) {
    const isNew = this.alarms.dataset.now !== name
    this.alarms.dataset.now = name
    for (const alarm of this.alarms.querySelectorAll("[data-alarm]")) alarm.hidden = alarm.dataset.alarm !== name
    if (isNew && (name === "closed" || name === "fields")) put(this.alarms, { error: (await draft.answer())?.error ?? "" })
  }
}
