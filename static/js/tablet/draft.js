// One survey on this tablet. Whatever is given is stored, encrypted, before anything else happens with it.

import { difference, same, shorten } from "./changes.js"
import { noteStruck } from "./clearing.js"
import { encode, seal, sealJson, sha256, unseal, unsealJson } from "./crypto.js"
import { changed, eventsOf, filesOf, item } from "./manifest.js"
import { OPEN, begin, isStuck, next } from "./queue.js"
import { Refusal } from "./refusal.js"

const ENDED = () => {} // not waited for: the end of the transaction says whether it went well
const plain = (value) => JSON.parse(JSON.stringify(value))

export class Draft {
  #desk
  #row // as it stands in the storage; before the first change it stands nowhere
  #body // {document, evidence, title}
  #seen // the document as the page last gave or took it
  #edits = [] // not stored yet
  #running = Promise.resolve()
  #queued = null

  /** Made by `find` and `fresh`; `desk` is the tablet: {store, vault, person, now, notify}. */
  constructor(desk, row, body) {
    this.#desk = desk
    this.#row = row
    this.#body = body
    this.#seen = body.document
    this.isRestored = false
  }

  /** A survey that has not been written to yet; `given` as in Tablet.draft. */
  static fresh(desk, { survey, visit, revision = 0, document = {}, evidence = [], criteria = null, title = "" }) {
    const id = survey ?? crypto.randomUUID()
    const queue = begin({ revision, files: filesOf(evidence) })
    const row = { id, survey: id, person: desk.person, visit, criteria, copy: crypto.randomUUID(), origin: null,
      told: 0, changedAt: desk.now(), queue, body: null }
    return new Draft(desk, row, { document: plain(document), evidence: evidence.map(item), title })
  }

  /** The survey of a stored row. */
  static async of(desk, row) {
    return new Draft(desk, row, await desk.bodyOf(row))
  }

