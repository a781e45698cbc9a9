// The page of visits: what is to be done today, the proof that it can be done without a network, what waits to be sent.

import { ask, connect } from "../common/line.js"
import { PinPad } from "../common/pin.js"
import { tellInUse } from "../common/in-use.js"
import { watchStanding } from "../common/standing.js"
import { Tablet } from "../tablet/tablet.js"
import { Agenda } from "./agenda.js"
import { Installing } from "./installing.js"
import { Queue } from "./queue.js"
import { Readiness } from "./readiness.js"

document.body.dataset.started = "yes"
const page = document.querySelector("[data-tablet]")
const ready = document.getElementById("ready")
const box = document.getElementById("queue")
new Installing(ready)

const [registration, tablet] = await Promise.all([
  connect(), Tablet.open({ person: Number(page.dataset.person), app: page.dataset.app })])
const readiness = new Readiness(ready, tablet)
const agenda = new Agenda(tablet)
const pad = new PinPad(document.getElementById("pin"))
page.dataset.tablet = tablet.state

if (tablet.state === "unavailable" || !registration) readiness.say("unavailable")
if (tablet.state === "unavailable") watchStanding(document.querySelector("[data-standing]"), null)
else await work()

async function work() {
  const queue = new Queue(box, tablet, pad)
  await watchStanding(document.querySelector("[data-standing]"), tablet, async (summary) => {
    page.dataset.tablet = tablet.state
    await Promise.all([tellInUse(tablet), queue.show(summary), agenda.show(summary)])
    readiness.pin()
  })
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button")
    if (button?.matches("[data-unlock]")) await pad.unlock(tablet)
    if (button?.matches("[data-set-pin]") && await pad.set(tablet)) readiness.pin()
  })
  for (const kind of ["signed-out", "revoked", "skew"]) tablet.addEventListener(kind, () => { document.querySelector(`[data-told="${kind}"]`).hidden = false })
  if (!registration) return
  await readiness.run()
  addEventListener("online", () => readiness.run())
  watchVersion(registration)
}

/** A new service worker waits until somebody lets it take over, and no form is open. */
function watchVersion(worker) {
  const note = document.querySelector("[data-update]")
  const look = () => { note.hidden = !worker.waiting || !navigator.serviceWorker.controller }
  worker.addEventListener("updatefound", () => worker.installing?.addEventListener("statechange", look))
  note.querySelector("button").addEventListener("click", async () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true })
    const { ok } = await ask("take-over", {}, worker.waiting)
    note.querySelector("[data-busy]").hidden = ok
  })
  worker.update().catch(() => {})
  look()
}
