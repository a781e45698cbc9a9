// The PIN pad: six digits under one thumb, to open the tablet while there is no network, or to set the PIN.

import { age, put, showWhen } from "./figures.js"

const LENGTH = 6

/** Resolves when the tablet is open: another page of it may have signed in. */
const opened = (tablet) => new Promise((resolve) => {
  const look = () => {
    if (tablet.state !== "open") return
    tablet.removeEventListener("change", look)
    resolve()
  }
  tablet.addEventListener("change", look)
})

export class PinPad {
  /** `dialog` is the one of components/pin.html. */
  constructor(dialog) {
    this.dialog = dialog
    this.input = dialog.querySelector("input")
    dialog.addEventListener("click", (event) => this.press(event.target.closest("button")))
    dialog.addEventListener("cancel", (event) => this.isLock && event.preventDefault())
    dialog.addEventListener("close", () => this.finish(null))
    dialog.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); this.typed() })
    this.input.addEventListener("input", () => this.typed())
  }

  /** Ask until the tablet is open. Without a PIN it opens by signing in. */
  async unlock(tablet) {
    this.isLock = true
    while (tablet.state === "locked") {
      if (!tablet.hasPin) {
        this.show("sign-in")
        await opened(tablet)
        break
      }
      await this.wait(tablet)
      if (await tablet.unlock(await this.ask("unlock"))) break
      this.say("wrong")
    }
    this.close()
  }

  /** Set a PIN, given twice; whether it was. */
  async set(tablet) {
    this.isLock = false
    for (;;) {
      const first = await this.ask("set")
      const second = first && await this.ask("again")
      if (!first || !second) return false
      if (first === second) {
        await tablet.setPin(first)
        this.close()
        return true
      }
      this.say("differs")
    }
  }

  /** Ask once for another PIN than this tablet's, such as that of a rescue file; null when nobody gives it. */
  async askFor(task, words = "") {
    this.isLock = false
    this.say(words)
    const pin = await this.ask(task)
    this.close()
    return pin
  }

  /** After wrong ones the tablet makes people wait. */
  async wait(tablet) {
    while (tablet.closedUntil > Date.now()) {
      this.show("wait")
      put(this.dialog, { wait: age(tablet.closedUntil - Date.now() + 59_999) })
      await new Promise((resolve) => { setTimeout(resolve, 1000) })
    }
  }

  ask(task) {
    this.show(task)
    this.input.value = ""
    this.draw()
    return new Promise((resolve) => { this.resolve = resolve })
  }

  show(task) {
    showWhen(this.dialog, task, "task")
    if (!this.dialog.open) this.dialog.showModal()
    this.input.focus()
  }

  say(words) { showWhen(this.dialog, words, "says") }

  close() { if (this.dialog.open) this.dialog.close() }

  finish(value) {
    const { resolve } = this
    this.resolve = null
    resolve?.(value)
  }

  press(button) {
    if (!button) return
    if (button.matches("[data-digit]")) this.input.value = (this.input.value + button.dataset.digit).slice(0, LENGTH)
    else if (button.matches("[data-delete]")) this.input.value = this.input.value.slice(0, -1)
    else if (button.matches("[data-cancel]")) return this.close()
    else return
    this.typed()
  }

  typed() {
    this.input.value = this.input.value.replace(/[^0-9]/g, "").slice(0, LENGTH)
    this.draw()
    if (this.input.value.length === 1) this.say("")
    if (this.input.value.length === LENGTH) this.finish(this.input.value)
  }

  draw() {
    this.dialog.querySelectorAll(".pin-dots i").forEach((dot, k) => dot.classList.toggle("on", k < this.input.value.length))
  }
}
