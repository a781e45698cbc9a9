// What waits on this tablet to be sent, what has been received, and the rescue file.

import { age, bytes, day, put, showWhen, toneOf } from "../common/figures.js"
import { ask } from "../common/line.js"

const KEPT = 30 * 24 * 3600_000 // ms a copy stays after its receipt
const WAITING = new Set(["ready", "sending", "received"])

export class Queue {
  /** `box` is the section of surveys/queue.html; `pad` asks for the PIN. */
  constructor(box, tablet, pad) {
    Object.assign(this, { box, tablet, pad, moving: 0, start: 0, names: new Map(), kept: new Set() })
    this.template = box.querySelector("template").content.firstElementChild
    box.querySelector("[data-send]").addEventListener("click", () => this.send())
    box.querySelector("[data-rescue]").addEventListener("click", () => this.save())
    box.querySelector("[data-restore]").addEventListener("change", (event) => this.restore(event.target))
    tablet.addEventListener("progress", ({ detail }) => { this.moving = detail.sent; this.progress() })
  }

  async send() {
    this.isSending = true
    this.start = this.summary?.bytes ?? 0
    this.show(this.summary)
    await this.tablet.send()
    this.isSending = false
    this.show(await this.tablet.summary())
  }

  /** Show the queue as it stands. */
  async show(summary) {
    this.summary = summary
    const { count, files, bytes: size, oldest, items } = summary
    showWhen(this.box, count ? "some" : "none", "queue")
    const waited = oldest ? Date.now() - oldest : 0
    put(this.box, { waiting: count, photos: files, size: bytes(size), oldest: age(waited) })
    this.box.querySelector("[data-oldest]").className = `tone ${toneOf(waited)}`
    this.box.querySelector("[data-send]").disabled = !count || this.isSending
    this.progress()
    const shown = items.filter(({ state, receipt }) => WAITING.has(state) || receipt).reverse()
    const list = this.box.querySelector("[data-items]")
    list.replaceChildren(...await Promise.all(shown.map((item) => this.line(item))))
    list.hidden = !shown.length
    this.keepReceipts(shown)
  }

  progress() {
    const bar = this.box.querySelector("progress")
    bar.hidden = !this.isSending || !this.start
    bar.max = this.start || 1
    bar.value = this.start - (this.summary?.bytes ?? 0) + this.moving
  }

  async line(item) {
    const line = this.template.cloneNode(true)
    showWhen(line, item.state)
    const done = item.completion?.completed_at
    put(line, { name: await this.nameOf(item), number: item.receipt?.number ?? "", size: bytes(item.bytes),
      until: done ? day(Date.parse(done) + KEPT) : "" })
    line.querySelector("[data-until]").hidden = !done
    line.querySelector("[data-refused]").hidden = item.isStuck || !item.isRefused
    line.querySelector("[data-stuck]").hidden = !item.isStuck
    showWhen(line, item.lost ? "lost" : "barred", "cause")
    line.querySelector("[data-take-back]").addEventListener("click", () => this.takeBack(item))
    const link = line.querySelector("a")
    link.href = item.receipt ? `/surveys/${item.survey}/receipt` : `/surveys/${item.id}/edit`
    if (!item.receipt) link.href = `/visits/${item.visit}/form`
    return line
  }

  /** Lost or barred photos cannot follow: the survey is open again, and says which they are. */
  async takeBack({ id, visit }) {
    try {
      await this.tablet.takeBack(id)
      await this.tablet.send()
      location.assign(`/visits/${visit}/form`)
    } catch (error) { this.refuse(error) }
  }

  /** The establishment's name: from the page, else from the survey itself while the tablet is open. */
  async nameOf({ id, visit }) {
    const onPage = document.querySelector(`[data-visit="${visit}"] h3`)?.textContent
    if (onPage || this.names.has(id)) return onPage ?? this.names.get(id)
    const name = this.tablet.state === "open" ? (await this.tablet.find(id))?.title : ""
    if (name) this.names.set(id, name)
    return name || `${visit}`
  }

  /** Receipts open without a network too. */
  async keepReceipts(items) {
    for (const { survey, completion } of items) {
      const path = `/surveys/${survey}/receipt`
      if (!completion || this.kept.has(path)) continue
      this.kept.add(path)
      if (!(await ask("prove", { path })).ok && navigator.onLine) await ask("keep", { path })
    }
  }

  async save() {
    try {
      const file = await this.tablet.rescue()
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file),
        download: `ppx-${new Date().toISOString().slice(0, 16).replace(/[-:]/g, "").replace("T", "-")}.ppx` })
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
      this.say("saved", { size: bytes(file.size) })
    } catch (error) { this.refuse(error) }
  }

  /** Take a rescue file in; the PIN it was made with is asked for when nothing else opens it. */
  async restore(input) {
    const [file] = input.files
    input.value = ""
    if (!file) return
    this.say("restoring")
    try {
      const { added, known, files } = await this.restored(file, null)
      this.say("restored", { added, known, files })
    } catch (error) { this.refuse(error) }
    this.show(await this.tablet.summary())
  }

  async restored(file, pin) {
    try {
      return await this.tablet.restore(file, { pin })
    } catch (error) {
      if (error.code !== "pin-needed" && error.code !== "pin-wrong") throw error
      const asked = await this.pad.askFor("file", error.code === "pin-wrong" ? "wrong" : "")
      if (!asked) throw error
      return this.restored(file, asked)
    }
  }

  refuse(error) {
    const known = [...this.box.querySelectorAll("[data-says]")].some((words) => words.dataset.says.split(" ").includes(error.code))
    this.say(known ? error.code : "trouble")
  }

  say(words, figures = {}) {
    put(this.box, figures)
    showWhen(this.box, words, "says")
  }
}
