// Entries that are no number or no day are named beside their field: at once by the page, and in the server's words.

import { parse, parseDay } from "./numbers.js"

const TYPED = "input[inputmode=decimal], input[inputmode=numeric]"

/** What is wrong with an entry: "number", "day" or nothing. */
function wrongWith(input) {
  const text = input.value.trim()
  if (!text || input.name.endsWith(".strokes")) return ""
  if (input.matches("[data-day]")) return parseDay(text) ? "" : "day"
  return parse(text) === null ? "number" : ""
}

export class Mistakes {
  constructor(form) {
    this.form = form
    form.addEventListener("change", (event) => event.target.matches(TYPED) && this.look(event.target))
    form.addEventListener("input", (event) => event.target.matches("[aria-invalid]") && this.clear(event.target))
  }

  /** {name: text} of entries that cannot be read: the score leaves them out. */
  get held() {
    return Object.fromEntries([...this.form.querySelectorAll(TYPED)].filter((input) => input.name && wrongWith(input))
      .map((input) => [input.name, input.value]))
  }

  look(input) {
    const kind = wrongWith(input)
    if (!kind) return this.clear(input)
    const words = document.querySelector(`[data-mistake="${kind}"]`).content.textContent.trim()
    this.say(input, words.replace("{text}", input.value.trim()))
  }

  /** Name every mistake; the first input that has one, or null. */
  lookAtAll() {
    const names = Object.keys(this.held)
    for (const name of names) this.look(this.form.elements[name])
    return names.length ? this.form.elements[names[0]] : null
  }

  /** Words of the server beside their fields: {path: words}; once for each answer, and none when all is well. */
  show(fields) {
    const told = JSON.stringify(fields)
    if (told === this.told) return
    this.told = told
    for (const place of this.said ?? []) this.clear(place)
    this.said = Object.keys(fields).map((name) => this.placeOf(name)).filter(Boolean)
    for (const place of this.said) this.say(place, fields[place.name || place.id])
  }

  placeOf(name) {
    const one = this.form.elements[name]
    return one instanceof RadioNodeList || !one ? document.getElementById(name) : one
  }

  say(input, words) {
    const id = `${input.name || input.id}-error`
    const old = document.getElementById(id)
    const error = old ?? Object.assign(document.createElement("p"), { id, className: "tone no small" })
    error.textContent = words
    if (!old) input.after(error)
    input.setAttribute("aria-invalid", "true")
    input.setAttribute("aria-describedby", id)
  }

  clear(input) {
    input.removeAttribute("aria-invalid")
    document.getElementById(`${input.name || input.id}-error`)?.remove()
  }
}
