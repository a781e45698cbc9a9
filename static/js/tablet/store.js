// The tablet's own storage: IndexedDB "ppx". In the clear stand only ids, states, sizes, times and whose it is.

import { openDB } from "idb"

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
  /** Open the storage; throws when this browser has none or refuses it. */
  static async open(name = "ppx") {
    let db = null
    db = await openDB(name, VERSION, { upgrade: build, blocking: () => db?.close() })
    return new Store(db)
  }

  constructor(db) { this.db = db }

  /**
   * One transaction that stands on the disk when it resolves. `work` gets the transaction and may wait for its
   * requests only: anything else would end it. When it throws, nothing of it stays.
   */
  async write(stores, work, durability = "strict") {
    const tx = this.db.transaction(stores, "readwrite", { durability })
    const done = tx.done.then(() => null, (error) => error)
    try {
      const result = await work(tx)
      tx.commit?.()
      const error = await done
      if (error) throw error
      return result
    } catch (error) {
      try { tx.abort() } catch { /* it has ended already */ }
      await done
      throw error
    }
  }

  get(store, key) { return this.db.get(store, key) }

  put(store, value, key) { return this.write([store], (tx) => tx.store.put(value, key)) }

  delete(store, key) { return this.write([store], (tx) => tx.store.delete(key)) }

  /** All surveys of a person, as rows. */
  listDrafts(person) { return this.db.getAllFromIndex("drafts", "person", person) }

  /** Sealed log entries of a survey, oldest first. */
  listLog(id) { return this.db.getAllFromIndex("log", "id", id) }

  /** Whether the bytes of a file are here. */
  async hasFile(person, sha256) { return await this.db.getKey("files", [person, sha256]) !== undefined }

  close() { this.db.close() }
}
