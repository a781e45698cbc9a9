// The survey form. What is entered stands on the tablet before anything else happens; the tablet core sends it.

import { Tablet } from "../tablet/tablet.js"
import { clearedName, tellInUse } from "../common/in-use.js"
import { watchStanding } from "../common/standing.js"
import { Bags } from "./bags.js"
import { read } from "./document.js"
import { Live } from "./live.js"
import { Mistakes } from "./mistakes.js"
import { Places } from "./places.js"
import { showTyped } from "./score.js"
import { Sheet } from "./sheet.js"
import { Signing } from "./signing.js"
import { Tally } from "./tally.js"
import { Work, unlock } from "./work.js"

const form = document.getElementById("survey")
const { person, app } = form.dataset
const given = JSON.parse(document.getElementById("given").textContent)
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)

// The parts of the page. `touch` is called after each tap; `work` begins when the tablet is open.
let work = null
const mistakes = new Mistakes(form)
const live = new Live(form, JSON.parse(document.getElementById("rules").textContent), () => mistakes.held)
const score = () => live.soon(() => work?.draft.evidence ?? given.evidence)
const parts = { sheet: new Sheet(form, touch), bags: new Bags(form, touch), tally: new Tally(form, touch), signatures: [] }
parts.signatures = [...document.querySelectorAll("[data-sign]")].map((box) => new Signing(box, touch))
new Places()
if (document.querySelector("[data-last], [data-last-lines]")) import("./last.js").then(({ Last }) => new Last(form))

/** Something was tapped. What was said is stored first; the score follows when it stands. */
function touch(event = null) {
  form.elements.observed_at.value ||= new Date().toISOString()
  if (work) work.keeper.keep(event)
  else score()
}

form.addEventListener("input", (event) => {
  const { target } = event
  if (target.type === "file" || target.matches("[data-caption]")) return
  const section = target.closest("[data-criterion]")
  if (section) showTyped(section)
  if (target.type === "radio" || target.type === "checkbox") return touch(event)
  form.elements.observed_at.value ||= new Date().toISOString()
  if (work) work.keeper.typed(event)
  else score()
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

document.body.dataset.started = "yes"
const tablet = await Tablet.open({ person: Number(person), app })
await begin().catch((trouble) => {
  document.body.dataset.started = "no" // something fetched only now did not come: components/unstarted.html
  throw trouble
})

async function begin() {
  if (tablet.state === "unavailable") return standAlone()
  await unlock(tablet)
  if (tablet.state === "locked") return
  const draft = await tablet.draft({ ...given, survey: given.survey ?? clearedName(person, location.pathname) })
  if (!draft.isStored && (await tellInUse(tablet)).includes(location.pathname)) {
    return location.reload() // this page was kept for a survey that was cleared away: the server may know more
  }
  if (!same(read(form), draft.document) && draft.isStored) (await layer())(draft.document)
  live.show(read(form, mistakes.held), draft.evidence)
  if (document.querySelector("[data-needs-sent]")) import("./moving.js").then(({ Moving }) => new Moving(tablet, draft))
  work = new Work({ form, tablet, draft, live, mistakes, layer, score })
  document.body.dataset.open = "yes"
  performance.mark("open") // bench/bench_tablet.py
}

/** What puts a document into the page; fetched when it is needed, as most pages open as they are. */
async function layer() {
  const { lay } = await import("./laying.js")
  return (document) => lay(form, document, parts)
}

/** Nothing can be kept on this device: the page works with a network, and its own form saves it. */
function standAlone() {
  document.body.dataset.open = "plain"
  live.show(read(form, mistakes.held), given.evidence)
  watchStanding(document.querySelector("[data-standing]"), null)
}
