// The survey form. What is entered stands on the tablet before anything else happens; the tablet core sends it.

import { ask, connect } from "../line.js"
import { tellInUse } from "../visits/in-use.js"
import { PinPad } from "../visits/pin.js"
import { isOnline, watchStanding } from "../visits/standing.js"
import { Tablet } from "../tablet/tablet.js"
import { Bags } from "./bags.js"
import { read } from "./document.js"
import { Evidence } from "./evidence.js"
import { HandingIn } from "./handing-in.js"
import { Keeper } from "./keeping.js"
import { Last } from "./last.js"
import { lay } from "./laying.js"
import { Live } from "./live.js"
import { Mistakes } from "./mistakes.js"
import { Places } from "./places.js"
import { showTyped } from "./score.js"
import { Sheet } from "./sheet.js"
import { Signing } from "./signing.js"
import { Tally } from "./tally.js"
import { Telling } from "./telling.js"

const form = document.getElementById("survey")
const { person, app } = form.dataset
const given = JSON.parse(document.getElementById("given").textContent)
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)

// The parts of the page. `touch` is called after each tap, `keeper` comes when the tablet is open.
let keeper = null
let draft = null
const mistakes = new Mistakes(form)
const live = new Live(form, JSON.parse(document.getElementById("rules").textContent), () => mistakes.held)
const score = () => live.soon(() => draft?.evidence ?? given.evidence)
const parts = { sheet: new Sheet(form, touch), bags: new Bags(form, touch), tally: new Tally(form, touch), signatures: [] }
parts.signatures = [...document.querySelectorAll("[data-sign]")].map((box) => new Signing(box, touch))
new Places()
new Last(form)

/** Something was tapped. */
function touch(event = null) {
  form.elements.observed_at.value ||= new Date().toISOString()
  keeper?.tapped(event)
  score()
}

form.addEventListener("input", (event) => {
  const { target } = event
  if (target.type === "file" || target.matches("[data-caption]")) return
  const section = target.closest("[data-criterion]")
  if (section) showTyped(section)
  if (target.type === "radio" || target.type === "checkbox") return touch(event)
  form.elements.observed_at.value ||= new Date().toISOString()
  keeper?.typed(event)
  score()
})

form.addEventListener("click", (event) => {
  const button = event.target.closest("button")
  if (button?.matches(".count [data-step]")) stepBy(button)
  if (!button?.matches("[data-fill]")) return
  const input = form.elements[button.dataset.fill]
  input.value = button.textContent.trim()
  input.focus()
  touch(event)
})

function stepBy(button) {
  const input = button.parentElement.querySelector("input")
  input.value = Math.max(0, (parseInt(input.value, 10) || 0) + Number(button.dataset.step))
  input.dispatchEvent(new Event("input", { bubbles: true }))
}

document.querySelector("[data-to-missing]").addEventListener("click", () => document.body.classList.add("show-missing"))
document.querySelectorAll("[data-criterion]").forEach(showTyped)
parts.sheet.show()

const tablet = await Tablet.open({ person: Number(person), app })
await begin()

async function begin() {
  if (tablet.state === "unavailable") return standAlone()
  await new PinPad(document.getElementById("pin")).unlock(tablet)
  if (tablet.state === "locked") return
  draft = await tablet.draft(given)
  if (!same(read(form), draft.document) && draft.isStored) lay(form, draft.document, parts)
  live.show(read(form, mistakes.held), draft.evidence)
  new Desk(tablet)
  document.body.dataset.open = "yes"
}

/** Nothing can be kept on this device: the page works with a network, and its own form saves it. */
function standAlone() {
  document.body.dataset.open = "plain"
  live.show(read(form, mistakes.held), given.evidence)
  watchStanding(document.querySelector("[data-standing]"), null)
}

/** The page with an open tablet under it. */
class Desk {
  constructor() {
    this.telling = new Telling()
    this.evidence = new Evidence(form, draft, { onChange: () => { score(); this.show() } })
    keeper = new Keeper(form, draft, {
      onKept: (moment) => { this.telling.at(moment); this.show() },
      onTrouble: (error) => this.fail(error) })
    this.handing = new HandingIn({ form, tablet, draft, app, check: () => this.isComplete(), scored: () => this.live().score,
      onTrouble: (error) => this.fail(error) })
    this.listen()
    document.querySelector("[data-restored]").hidden = !draft.isRestored
    watchStanding(document.querySelector("[data-standing]"), tablet, (summary) => this.changed(summary))
    this.prepare()
  }

  listen() {
    tablet.addEventListener("moved", ({ detail }) => detail.id === draft.id && this.relay())
    tablet.addEventListener("signed-out", () => { this.telling.signedOut = "signed-out"; this.show() })
    tablet.addEventListener("revoked", () => { this.telling.signedOut = "revoked"; this.show() })
    tablet.addEventListener("skew", () => { document.querySelector("[data-skewed]").hidden = false })
    document.querySelector(".alarms").addEventListener("click", (event) => this.answer(event.target.closest("button")))
    form.addEventListener("submit", (event) => event.preventDefault())
  }

  live() { return live.show(read(form, mistakes.held), draft.evidence) }

  /** The tablet has sent, received, or locked itself. */
  async changed(summary) {
    if (tablet.state === "locked") return this.lock()
    await tellInUse(tablet)
    if (summary?.items.some(({ id, isSaved }) => id === draft.id && isSaved)) this.telling.signedOut = null
    this.evidence.show()
    this.show(isOnline(summary))
    if (draft.problem === "fields" || draft.state === "refused") mistakes.show((await draft.answer())?.fields)
  }

  show(online = navigator.onLine) {
    this.telling.show(draft)
    this.handing.show(online)
  }

  fail(error) {
    if (error.code === "sealed") return this.relay() // another page has handed it in
    this.telling.trouble = error
    this.show()
  }

  /** Another page, or another tablet, wrote on this survey: show what stands now. */
  relay() {
    keeper.isLaying = true
    lay(form, draft.document, parts)
    keeper.isLaying = false
    this.evidence.show()
    score()
    this.show()
  }

  async lock() {
    if (this.isLocked) return
    this.isLocked = true
    document.body.dataset.open = ""
    await new PinPad(document.getElementById("pin")).unlock(tablet)
    this.isLocked = false
    document.body.dataset.open = "yes"
    await keeper.keep()
  }

  async answer(button) {
    if (button?.matches("[data-retry]")) { this.telling.signedOut = null; await keeper.keep(); tablet.send() }
    if (button?.matches("[data-mine]")) await draft.accept("mine")
    if (button?.matches("[data-theirs]")) { await draft.accept("theirs"); this.relay() }
    if (button) this.show()
  }

  /** Before handing in: everything is stored, readable and there; else the page shows what is not. */
  async isComplete() {
    await this.evidence.settle()
    if (!await keeper.keep()) return false
    const wrong = mistakes.lookAtAll()
    const gaps = this.live().missing
    if (wrong) { location.hash = wrong.closest(".part").id; wrong.scrollIntoView({ block: "center" }); wrong.focus() }
    else if (gaps.length) location.hash = "#finish"
    return !wrong && !gaps.length
  }

  /** The page itself is kept for the next time, and whether there is a newer one is said. */
  async prepare() {
    const wasControlled = Boolean(navigator.serviceWorker?.controller)
    if (await connect() && !wasControlled) await ask("keep", { path: location.pathname })
    const newest = await fetch("/offline", { method: "HEAD", cache: "no-store" }).then((answer) => answer.headers.get("X-PPX"), () => null)
    document.querySelector("[data-newer]").hidden = !newest || newest === app || !draft.isStored
  }
}
