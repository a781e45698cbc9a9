// Does what the queue wants, one thing at a time over all tabs: records first, then what each of them lacks.

import { alone } from "./alone.js"
import { same } from "./changes.js"
import { clearStruck, erase } from "./clearing.js"
import { sealJson, unseal } from "./crypto.js"
import { OPEN, WAITING, wanted } from "./queue.js"
import { pause, turnsAway } from "./queue-rules.js"
import { readToken } from "./receipts.js"
import { summarize } from "./summary.js"

const QUIET = 600 // ms after the last change before a draft is backed up
const BUSY = 5000 // ms until this tab looks again when another one is sending
const REGULARLY = 60_000
const RARELY = 10 * 60_000 // when nothing waits
const AGING = 60 * 60_000
const TOLD = new Set([403, 404, 409, 413, 422]) // answers with words for the person

export class Sender {
  #timer = null
  #running = null
  #again = false
  #tries = 0
  #notBefore = 0
  #agedAt = 0

  constructor(desk, devices, { app, isOn }) {
    Object.assign(this, { desk, devices, app, isOn, stopped: false })
    this.wakeUp = () => this.wake().catch((error) => this.#fail(error))
    globalThis.addEventListener?.("online", this.wakeUp)
  }

  get now() { return this.desk.now() }

  /** Something changed: look when it has been quiet for a moment. */
  soon(delay = QUIET) {
    if (!this.isOn || this.stopped) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.run(), delay)
    this.#timer.unref?.()
  }

  /** Forget every waiting time and go. Resolves when there is nothing more to do now. */
  async wake() {
    this.#notBefore = 0
    this.#tries = 0
    for (const { id, queue } of await this.desk.store.listDrafts(this.desk.person)) {
      if (queue.notBefore || queue.tried) await this.desk.apply(id, { type: "wake" })
    }
    return this.run({ isAsked: true })
  }

  /** Send what is due. */
  run({ isAsked = false } = {}) {
    this.#again = Boolean(this.#running)
    this.#running ??= this.#run(isAsked).catch((error) => this.#fail(error)).finally(() => { this.#running = null })
    return this.#running
  }

