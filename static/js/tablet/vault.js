// One person's key on this tablet. The data key is random; the PIN and the server's device secret each open a wrapped
// copy of it. A handle (a key that cannot be read out, kept in IndexedDB) holds the vault open between pages.

import * as c from "./crypto.js"
import { Refusal } from "./refusal.js"

const IDLE = 60 * 60_000 // ms a vault with a PIN stays open unused
const RENEW = 60_000 // ms between two writes of the handle's time
const FREE_TRIES = 3
const LONGEST_WAIT = 60 * 60_000

export class Vault {
  /** The vault of a person, made when this tablet has none; closed unless a handle is still good. */
  static async of(store, person, now) {
    const vault = new Vault(store, person)
    await vault.#closeOthers()
    vault.row = await store.get("vaults", person) ?? await vault.#make()
    await vault.#openByHandle(now)
    return vault
  }

  constructor(store, person) { Object.assign(this, { store, person, key: null, until: null, row: null, closed: [] }) }

  get isOpen() { return this.key !== null }
  get hasPin() { return Boolean(this.row.byPin) }
  get device() { return this.row.device }
  get label() { return `vault:${this.person}` }

  /** Until when no PIN is looked at (ms), after wrong ones. */
  get closedUntil() { return this.row.pinAfter }

  async #make() {
    const raw = c.random(32)
    const row = { person: this.person, id: crypto.randomUUID(), device: null, byPin: null, bySecret: null, token: null,
      keys: null, pinTries: 0, pinAfter: 0, lapsed: null }
    const handle = await this.#handleFor(raw, null)
    return this.store.write(["vaults", "handles"], async (tx) => {
      const other = await tx.objectStore("vaults").get(this.person)
      if (other) return other // another tab was first
      await Promise.all([tx.objectStore("vaults").put(row), tx.objectStore("handles").put(handle)])
      return row
    })
  }

  async #handleFor(raw, until) {
    const key = await c.makeKey(c.random(32))
    return { person: this.person, key, until, wrapped: await c.seal(key, raw, this.label) }
  }

  /** Others sign in again to come back to theirs. A key that nothing else could open is never dropped. */
  async #closeOthers() {
    const people = (await this.store.listKeys("handles")).filter((person) => person !== this.person)
    for (const person of people) {
      const row = await this.store.get("vaults", person)
      if (!row?.byPin && !row?.bySecret) continue
      await this.store.delete("handles", person)
      this.closed.push(person)
    }
  }

  async #raw() {
    const handle = await this.store.get("handles", this.person)
    if (!handle) throw new Refusal("locked")
    return c.unseal(handle.key, handle.wrapped, this.label)
  }

  async #openByHandle(now) {
    const handle = await this.store.get("handles", this.person)
    if (!handle) return
    if (handle.until !== null && handle.until <= now) return this.store.delete("handles", this.person)
    this.key = await c.makeKey(await c.unseal(handle.key, handle.wrapped, this.label))
    this.until = handle.until
  }

  async #openWith(raw, now) {
    const handle = await this.#handleFor(raw, this.hasPin ? now + IDLE : null)
    await this.store.put("handles", handle)
    this.until = handle.until
    this.key = await c.makeKey(raw)
  }

  async #change(changes) {
    this.row = await this.store.write(["vaults"], async (tx) => {
      const row = { ...await tx.store.get(this.person), ...changes }
      await tx.store.put(row)
      return row
    })
  }

  /** Read the row again: another tab may have changed it. */
  async reload() { this.row = await this.store.get("vaults", this.person) }

  /** Another tab has opened or closed it: so does this one. */
  async follow(now) {
    await this.reload()
    if (!await this.store.get("handles", this.person)) this.key = null
    else if (!this.isOpen) await this.#openByHandle(now)
  }

  /** Open with the PIN: whether it was right. Each wrong one past the third doubles the wait, over reloads too. */
  async openByPin(pin, now) {
    await this.reload()
    if (!this.hasPin || now < this.closedUntil) return false
    try {
      const { byPin } = this.row
      const raw = await c.unseal(await c.keyOfPin(pin, byPin.salt, byPin.rounds), byPin, this.label)
      await this.#openWith(raw, now)
    } catch (error) {
      if (error.code !== "damaged") throw error
      const pinTries = this.row.pinTries + 1
      const over = pinTries - FREE_TRIES
      await this.#change({ pinTries, pinAfter: over < 0 ? 0 : now + Math.min(30_000 * 2 ** over, LONGEST_WAIT) })
      return false
    }
    await this.#change({ pinTries: 0, pinAfter: 0 })
    return true
  }

  /** Open with the secret the server keeps for this device; throws Refusal "damaged" when it is another's. */
  async openBySecret(secret, now) {
    const { bySecret } = this.row
    if (!bySecret) throw new Refusal("no-key")
    await this.#openWith(await c.unseal(await c.keyOfSecret(secret, bySecret.salt), bySecret, this.label), now)
    await this.#change({ pinTries: 0, pinAfter: 0 })
  }

  /** A PIN from now on, or another one; the vault must be open. */
  async setPin(pin, now) {
    const raw = await this.#raw()
    await this.#change({ byPin: await c.wrapByPin(raw, pin, this.label), pinTries: 0, pinAfter: 0 })
    await this.#openWith(raw, now)
  }

  /** Keep what the server gave this device when it was enrolled. */
  async keepDevice({ id, token, secret }) {
    const bySecret = await c.wrapBySecret(await this.#raw(), secret, this.label)
    const sealed = await c.sealJson(this.key, token, `token:${this.person}`)
    await this.#change({ device: id, bySecret, token: sealed, lapsed: null })
  }

  /** The device's token, or null before it is enrolled and once the server takes it no more. */
  async token() {
    const { token, lapsed } = this.row
    return token && !lapsed ? c.unsealJson(this.key, token, `token:${this.person}`) : null
  }

  /** The server no longer takes this device's token: "signed-out" with its owner's sessions, or "revoked" for good. */
  lapse(reason) { return this.#change({ lapsed: reason === "signed-out" ? reason : "revoked" }) }

  /** The server's public keys, from an answer that only an enrolled device gets. */
  keepKeys(keys) { return this.#change({ keys }) }

  /** It is in use: with a PIN it stays open another hour. */
  async touch(now) {
    if (!this.isOpen || this.until === null || this.until - IDLE + RENEW > now) return
    this.until = now + IDLE
    await this.store.write(["handles"], async (tx) => {
      const handle = await tx.store.get(this.person)
      if (handle) await tx.store.put({ ...handle, until: this.until })
    }, "relaxed")
  }

  /** Close it. A key that nothing else could open stays. */
  async close() {
    if (this.row.byPin || this.row.bySecret) await this.store.delete("handles", this.person)
    this.key = null
  }
}
