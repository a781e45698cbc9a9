// The tablet core: drafts, files and the queue of one person, stored encrypted on this device and sent by itself.

import { Desk } from "./desk.js"
import { Devices } from "./devices.js"
import { Draft } from "./draft.js"
import { OPEN } from "./queue.js"
import { Refusal } from "./refusal.js"
import { Sender } from "./sender.js"
import { Store } from "./store.js"
import { summarize } from "./summary.js"
import { Vault } from "./vault.js"

export { Refusal }

const RANK = ["refused", "differs", "draft", "ready", "sending", "received", "complete"]

/**
 * Events: "change" {id} (anything that can be seen here), "moved" {id} (another page wrote on this survey),
 * "progress" {id, file, sent, size}, "skew" {skewMs}, "signed-out" and "revoked" {problem} (sign in to send again),
 * "trouble" {error}.
 */
export class Tablet extends EventTarget {
  #desk = null
  #devices = null
  #sender = null
  #timer = null

  /**
   * Open the tablet for the person signed in: `state` is "open", "locked" or "unavailable" afterwards.
   * @param {{person: number, app?: string, send?: boolean, name?: string, now?: () => number, base?: string,
   *   csrf?: string, device?: string}} options
   */
  static async open({ person, name = "ppx", now = Date.now, ...options }) {
    const tablet = new Tablet()
    tablet.person = person
    tablet.reason = null
    if (!globalThis.indexedDB || !globalThis.crypto?.subtle) return tablet
    try {
      const store = await Store.open(name)
      const vault = await Vault.of(store, person, now())
      tablet.#begin(new Desk({ store, vault, person, now, target: tablet }), options)
    } catch (error) {
      tablet.reason = error
      return tablet
    }
    await tablet.#devices.settle()
    if (options.send !== false) tablet.#sender.wakeUp()
    return tablet
  }