  /** Locked in the middle is no trouble; anything else should be seen, and is tried again. */
  #fail(error) {
    if (error.code !== "locked") this.desk.tell("trouble", { error })
    this.soon(REGULARLY)
  }

  async #run(isAsked) {
    clearTimeout(this.#timer)
    const isMine = await alone(this.desk.store, `ppx-send-${this.desk.person}`, async () => {
      do {
        this.#again = false
        await this.#drain(isAsked)
      } while (this.#again && !this.stopped)
    }, this.desk.now)
    this.soon(isMine ? await this.#nextTime() : BUSY)
  }

  async #nextTime() {
    const rows = await this.desk.store.listDrafts(this.desk.person)
    const due = rows.filter((row) => wanted(row.queue).length)
    const waits = due.map((row) => Math.max(this.#dueAt(row), this.#notBefore) - this.now)
    return Math.max(QUIET, Math.min(due.length ? REGULARLY : RARELY, ...waits))
  }

  #dueAt({ queue, changedAt }) {
    const isBackup = OPEN.has(queue.name) && wanted(queue)[0]?.do === "draft"
    return Math.max(queue.notBefore, isBackup ? changedAt + QUIET : 0)
  }

  async #drain(isAsked) {
    if (!this.desk.vault.isOpen || this.now < this.#notBefore) return
    if (!this.desk.vault.row.keys && !await this.#token()) return
    while (!this.stopped && this.desk.vault.isOpen && this.now >= this.#notBefore) {
      const job = await this.#pick(isAsked)
      if (!job) break
      if (job.do === "erase") { await erase(this.desk, job.row); continue }
      const token = await this.#token()
      if (!token || !await this.#send(job, token)) break
    }
    await clearStruck(this.desk)
    if (this.desk.vault.isOpen) await this.#report(isAsked)
  }

  /** The next thing that is due: what is sealed before drafts, the older before the newer. */
  async #pick(isAsked) {
    const rows = await this.desk.store.listDrafts(this.desk.person)
    const rank = ({ queue, changedAt }) => (WAITING.has(queue.name) ? queue.sealed.at : changedAt + 1e15)
    rows.sort((a, b) => rank(a) - rank(b))
    for (const row of rows) {
      const [job] = wanted(row.queue, this.now)
      if (job && (isAsked || this.#dueAt(row) <= this.now)) return { ...job, row }
    }
    return null
  }

  /** The device's token; the keys of the server are known from then on. Null: nothing can be sent now. */
  async #token() {
    const token = await this.devices.token()
    if (!token) {
      this.#rest()
      const { problem } = this.devices
      if (problem !== "no-network") this.desk.tell(this.desk.vault.row.lapsed ?? "signed-out", { problem })
      return null
    }
    if (!this.desk.vault.row.keys) await this.#report(true, token)
    return token
  }

  /** Nothing goes through: leave it alone for a while, longer each time. */
  #rest() {
    this.#tries += 1
    this.#notBefore = pause(this.#tries, this.now, Math.random())
  }

  /** Send one thing; resolves to whether the line is good for more. */
  async #send(job, token) {
    const { row } = job
    const how = await this.#prepare(job)
    if (!how) return true // its bytes are gone, and that has been noted
    const { event, compare, ...rest } = how
    const answer = await this.devices.send(token, rest)
    const isSame = Boolean(answer.body.current && compare?.(answer.body))
    await this.#take(row, { ...event, isSame, what: job.do, survey: row.survey }, answer)
    if ((answer.isOurs && answer.status < 500 && answer.status !== 401) || turnsAway(job.do, answer.status)) {
      this.#tries = 0
      return true
    }
    if (answer.isOurs && answer.status === 401 && await this.#token()) {
      await this.desk.apply(row.id, { type: "wake" })
      return true
    }
    if (answer.isOurs && answer.status === 401) return false
    this.#rest()
    return false
  }

  /** What is to be sent; null when what stands here cannot be read: the others go on. */
  async #prepare({ row, ...job }) {
    try {
      return await this.#jobs[job.do](row, job)
    } catch (error) {
      if (error.code !== "damaged") throw error
      return this.#gone(row, { type: UNREADABLE[job.do], id: job.id, code: "damaged" })
    }
  }

  #jobs = {
    draft: (row) => this.#draft(row),
    record: (row) => this.#record(row),
    file: (row, job) => this.#file(row, job),
  }

  async #draft(row) {
    const { document, evidence } = await this.desk.bodyOf(row)
    const { visit, copy, takesBack, queue: { revision, version } } = row
    const message = { visit, copy, version, revision, document, evidence, takes_back: takesBack, submit: false }
    return { url: `/api/surveys/${row.survey}`, headers: JSON_TYPE, body: JSON.stringify(message),
      event: { version: row.queue.version, files: evidence.map(({ id }) => id) },
      compare: ({ current, evidence: theirs = [] }) =>
        same(current, document) && same(namesOf(theirs), namesOf(evidence)) }
  }

  async #record({ id, person, survey }) {
    const row = await this.desk.apply(id, { type: "begin", what: "record" })
    if (!WAITING.has(row?.queue.name)) return null // opened again at this very moment
    const record = await this.desk.store.get("records", id)
    if (!record) return this.#gone(row, { type: "lost" })
    const body = await unseal(this.desk.key, record, `record:${person}:${id}`)
    return { url: `/api/surveys/${survey}`, headers: JSON_TYPE, body, event: { sha256: row.queue.sealed.sha256 } }
  }

  async #file(row, { id, to }) {
    const { sha256, size } = row.queue.files[id]
    const bytes = await this.desk.readFile(sha256)
    if (!bytes) return this.#gone(row, { type: "missing", id })
    const onProgress = (sent) => this.desk.tell("progress", { id: row.id, file: id, sent: Math.min(sent, size), size })
    return { url: to, headers: FILE_TYPE, body: new Blob([bytes]), onProgress, event: { id } }
  }

  async #gone(row, event) {
    await this.desk.apply(row.id, event)
    await this.desk.moved(row.id)
    return null
  }

  async #take(row, event, answer) {
    const { status, isOurs, body, serverAt } = answer
    const [receipt, completion] = [await this.#verify(body.receipt), await this.#verify(body.completion)]
    const isTold = isOurs && TOLD.has(status)
    const kept = isTold ? await sealJson(this.desk.key, body, `answer:${row.person}:${row.id}`) : null
    const whole = { ...event, type: "answer", status, isOurs, body, receipt, completion, kept }
    await this.desk.apply(row.id, whole, ["drafts", "receipts"], async (tx, now) => {
      if (now.queue.receipt && (receipt || completion)) await keepReceipt(tx.objectStore("receipts"), now, body)
    }, "relaxed") // an answer that is forgotten comes again
    if (serverAt) await this.#age(serverAt)
    await this.desk.moved(row.id)
  }

  /** A signature of an unknown key may be of a new one: ask for the keys again, as this device. */
  async #verify(token) {
    if (!token) return null
    const read = await readToken(token, this.desk.vault.row.keys)
    if (read) return read
    await this.#report(true)
    return readToken(token, this.desk.vault.row.keys)
  }

  /** By the server's clock: what has been complete for 30 days may go. */
  async #age(serverAt) {
    if (Math.abs(serverAt - this.#agedAt) < AGING) return
    this.#agedAt = serverAt
    for (const { id, queue } of await this.desk.store.listDrafts(this.desk.person)) {
      if (queue.name === "complete") await this.desk.apply(id, { type: "tick", serverAt })
    }
  }

  async #report(isUrgent, known = null) {
    const token = known ?? await this.desk.vault.token()
    if (!token) return
    const { count, files, bytes, oldest, drafts } = summarize(await this.desk.store.listDrafts(this.desk.person))
    const storage = await this.health()
    const queue = { count, files, bytes, oldest_at: oldest && new Date(oldest).toISOString() }
    await this.devices.report(token, { app: this.app, queue, drafts, storage }, isUrgent || this.#hasNew(count, files))
  }

  #hasNew(...figures) {
    const before = this.reported
    this.reported = figures.join()
    return before !== undefined && before !== this.reported
  }

  /** What the browser says of its storage. */
  async health() {
    const storage = globalThis.navigator?.storage
    const { quota, usage } = await storage?.estimate?.().catch(() => ({})) ?? {}
    const persisted = await storage?.persisted?.().catch(() => false) ?? false
    return { persisted, free: quota ? Math.max(0, Math.round(quota - usage)) : null }
  }

  /** No more sending from this tab; resolves when what was under way has ended. */
  async stop() {
    this.stopped = true
    clearTimeout(this.#timer)
    globalThis.removeEventListener?.("online", this.wakeUp)
    await this.#running
  }
}

const namesOf = (evidence) => evidence.map(({ id, sha256 }) => `${id} ${sha256}`).sort()
const UNREADABLE = { draft: "stuck", record: "lost", file: "missing" }
const JSON_TYPE = { "Content-Type": "application/json" }
const FILE_TYPE = { "Content-Type": "application/octet-stream" }

async function keepReceipt(receipts, { id, person, survey, visit, queue }, { receipt, completion }) {
  const known = await receipts.get(id)
  await receipts.put({ id, person, survey: queue.keptAs ?? survey, visit, receipt: known?.receipt ?? receipt,
    completion: completion ?? known?.completion ?? null })
}
