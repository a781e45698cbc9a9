// Handing in: the record is sealed on the tablet, then it and its photos go to the server until that has signed for all.

import { ask } from "../common/line.js"
import { put, showWhen } from "../common/figures.js"
import { REFUSED, listLost } from "../tablet/queue.js"

const SENDING = new Set(["ready", "sending", "received", "complete"])

export class HandingIn {
  /** `check()` resolves to whether everything is there, and shows what is not. */
  constructor({ tablet, draft, app, check, scored, onTrouble }) {
    Object.assign(this, { tablet, draft, app, check, scored, onTrouble, moving: 0 })
    this.box = document.getElementById("sending")
    this.dialog = document.getElementById("confirm")
    this.was = draft.state
    document.querySelector("[name=do][value=submit]").addEventListener("click", (event) => this.submit(event))
    this.box.addEventListener("click", (event) => this.click(event.target.closest("button")))
    tablet.addEventListener("progress", ({ detail }) => {
      if (detail.id !== draft.id) return
      this.moving = detail.sent
      this.figures()
    })
  }

  get isSealed() { return SENDING.has(this.draft.state) }

  async submit(event) {
    event.preventDefault()
    if (!await this.check()) return
    this.dialog.returnValue = ""
    this.dialog.showModal()
    this.dialog.onclose = () => this.dialog.returnValue === "yes" && this.seal()
  }

  async seal() {
    try {
      await this.draft.seal({ score: this.scored(), app: this.app })
    } catch (error) {
      this.onTrouble(error)
    }
    this.show()
    scrollTo(0, 0)
    this.box.querySelector("h2").focus()
    this.tablet.send()
  }

  async click(button) {
    if (button?.matches("[data-send]")) this.tablet.send()
    if (button?.matches("[data-take-back]")) await this.tablet.takeBack(this.draft.id).catch((error) => this.onTrouble(error))
    if (!button?.matches("[data-reopen]")) return
    await this.draft.reopen().catch((error) => this.onTrouble(error))
    this.show()
  }

  /** The page as the survey's state wants it. */
  show(isOnline = navigator.onLine) {
    const { state } = this.draft
    document.body.dataset.mode = this.isSealed ? "sending" : "filling"
    this.box.hidden = !this.isSealed
    this.box.querySelector("[data-stuck]").hidden = !this.draft.isStuck
    if (this.isSealed) {
      showWhen(this.box, state)
      showWhen(this.box, isOnline ? "on" : "off", "online")
      showWhen(this.box, listLost(this.draft).length ? "lost" : "barred", "cause")
      this.figures()
      this.refuse()
    }
    if (state === "complete" && this.was !== "complete" && SENDING.has(this.was)) this.arrive()
    this.was = state
  }

  /** The server does not take it, as from somebody whose role was taken away: in its words. */
  async refuse() {
    const note = this.box.querySelector("[data-refused]")
    note.hidden = this.draft.isStuck || !REFUSED.has(this.draft.problem)
    if (!note.hidden) put(note, { refusal: (await this.draft.answer())?.error ?? "" })
  }

  figures() {
    const files = Object.values(this.draft.files)
    const sent = files.filter((file) => file.sent)
    const size = (list) => list.reduce((sum, file) => sum + file.size, 0)
    put(this.box, { files: `${sent.length}/${files.length}`, receipt: this.draft.receipt?.number ?? "–" })
    const bar = this.box.querySelector("progress")
    bar.max = size(files) || 1
    bar.value = size(sent) + (sent.length < files.length ? this.moving : 0)
    this.box.querySelector("[data-receipt]").href = this.receiptPath
  }

  get receiptPath() { return `/surveys/${this.draft.receipt?.survey ?? this.draft.id}/receipt` }

  /** Everything is there: keep the receipt on the tablet, then show it. */
  async arrive() {
    const { ok } = await ask("keep", { path: this.receiptPath })
    if (ok || navigator.onLine) location.assign(this.receiptPath)
  }
}