  #begin(desk, { app = "", send = true, base = "", csrf = null, device = null }) {
    this.#desk = desk
    this.#devices = new Devices(desk, { base, csrf, name: device })
    this.#sender = new Sender(desk, this.#devices, { app, isOn: send })
    desk.onNotify = () => this.#sender.soon()
    if (desk.channel) desk.channel.onmessage = ({ data }) => this.#hear(data)
    for (const other of desk.vault.closed) desk.channel?.postMessage({ id: null, person: other }) // their open pages too
    this.#timer = setInterval(() => this.#lockWhenIdle(), 15_000)
    this.#timer.unref?.()
  }

  get state() {
    if (!this.#desk) return "unavailable"
    if (this.#desk.vault.isOpen) return "open"
    return this.#devices.isUnknown && !this.hasPin ? "unavailable" : "locked" // nothing can open what stands here
  }

  get hasPin() { return Boolean(this.#desk?.vault.hasPin) }

  /** Until when no PIN is looked at (ms), after wrong ones; 0 when it is. */
  get closedUntil() { return this.#desk?.vault.closedUntil ?? 0 }

  /** Whether this tablet is known to the server. */
  get isEnrolled() { return Boolean(this.#desk?.vault.device) && !this.#desk.vault.row.lapsed }

  #needDesk() {
    if (!this.#desk) throw new Refusal("unavailable")
    return this.#desk
  }

  /** A PIN from now on: at least four characters. */
  async setPin(pin) {
    if (pin.length < 4) throw new Refusal("pin-short")
    await this.#needDesk().vault.setPin(pin, this.#desk.now())
    this.#desk.notify(null)
  }

  /** Whether the PIN was right. */
  async unlock(pin) {
    const isRight = await this.#needDesk().vault.openByPin(pin, this.#desk.now())
    if (isRight) await this.#opened()
    return isRight
  }

  async #opened() {
    for (const draft of this.#desk.live) await draft.settled().catch(() => {})
    this.#desk.notify(null)
  }

  /** Close it: the PIN, or signing in, opens it again. */
  async lock() {
    await this.#needDesk().vault.close()
    this.#desk.notify(null)
  }

  async #lockWhenIdle() {
    const { vault, now } = this.#desk
    if (vault.isOpen && vault.until !== null && vault.until <= now()) await this.lock()
  }

  /** Another tab did something. */
  async #hear({ id, person }) {
    if (person !== this.person) return
    if (id === null) await this.#desk.vault.follow(this.#desk.now())
    await this.#desk.refresh(id)
    this.#desk.tell("change", { id })
    this.#sender.soon()
  }

  /**
   * The survey of a visit: what stands on this tablet, or a new one from what the page has. Nothing is stored before
   * the first change.
   * @param {{visit: number, survey?: string, revision?: number, document?: object, evidence?: object[],
   *   criteria?: string, title?: string, fresh?: boolean}} given `fresh`: another survey of this visit
   */
  async draft(given) {
    const desk = this.#needDesk()
    void desk.key
    const rows = (await desk.store.listDrafts(this.person)).filter(({ queue }) => queue.name !== "gone")
    const row = given.fresh ? null : choose(rows, given)
    const draft = row ? await Draft.of(desk, row) : Draft.fresh(desk, given)
    if (row) await (isOlder(row, given) ? draft.adopt(given) : draft.compareWith(given))
    this.#desk.live.add(draft)
    if (row) this.#catchUp(draft).catch(() => {})
    return draft
  }

  /** The page may be an old copy, and another device have saved since: taken when nothing is here that it lacks. */
  async #catchUp(draft) {
    const isIdle = () => draft.state === "draft" && draft.isSaved && draft.revision > 0
    const token = isIdle() && await this.#desk.vault.token()
    if (!token) return
    const { isOurs, status, body } = await this.#devices.send(token, { method: "GET", url: `/api/surveys/${draft.survey}` })
    if (!isOurs || status !== 200 || body.state !== "draft" || body.revision <= draft.revision || !isIdle()) return
    await draft.adopt(body)
    this.#desk.tell("moved", { id: draft.id })
  }

  /** A survey that stands on this tablet, by its id; null when it does not. */
  async find(id) {
    const row = await this.#needDesk().store.get("drafts", id)
    if (row?.person !== this.person) return null
    const draft = await Draft.of(this.#desk, row)
    this.#desk.live.add(draft)
    return draft
  }

  /** Go on from a record whose lost photos the server can never get, see taking-back.js. */
  async takeBack(id) {
    void this.#needDesk().key
    const { takeBack } = await import("./taking-back.js")
    await takeBack(this.#desk, id)
  }

  /** The queue in figures, see summary.js; works while it is locked. */
  async summary() {
    return summarize(await this.#needDesk().store.listDrafts(this.person))
  }

  /** Send now; resolves when nothing more can be done for the moment. */
  send() { return this.#needDesk() && this.#sender.wake() }

  /** {persisted, free (bytes|null), skewMs|null, isEnrolled, problem|null}. */
  async health() {
    return { ...await this.#sender?.health(), skewMs: this.#devices?.skewMs ?? null, isEnrolled: this.isEnrolled,
      problem: this.#devices?.problem ?? null }
  }

  /** One encrypted file of everything of this person on this tablet; works while it is locked. */
  async rescue() {
    const { save } = await import("./rescue.js")
    return save(this.#needDesk(), { app: this.#sender.app })
  }

  /** Take a rescue file in: {added, known, files}; see restore.js for what it may refuse. */
  async restore(blob, { pin = null } = {}) {
    void this.#needDesk().key
    const { restore } = await import("./restore.js")
    return restore(this.#desk, blob, { pin, secretOf: (device) => this.#devices.secretOf(device) })
  }

  /** Stop sending and let go of the storage; resolves when what was under way has ended. */
  async close() {
    clearInterval(this.#timer)
    await this.#sender?.stop()
    this.#desk?.close()
  }
}

/** The survey asked for; else the one of this visit that needs its person most. */
function choose(rows, { survey, visit }) {
  const exact = rows.find((row) => survey && (row.id === survey || row.survey === survey))
  if (exact) return exact
  const isUnsaved = ({ queue }) => OPEN.has(queue.name) && queue.version > queue.saved
  const rank = ({ queue }) => RANK.indexOf(queue.name)
  const here = rows.filter((row) => row.visit === visit && (!survey || isUnsaved(row)))
  return here.sort((a, b) => rank(a) - rank(b) || b.changedAt - a.changedAt)[0] ?? null
}

/** Whether nothing was written here that the page's newer version lacks. */
const isOlder = ({ queue }, { revision = 0 }) =>
  queue.name === "draft" && queue.version === queue.saved && revision > queue.revision
