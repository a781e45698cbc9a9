// The tablet's own storage: IndexedDB "ppx". In the clear stand only ids, states, sizes, times and whose it is.

import { openDB } from "idb"

import { Refusal } from "./refusal.js"

const VERSION = 1

/**
 * vaults    person → wrapped data key, sealed device token, pinned keys of the server
 * handles   person → the key that keeps the vault open
 * drafts    id → state of the survey in the queue, sealed document and manifest
 * log       number → sealed changes of one write
 * files     [person, sha256] → sealed bytes
 * records   id → sealed bytes of the record as it is sent
 * receipts  id → signed receipt and completion
 * meta      name → skew, lease, time of the last report
 */
function build(db) {
  db.createObjectStore("vaults", { keyPath: "person" })
  db.createObjectStore("handles", { keyPath: "person" })
  db.createObjectStore("drafts", { keyPath: "id" }).createIndex("person", "person")
  db.createObjectStore("log", { autoIncrement: true }).createIndex("id", "id")
  db.createObjectStore("files", { keyPath: ["person", "sha256"] })
  db.createObjectStore("records", { keyPath: "id" })
  db.createObjectStore("receipts", { keyPath: "id" }).createIndex("person", "person")
  db.createObjectStore("meta")
}

export class Store {
  #name
  #isClosed = false

  /** Open the storage; throws when this browser has none or refuses it. */
  static async open(name = "ppx") {
    const store = new Store()
    store.#name = name
    await store.#connect()
    return store
  }

  get name() { return this.#name }

  async #connect() {
    const db = await openDB(this.#name, VERSION, { upgrade: build, blocking: () => db?.close() })
    this.db = db
  }

  /** Some browsers drop the connection of a page that slept: connect again and go on. */
  async #connected(work) {
    try {
      return work(this.db)
    } catch (error) {
      if (error.name !== "InvalidStateError" || this.#isClosed) throw error
      await this.#connect()
      return work(this.db)
    }
  }

  /**
   * One transaction that stands on the disk when it resolves. `work` gets the transaction and may wait for its
   * requests only: anything else would end it. When it throws, nothing of it stays. Throws Refusal "full".
   */
  async write(stores, work, durability = "strict") {
    const tx = await this.#connected((db) => db.transaction(stores, "readwrite", { durability }))
    const done = tx.done.then(() => null, (error) => error)
    try {
      const result = await work(tx)
      tx.commit?.()
      const error = await done
      if (error) throw error
      return result
    } catch (error) {
      try { tx.abort() } catch { /* it has ended already */ }
      const reason = await done
      throw [error, reason].some((one) => one?.name === "QuotaExceededError") ? new Refusal("full") : error
    }
  }

  /** One look at a store: `work` gets it and makes one request. */
  async read(name, work) {
    const tx = await this.#connected((db) => db.transaction(name))
    return work(tx.store)
  }

  get(name, key) { return this.read(name, (store) => store.get(key)) }

  listKeys(name) { return this.read(name, (store) => store.getAllKeys()) }

  put(name, value, key) { return this.write([name], (tx) => tx.store.put(value, key)) }

  delete(name, key) { return this.write([name], (tx) => tx.store.delete(key)) }

  /** All surveys of a person, as rows. */
  listDrafts(person) { return this.read("drafts", (store) => store.index("person").getAll(person)) }

  listReceipts(person) { return this.read("receipts", (store) => store.index("person").getAll(person)) }

  /** Sealed log entries of a survey, oldest first. */
  listLog(id) { return this.read("log", (store) => store.index("id").getAll(id)) }

  /** Whether the bytes of a file are here. */
  async hasFile(person, sha256) {
    return await this.read("files", (store) => store.getKey([person, sha256])) !== undefined
  }

  close() {
    this.#isClosed = true
    this.db.close()
  }
}
