// What the parts of the tablet share: the storage, the open vault, the clock, a word to the pages about what changed.

import { seal, unseal, unsealJson } from "./crypto.js"
import { next } from "./queue.js"
import { Refusal } from "./refusal.js"

export class Desk {
  /** `target` gets the events; `now` gives ms. */
  constructor({ store, vault, person, now, target }) {
    Object.assign(this, { store, vault, person, now, target, live: new Set(), onNotify: () => {} })
    this.channel = globalThis.BroadcastChannel && new BroadcastChannel(`ppx:${store.name}`)
    this.channel?.unref?.()
  }

  /** The data key; throws Refusal "locked". */
  get key() {
    if (!this.vault.isOpen) throw new Refusal("locked")
    return this.vault.key
  }

  /** An event for the pages of this tab. */
  tell(name, detail = {}) { this.target.dispatchEvent(Object.assign(new Event(name), { detail })) }

  /** Survey `id` (null: the vault) changed here: this tab and the others should know. */
  notify(id) {
    this.channel?.postMessage({ id, person: this.person })
    this.tell("change", { id })
    this.onNotify(id)
  }

  /** The queue has moved survey `id` on: open pages look again. */
  async moved(id) {
    await this.refresh(id)
    this.notify(id)
  }

  refresh(id) { return Promise.all([...this.live].filter((draft) => draft.id === id).map((draft) => draft.refresh())) }

  /** The person is at work. */
  touch() { this.vault.touch(this.now()).catch(() => {}) }

  /**
   * An event to a survey's queue (null: none), in one transaction with what `also(tx, row)` writes or changes of the
   * row. Resolves to the row, null when it is no more.
   */
  apply(id, event, stores = ["drafts"], also = () => {}, durability = "strict") {
    return this.store.write(stores, async (tx) => {
      const row = await tx.objectStore("drafts").get(id)
      if (!row) return null
      if (event) row.queue = next(row.queue, { at: this.now(), chance: Math.random(), ...event }).state
      await also(tx, row)
      await tx.objectStore("drafts").put(row)
      return row
    }, durability)
  }

  /** Store a file's bytes under their hash; throws Refusal "full". */
  async keepFile(sha256, bytes, type) {
    const sealed = await seal(this.key, bytes, `file:${this.person}:${sha256}`)
    const facts = { person: this.person, sha256, size: bytes.byteLength, media_type: type, at: this.now() }
    await this.store.put("files", { ...facts, ...sealed })
  }

  /** A file's bytes, null when they are not here. */
  async readFile(sha256) {
    const row = await this.store.get("files", [this.person, sha256])
    return row ? unseal(this.key, row, `file:${this.person}:${sha256}`) : null
  }

  /** What is written in a survey: {document, evidence, title}. */
  bodyOf(row) { return unsealJson(this.key, row.body, `draft:${row.person}:${row.id}`) }

  hasFile(sha256) { return this.store.hasFile(this.person, sha256) }

  /** The same files, with whether their bytes are on this tablet. */
  async placed(files) {
    const look = async ([id, file]) => [id, { ...file, here: await this.hasFile(file.sha256) }]
    return Object.fromEntries(await Promise.all(Object.entries(files).map(look)))
  }

  close() {
    this.channel?.close()
    this.store.close()
  }
}