  get id() { return this.#row.id }
  get survey() { return this.#row.survey }
  get visit() { return this.#row.visit }
  get criteria() { return this.#row.criteria }
  get title() { return this.#body.title }
  get document() { return this.#body.document }
  get evidence() { return this.#body.evidence }
  get revision() { return this.#row.queue.revision }
  get state() { return this.#row.queue.name }
  get problem() { return this.#row.queue.problem }
  /** "lost-record": the sealed bytes were cleared away and have to be sealed again; null otherwise. */
  get mishap() { return this.#row.queue.mishap }
  get isStuck() { return isStuck(this.#row.queue) }
  get receipt() { return this.#row.queue.receipt }
  get completion() { return this.#row.queue.completion }
  get isStored() { return this.#row.body !== null }

  /** Whether the server has everything that stands here. */
  get isSaved() { return !this.#edits.length && this.#row.queue.version === this.#row.queue.saved }

  /** Where each file is: {id: {here, sent, refused, isBarred}}. */
  get files() { return this.#row.queue.files }

  #time() { return new Date(this.#desk.now()).toISOString() }

  #label(kind) { return `${kind}:${this.#row.person}:${this.#row.id}` }

  /** The document as it now is; resolves when it stands on the tablet. */
  change(document) {
    const now = plain(document)
    const changes = difference(this.#seen, now, this.#time())
    if (OPEN.has(this.state)) this.#seen = now
    return this.#edit(...changes.map((change) => ({ kind: "document", ...change })))
  }

  /** Attach a file; `facts` as in the manifest. Resolves to its item when both stand on the tablet. */
  async addFile(blob, facts) {
    const bytes = await blob.arrayBuffer()
    const hash = await sha256(bytes)
    await this.#desk.keepFile(hash, bytes, blob.type)
    const given = { sha256: hash, size: bytes.byteLength, media_type: blob.type || "application/octet-stream" }
    const made = item({ id: crypto.randomUUID(), ...facts, ...given })
    await this.#edit({ kind: "add", item: made })
    return made
  }

  /** Say something else of a file. */
  changeFile(id, facts) { return this.#edit({ kind: "describe", id, facts: plain(facts) }) }

  /** Strike a file out; its bytes stay here until the record has been received. */
  removeFile(id) { return this.#edit({ kind: "drop", id }) }

  /** The bytes of a file, null when they are not on this tablet. */
  async file(id) {
    const one = this.evidence.find((piece) => piece.id === id)
    const bytes = one && await this.#desk.readFile(one.sha256)
    if (bytes) return new Blob([bytes], { type: one.media_type })
    if (one && this.files[id]?.here) await this.#serial(() => this.#tell({ type: "missing", id }))
    return null
  }

  /** Resolves when nothing waits to be stored. */
  async settled() {
    while (this.#queued || this.#edits.length) await (this.#queued ?? this.#save())
    await this.#running
  }

  #edit(...edits) {
    if (!OPEN.has(this.state) && edits.length) return Promise.reject(new Refusal("sealed"))
    for (const edit of edits) this.#body = changed(this.#body, edit)
    this.#edits.push(...edits)
    return this.#edits.length ? this.#save() : this.#running
  }

  #save() {
    this.#queued ??= this.#serial(() => {
      this.#queued = null
      return this.#write()
    })
    return this.#queued
  }

  /** One thing at a time with the row and the body. */
  #serial(work) {
    const done = this.#running.then(work)
    this.#running = done.catch(() => {})
    return done
  }

  async #write() {
    if (!this.#edits.length) return
    const edits = this.#edits.splice(0)
    try {
      await this.#store(edits, this.#body)
    } catch (error) {
      this.#edits.unshift(...edits)
      if (error.code !== "moved") throw error
      await this.#follow(error.id ?? this.id)
      return this.#write()
    }
    this.#desk.notify(this.id)
  }

  async #store(edits, body) {
    const { store, key } = this.#desk
    const [log, sealed] = await Promise.all([this.#sealLog(edits), sealJson(key, body, this.#label("draft"))])
    this.#row = await store.write(["drafts", "log"], async (tx) => {
      if (edits.length) tx.objectStore("log").add(log).catch(ENDED)
      const row = await this.#current(tx.objectStore("drafts"))
      const queue = eventsOf(edits).reduce((state, event) => next(state, event).state, row.queue)
      const made = noteStruck({ ...row, queue, body: sealed, changedAt: this.#desk.now() }, row, this.#desk.now())
      tx.objectStore("drafts").put(made).catch(ENDED)
      return made
    })
    this.#desk.touch()
  }

  async #sealLog(edits) {
    return { id: this.id, person: this.#row.person, changes: await sealJson(this.#desk.key, edits, this.#label("log")) }
  }

  /** The stored row, if it is the one this page has been writing on. */
  async #current(drafts) {
    const row = await drafts.get(this.id)
    if (row) {
      if (row.queue.version !== this.#row.queue.version) throw new Refusal("moved")
      return row
    }
    const rows = await drafts.index("person").getAll(this.#row.person)
    const other = rows.find(({ visit, queue }) =>
      visit === this.visit && OPEN.has(queue.name) && queue.version > queue.saved)
    if (other && !this.isStored && this.revision === 0) throw new Refusal("moved", { id: other.id })
    return this.#row
  }

  /** Another page has written: take what stands and put what is new here on top of it. */
  async #follow(id) {
    const row = await this.#desk.store.get("drafts", id)
    if (!row) throw new Refusal("gone")
    const body = await this.#desk.bodyOf(row)
    this.#row = row
    this.#body = this.#edits.reduce(changed, body)
    this.#desk.tell("moved", { id })
  }

  /** Read what stands in the storage: the queue or another page has changed it. */
  refresh() { return this.isStored ? this.#serial(() => this.#refresh()) : Promise.resolve() }

  async #refresh() {
    const row = await this.#desk.store.get("drafts", this.id)
    if (!row) return
    if (row.queue.version === this.#row.queue.version) this.#row = row
    else if (this.#desk.vault.isOpen) await this.#follow(this.id)
  }

  /** An event to the queue, with what else is written then. */
  async #tell(event, stores = ["drafts"], also = () => {}) {
    if (!this.isStored) await this.#store([], this.#body)
    this.#row = await this.#desk.apply(this.id, event, stores, also)
  }

  /**
   * Make the record's bytes, once and for all. Throws Refusal "lost-file" {files} when photos are neither here nor on
   * the server, "sealed" when it has been done.
   */
  async seal({ score = null, app = "" } = {}) {
    await this.settled()
    await this.#serial(() => this.#seal(score, app))
    this.#desk.notify(this.id)
  }

  async #seal(score, app) {
    await this.#look()
    const at = this.#desk.now()
    const bytes = encode(JSON.stringify({ ...this.#message(), submit: true,
      device: { app, sealed_at: new Date(at).toISOString(), score, log: shorten(await this.#log()) } }))
    const sealed = await seal(this.#desk.key, bytes, this.#label("record"))
    const record = { id: this.id, person: this.#row.person, ...sealed }
    const { version } = this.#row.queue
    const event = { type: "seal", sha256: await sha256(bytes), size: bytes.length, at, version }
    await this.#tell(event, ["drafts", "records"], (tx) => tx.objectStore("records").put(record))
  }

  /** Storage may have been cleared in between: say which files are gone. */
  async #look() {
    for (const { id, sha256: hash } of this.evidence) {
      if (this.files[id]?.here && !await this.#desk.hasFile(hash)) await this.#tell({ type: "missing", id })
    }
  }

  #message() {
    const { visit, revision, document, evidence } = this
    const { copy, takesBack, queue: { version } } = this.#row
    return { visit, copy, version, revision, document, evidence, takes_back: takesBack }
  }

  async #log() {
    const parts = await this.#desk.store.listLog(this.id)
    const writes = await Promise.all(parts.map((part) => unsealJson(this.#desk.key, part.changes, this.#label("log"))))
    return writes.flat().filter((edit) => edit.kind === "document")
  }

  /** Write again: throws Refusal "sent" once the sealed bytes may have reached the server. */
  async reopen() {
    await this.#serial(() => this.#tell({ type: "reopen" }))
    this.#desk.notify(this.id)
  }

  /** What the server last said of it: {error, fields, missing, current, evidence, revision} or null. */
  async answer() {
    const { answer } = this.#row.queue
    return answer && unsealJson(this.#desk.key, answer, this.#label("answer"))
  }

  /** Two drafts differ: go on with "mine" or with "theirs"; what is given up stays in the log. */
  async accept(choice) {
    await this.settled()
    const theirs = choice === "theirs" ? await this.answer() : null
    const chosen = theirs ? { document: theirs.current, evidence: theirs.evidence } : this.#body
    await this.#serial(() => this.#replace({ type: "accept", choice }, chosen))
    this.#desk.notify(this.id)
  }

  /** Take the newer version that the page brought: nothing was written here that it lacks. */
  adopt({ revision, document, evidence }) {
    return this.#serial(() => this.#replace({ type: "adopt", revision }, { document, evidence }))
  }

  async #replace(event, { document, evidence = [] }) {
    const body = { ...this.#body, document: plain(document), evidence: evidence.map(item) }
    const changes = difference(this.document, body.document, this.#time())
    const edits = changes.map((change) => ({ kind: "document", isChoice: true, ...change }))
    const log = await this.#sealLog(edits)
    const sealed = await sealJson(this.#desk.key, body, this.#label("draft"))
    const files = await this.#desk.placed(filesOf(evidence))
    const { version } = this.#row.queue
    await this.#tell({ ...event, files }, ["drafts", "log"], (tx, row) => {
      if (row.queue.version !== version + 1) throw new Refusal("moved")
      if (edits.length) tx.objectStore("log").add(log)
      noteStruck(Object.assign(row, { body: sealed }), this.#row, this.#desk.now())
    })
    this.#body = this.#edits.reduce(changed, body) // what was written meanwhile stays on top
    this.#seen = body.document
  }

  /** Whether the page has to be told that older changes are back; asked once for each of them. */
  async compareWith(given) {
    const { version, saved } = this.#row.queue
    if (version <= saved || version <= this.#row.told) return
    const namesOf = (evidence) => evidence.map(({ id }) => id)
    const isKnown = same(this.document, plain(given.document ?? {}))
    if (isKnown && same(namesOf(this.evidence), namesOf(given.evidence ?? []))) return
    this.isRestored = true
    this.#row = await this.#desk.apply(this.id, null, ["drafts"], (tx, row) => { row.told = version })
  }
}
