// Proof that the visits open without a network: each is kept, read back, compared, and opened with the network refused.

import { bytes, clock, put, showWhen, skew } from "../common/figures.js"
import { ask } from "../common/line.js"

const LITTLE = 500e6 // bytes of free storage under which people are warned
const SKEWED = 5 * 60_000

export class Readiness {
  /** `box` is the section of surveys/readiness.html; visits are elements with data-visit and data-form. */
  constructor(box, tablet) {
    Object.assign(this, { box, tablet })
    this.extra = false
    box.querySelector("[data-check]").addEventListener("click", () => this.run())
    box.querySelector("[data-extra]")?.addEventListener("click", () => { this.extra = true; this.run() })
  }

  get visits() {
    return [...document.querySelectorAll(this.extra ? "[data-prepare]" : "[data-prepare=today]")]
  }

  /** Prepare what the network allows, then prove everything. One run at a time. */
  run() {
    this.running ??= this.#run().finally(() => { this.running = null })
    return this.running
  }

  async #run() {
    this.say("working")
    const { visits } = this
    await ask("keep", { path: "/offline" })
    await ask("keep", { path: location.pathname })
    const proofs = []
    for (const [k, visit] of visits.entries()) {
      put(this.box, { done: `${k}/${visits.length}` })
      proofs.push(await this.prove(visit))
    }
    if (navigator.onLine) await ask("tidy")
    this.show(visits, proofs)
    await this.facts()
  }

  async prove(visit) {
    const path = visit.dataset.form
    await ask("keep", { path })
    const proof = await ask("prove", { path })
    const mark = visit.querySelector("[data-ready]")
    showWhen(mark, proof.ok ? "yes" : "no")
    mark.hidden = false
    put(mark, { ready: clock(Date.now()) })
    return proof
  }

  show(visits, proofs) {
    const sum = (name) => proofs.reduce((total, proof) => total + (proof[name] ?? 0), 0)
    const good = proofs.filter(({ ok }) => ok).length
    put(this.box, { visits: `${good}/${visits.length}`, files: `${sum("good")}/${sum("files")}`, photos: `${sum("seen")}/${sum("photos")}`,
      at: new Date().toLocaleTimeString("vi", { hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh" }), short: clock(Date.now()) })
    this.mark("visits", good === visits.length)
    this.mark("files", sum("good") === sum("files"))
    this.mark("photos", sum("seen") === sum("photos"))
    this.say(!visits.length ? "nothing" : good === visits.length ? "ready" : navigator.onLine ? "lacking" : "offline")
  }

  /** What the browser says of this device. */
  async facts() {
    const storage = navigator.storage
    const isKept = await storage?.persist?.().catch(() => false) ?? false
    const { free, skewMs } = await this.tablet.health()
    showWhen(this.box, isKept ? "yes" : "no", "kept")
    this.mark("persisted", isKept)
    put(this.box, { free: free === null ? "–" : bytes(free), skew: skewMs === null ? "–" : skew(skewMs) })
    this.mark("free", free === null || free > LITTLE)
    this.mark("skew", skewMs === null || Math.abs(skewMs) <= SKEWED)
    this.pin()
  }

  pin() {
    const state = this.tablet.state === "unavailable" ? "none" : this.tablet.hasPin ? "yes" : "no"
    showWhen(this.box, state, "pin")
    this.mark("pin", this.tablet.hasPin)
  }

  say(state) {
    this.box.dataset.now = state
    showWhen(this.box, state, "say")
  }

  mark(name, isGood) {
    const line = this.box.querySelector(`[data-fact="${name}"]`)
    line.classList.toggle("lacks", !isGood)
    showWhen(line, isGood ? "good" : "bad", "mark")
  }
}
