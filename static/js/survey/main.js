// The survey form: shows its parts, saves what is typed, sends evidence, signs and submits.

import { Bags } from "./bags.js"
import { Evidence } from "./evidence.js"
import { build, difference, entries } from "./document.js"
import { Places } from "./places.js"
import { Saver } from "./saving.js"
import { allowSubmitting, showMissing, showScore, showTyped } from "./score.js"
import { Sheet } from "./sheet.js"
import { Signing } from "./signing.js"
import { Tally } from "./tally.js"

const form = document.getElementById("survey")
const state = document.getElementById("state")
const confirm = document.getElementById("confirm")

const saver = new Saver(form, { onState: showState, onSaved, onFields: showErrors })
const touch = () => { form.elements.observed_at.value ||= new Date().toISOString(); saver.touch() }
const sheet = new Sheet(form, touch)
const bags = new Bags(form, touch)
restore()
const tally = new Tally(form, touch)
const signatures = Object.fromEntries([...document.querySelectorAll("[data-sign]")].map((box) => [box.dataset.sign, new Signing(box, touch)]))
const evidence = new Evidence(form, showSending, () => saver.refresh())
new Places()

function showState(name, words) {
  state.dataset.state = name
  for (const alarm of document.querySelectorAll("[data-alarm]")) alarm.hidden = alarm.dataset.alarm !== name
  if (name === "closed") document.querySelector("[data-alarm=closed] [data-words]").textContent = words
}

function onSaved({ score, missing, saved_at: at }) {
  const clock = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Ho_Chi_Minh" }
  state.querySelector("[data-at]").textContent = (at ? new Date(at) : new Date()).toLocaleTimeString("vi", clock)
  form.querySelectorAll("[data-error-of]").forEach((error) => isHeld(error.dataset.errorOf) || clear(error))
  if (score) showScore(score)
  if (missing) showMissing(missing)
}

const isHeld = (name) => saver.held[name] !== undefined && saver.held[name] === entries(form)[name]

/** Words of the server beside their fields. */
function showErrors(fields) {
  for (const [name, words] of Object.entries(fields)) {
    const input = form.elements[name]?.length ? document.getElementById(name) : form.elements[name] ?? document.getElementById(name)
    if (!input) continue
    const old = document.getElementById(`${name}-error`)
    const error = old ?? Object.assign(document.createElement("p"), { id: `${name}-error`, className: "tone no small" })
    error.dataset.errorOf = name
    error.textContent = words
    if (!old) input.after(error)
    input.setAttribute("aria-invalid", "true")
    input.setAttribute("aria-describedby", error.id)
  }
}

function clear(error) {
  const input = form.elements[error.dataset.errorOf]
  input?.removeAttribute?.("aria-invalid")
  error.remove()
}

function showSending() {
  const tag = state.querySelector("[data-sending]")
  tag.hidden = !evidence.waiting
  tag.querySelector("[data-count]").textContent = evidence.waiting
}

/** Bring back what an earlier page on this tablet could not send. */
function restore() {
  const copy = saver.copy
  if (!copy || !Object.keys(difference(build(copy.entries), saver.sent)).length) return saver.forget()
  for (const name of Object.keys(copy.entries)) {
    const [kind, first, second] = name.split(".")
    if (kind === "lines") sheet.add(`${first}.${second}`)
    if (kind === "bags") while (bags.samples.length <= Number(first)) bags.add()
  }
  for (const input of form.elements) {
    if (input.type === "radio") input.checked = copy.entries[input.name] === input.value
    else if (input.type === "checkbox") input.checked = input.name in copy.entries
    else if (input.name in copy.entries) input.value = copy.entries[input.name]
  }
  form.elements.revision.value = copy.revision
  document.querySelector("[data-restored]").hidden = copy.arrived
  saver.touch()
}

async function submit(event) {
  event.preventDefault()
  const saved = await saver.flush()
  if (!saved || evidence.waiting || document.body.dataset.lacking !== "0") { location.hash = "#finish"; return }
  confirm.returnValue = ""
  confirm.showModal()
  confirm.onclose = () => {
    if (confirm.returnValue !== "yes") return
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: "submit" }))
    form.submit()
  }
}

function stepBy(button) {
  const input = button.parentElement.querySelector("input")
  input.value = Math.max(0, (parseInt(input.value, 10) || 0) + Number(button.dataset.step))
  input.dispatchEvent(new Event("input", { bubbles: true }))
}

form.addEventListener("input", (event) => {
  if (event.target.type === "file" || event.target.matches("[data-caption]")) return
  const section = event.target.closest("[data-criterion]")
  if (section) showTyped(section)
  touch()
})

form.addEventListener("click", (event) => {
  const button = event.target.closest("button")
  if (button?.matches(".count [data-step]")) stepBy(button)
  if (button?.matches("[data-fill]")) {
    const input = form.elements[button.dataset.fill]
    input.value = button.textContent.trim()
    input.focus()
    touch()
  }
})

document.querySelector(".alarms").addEventListener("click", (event) => {
  const button = event.target.closest("button")
  if (button?.matches("[data-retry]")) saver.retry()
  if (button?.matches("[data-overwrite]")) saver.overwrite()
  if (button?.matches("[data-reload]")) { saver.forget(); saver.state = "saved"; location.reload() }
})

form.addEventListener("submit", (event) => event.submitter?.value === "submit" || event.preventDefault())
document.querySelector("[name=do][value=submit]").addEventListener("click", submit)
document.querySelector("[data-to-missing]").addEventListener("click", () => document.body.classList.add("show-missing"))
for (const kind of ["online", "offline"]) addEventListener(kind, showLine)
function showLine() { state.querySelector("[data-offline]").hidden = navigator.onLine }
showLine()
document.querySelectorAll("[data-criterion]").forEach(showTyped)
document.querySelectorAll("[data-line]").forEach((line) => sheet.compute(line))
allowSubmitting()
document.documentElement.classList.add("ready")
