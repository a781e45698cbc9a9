// Sends what changed, one request at a time, the latest last; keeps trying; keeps a copy until the server has it.

import { difference, entries, read } from "./document.js"

const COPY = crypto.randomUUID?.() // this page's; it is never stale against itself
const PAUSE = 600 // ms of quiet before a change is sent
const LONGEST = 60_000

/**
 * States: saved, waiting, saving, fields (sent but for entries that need correcting), failed (tries again by itself),
 * signed-out, stale (changed elsewhere: the person chooses), closed (may no longer be changed).
 */
export class Saver {
  constructor(form, { onState, onSaved, onFields }) {
    Object.assign(this, { form, onState, onSaved, onFields, held: {}, tries: 0, state: "saved" })
    this.key = `survey:${form.dataset.id}`
    this.sent = read(form)
    addEventListener("online", () => this.retry())
    addEventListener("beforeunload", (event) => this.isClean || event.preventDefault())
    document.addEventListener("visibilitychange", () => document.hidden && this.isWaiting && this.flush())
  }

  get isClean() { return this.state === "saved" }
  get isWaiting() { return this.state === "waiting" }
  get headers() { return { "Content-Type": "application/json", "X-CSRFToken": this.form.csrf_token.value } }

  /** Something changed. */
  touch() {
    this.keep()
    if (["stale", "closed", "signed-out"].includes(this.state)) return
    this.enter("waiting")
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.flush(), PAUSE)
  }

  /** Send now; resolves to whether everything has arrived. */
  async flush() {
    clearTimeout(this.timer)
    this.running ??= this.send().finally(() => { this.running = null })
    await this.running
    return this.isWaiting ? this.flush() : this.isClean
  }

  /** Ask what stands on the server, after evidence has come or gone. */
  async refresh() {
    const answer = await fetch(this.form.dataset.save).then((response) => response.json()).catch(() => null)
    if (Number.isInteger(answer?.revision)) this.onSaved(answer)
  }

  async retry() {
    if (this.state === "signed-out") await this.renew()
    if (this.state === "failed" || this.state === "signed-out") { this.tries = 0; return this.flush() }
  }

  /** After signing in again the forms of the old session are too old: take the new one's token, if it is one's own. */
  async renew() {
    const page = await fetch(location.pathname).then((response) => response.text()).catch(() => "")
    const form = new DOMParser().parseFromString(page, "text/html").getElementById("survey")
    if (form?.dataset.person === this.form.dataset.person) this.form.csrf_token.value = form.elements.csrf_token.value
  }

  /** Keep this tablet's version over the one saved elsewhere. */
  overwrite() {
    this.form.revision.value = this.newest
    this.sent = { answers: {}, signatures: {} }
    return this.flush()
  }

  async send() {
    const now = read(this.form, this.held)
    const part = difference(now, this.sent)
    if (!Object.keys(part).length) return this.settle()
    this.enter("saving")
    const revision = Number(this.form.revision.value)
    let response, answer
    try {
      response = await fetch(this.form.dataset.save, { method: "PUT", headers: this.headers, keepalive: document.hidden,
        body: JSON.stringify({ copy: COPY, revision, document: now }), signal: AbortSignal.timeout(20_000) })
      answer = await response.json()
    } catch {
      return this.wait()
    }
    if (response.ok && Number.isInteger(answer.revision)) return this.accept(now, answer)
    return this.refuse(response.status, answer)
  }

  accept(now, answer) {
    this.sent = now
    this.tries = 0
    this.form.revision.value = answer.revision
    this.onSaved(answer)
    return this.settle()
  }

  settle() {
    const changed = Object.keys(difference(read(this.form, this.held), this.sent)).length
    const wrong = Object.entries(entries(this.form)).some(([name, text]) => this.held[name] === text)
    if (changed) return this.enter("waiting")
    if (!wrong) this.keep(true)
    this.enter(wrong ? "fields" : "saved")
  }

  refuse(status, answer) {
    if (status === 422 && Object.keys(answer.fields ?? {}).length) {
      const typed = entries(this.form)
      const fresh = Object.keys(answer.fields).filter((name) => name in typed && this.held[name] !== typed[name])
      for (const name of fresh) this.held[name] = typed[name]
      this.onFields(answer.fields)
      return fresh.length ? this.enter("waiting") : this.enter("fields")
    }
    if (status === 401 || status === 400) return this.enter("signed-out")
    if (status === 409 && Number.isInteger(answer.revision)) {
      this.newest = answer.revision
      return this.enter("stale")
    }
    if ([403, 404, 409, 422].includes(status)) return this.enter("closed", answer.error)
    return this.wait()
  }

  /** Try again by itself, ever more slowly. */
  wait() {
    this.tries += 1
    this.enter("failed")
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.flush(), Math.min(1000 * 2 ** this.tries, LONGEST))
  }

  enter(state, words = "") {
    this.state = state
    this.onState(state, words)
  }

  /** A copy on this tablet, for a page that is closed before its changes arrive; `arrived` says that they have. */
  keep(arrived = false) {
    const { person } = this.form.dataset
    const copy = { person, arrived, revision: Number(this.form.revision.value), entries: entries(this.form) }
    try { localStorage.setItem(this.key, JSON.stringify(copy)) } catch { /* full or forbidden: the page still sends */ }
  }

  /**
   * What an earlier page of the same person knew better than this one, or null: changes that had not arrived, or
   * changes that arrived while the server was already writing this page.
   */
  get copy() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key))
      if (kept?.person !== this.form.dataset.person) return null
      return kept.arrived && kept.revision <= Number(this.form.revision.value) ? null : kept
    } catch { return null }
  }

  forget() { localStorage.removeItem(this.key) }
}
