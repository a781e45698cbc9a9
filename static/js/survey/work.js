// The form at work on an open tablet: what is entered is kept there, what the tablet does is shown here.

import { ask, connect } from "../common/line.js"
import { tellInUse } from "../common/in-use.js"
import { isOnline, watchStanding } from "../common/standing.js"
import { read } from "./document.js"
import { Evidence } from "./evidence.js"
import { HandingIn } from "./handing-in.js"
import { Keeper } from "./keeping.js"
import { Telling } from "./telling.js"

const QUIET = 1500 // ms after opening in which nothing else is done

export class Work {
  /** `score()` shows the provisional score with the next frame, `live` at once; `layer` fetches what puts a document into the page. */
  constructor({ form, tablet, draft, live, mistakes, layer, score }) {
    Object.assign(this, { form, tablet, draft, live, mistakes, layer, score, app: form.dataset.app })
    const onTrouble = (error) => this.fail(error)
    this.telling = new Telling()
    this.evidence = new Evidence(form, draft, { onChange: () => { score(); this.show() } })
    this.keeper = new Keeper(form, draft, { onKept: (moment) => this.kept(moment), onTrouble })
    this.handing = new HandingIn({ tablet, draft, app: this.app, check: () => this.isComplete(), scored: () => this.measure().score, onTrouble })
    this.listen()
    document.querySelector("[data-restored]").hidden = !draft.isRestored
    watchStanding(document.querySelector("[data-standing]"), tablet, (summary) => this.changed(summary))
    this.prepare()
  }

  listen() {
    this.tablet.addEventListener("moved", ({ detail }) => detail.id === this.draft.id && this.relay())
    this.tablet.addEventListener("signed-out", () => { this.telling.signedOut = "signed-out"; this.show() })
    this.tablet.addEventListener("revoked", () => { this.telling.signedOut = "revoked"; this.show() })
    this.tablet.addEventListener("skew", () => { document.querySelector("[data-skewed]").hidden = false })
    document.querySelector(".alarms").addEventListener("click", (event) => this.answer(event.target.closest("button")))
    this.form.addEventListener("submit", (event) => event.preventDefault())
  }

  /** The score and what is missing, now. */
  measure() { return this.live.show(read(this.form, this.mistakes.held), this.draft.evidence) }

  /** The tablet has sent, received, or locked itself. */
  async changed(summary) {
    if (this.tablet.state === "locked") return this.lock()
    await tellInUse(this.tablet)
    const mine = summary?.items.find(({ id }) => id === this.draft.id)
    if (mine) this.telling.at(mine.changedAt)
    if (mine?.isSaved) this.telling.signedOut = null
    this.evidence.show()
    this.show(isOnline(summary))
    const isWrong = this.draft.problem === "fields" || this.draft.state === "refused"
    this.mistakes.show((isWrong && (await this.draft.answer())?.fields) || {})
  }

  /** Everything stands on the tablet. */
  kept(moment) {
    this.telling.trouble = null
    this.telling.at(moment)
    this.score()
    this.show()
  }

  show(online = navigator.onLine) {
    this.telling.show(this.draft)
    this.handing.show(online)
  }

  fail(error) {
    this.score()
    if (error.code === "sealed") return this.relay() // another page has handed it in
    this.telling.trouble = error
    this.show()
  }

  /** Another page, or another tablet, wrote on this survey: show what stands now. */
  async relay() {
    const lay = await this.layer()
    this.keeper.isLaying = true // from here without waiting: nothing entered in between is passed over
    lay(this.draft.document)
    this.keeper.isLaying = false
    this.evidence.show()
    this.score()
    this.show()
  }

  async lock() {
    if (this.isLocked) return
    this.isLocked = true
    document.body.dataset.open = ""
    await unlock(this.tablet)
    this.isLocked = false
    document.body.dataset.open = "yes"
    await this.keeper.keep()
  }

  async answer(button) {
    if (button?.matches("[data-retry]")) { this.telling.signedOut = null; await this.keeper.keep(); this.tablet.send() }
    if (button?.matches("[data-mine]")) await this.draft.accept("mine")
    if (button?.matches("[data-theirs]")) { await this.draft.accept("theirs"); this.relay() }
    if (button) this.show()
  }

  /** Before handing in: everything is stored, readable and there; else the page shows what is not. */
  async isComplete() {
    await this.evidence.settle()
    if (!await this.keeper.keep()) return false
    const wrong = this.mistakes.lookAtAll()
    const gaps = this.measure().missing
    if (wrong) { location.hash = wrong.closest(".part").id; wrong.scrollIntoView({ block: "center" }); wrong.focus() }
    else if (gaps.length) location.hash = "#finish"
    return !wrong && !gaps.length
  }

  /** This page and, in a quiet moment, the list of visits are kept for the next time; is there a newer page? */
  async prepare() {
    const isNew = !navigator.serviceWorker?.controller
    if (await connect() && isNew) await ask("keep", { path: location.pathname })
    await new Promise((resolve) => { setTimeout(resolve, QUIET) })
    for (const path of [location.pathname, "/visits"]) if (!(await ask("prove", { path })).ok) await ask("keep", { path })
    const newest = await fetch("/offline", { cache: "no-store" }).then((answer) => answer.headers.get("X-PPX"), () => null)
    document.querySelector("[data-newer]").hidden = !newest || newest === this.app || !this.draft.isStored
  }
}

/** Ask for the PIN while the tablet is locked. */
export async function unlock(tablet) {
  if (tablet.state !== "locked") return
  const { PinPad } = await import("../common/pin.js")
  await new PinPad(document.getElementById("pin")).unlock(tablet)
}
