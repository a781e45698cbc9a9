// This tablet at the server: enrolled for one person, its vault's second key kept there, its queue reported.

import { toBase64, random } from "./crypto.js"
import { request } from "./transport.js"

const PATIENT = 10_000 // ms to wait for the server when nothing else can open the vault
const BRIEF = 1_500 // ms when there is a PIN
const EVERY = 60_000 // ms between two reports
const SKEWED = 5 * 60_000
const SURE = 10_000 // ms of round trip up to which the middle says something about the clock

const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms).unref?.() })
const FACE = /<meta name="csrf-token" content="([^"]+)"/

export class Devices {
  #enrolling = null
  #csrf = null

  constructor(desk, { base = "", csrf = null, name = null } = {}) {
    Object.assign(this, { desk, base, name, problem: null, skewMs: null, reportedAt: 0 })
    Object.assign(this, { hasWarned: false, isUnknown: false })
    this.#csrf = csrf
  }

  get vault() { return this.desk.vault }

  /** At the start: enrol if this is new here, or open a closed vault with the server's secret. */
  async settle() {
    if (this.vault.isOpen) {
      if (!this.vault.device || this.vault.row.lapsed) this.enrol().catch(() => {})
      return
    }
    await Promise.race([this.openBySecret().catch(() => {}), sleep(this.vault.hasPin ? BRIEF : PATIENT)])
  }

  /** Open the vault with the secret the server keeps: needs a network and the person's own session. */
  async openBySecret() {
    if (!this.vault.row.bySecret || globalThis.navigator?.onLine === false) return false
    const secret = await this.secretOf(this.vault.device)
    if (!secret || this.vault.isOpen) return this.vault.isOpen
    await this.vault.openBySecret(secret, this.desk.now())
    this.desk.notify(null)
    if (this.vault.row.lapsed) await this.enrol()
    return true
  }

  /** The secret of one of the person's devices, null when the server does not give it. */
  async secretOf(device) {
    const answer = await this.#get(`/account/devices/${device}/secret`)
    this.#note(answer)
    this.isUnknown = device === this.vault.device && answer.isOurs && answer.status === 404
    return answer.isOurs && answer.status === 200 ? answer.body.secret : null
  }

  /** Make this tablet known, or known again; resolves to whether it is. */
  enrol() {
    this.#enrolling ??= this.#enrol().finally(() => { this.#enrolling = null })
    return this.#enrolling
  }

  async #enrol() {
    const { device, lapsed } = this.vault.row
    if (lapsed === "revoked" && await this.#isShutOut(device)) return false
    let answer = lapsed === "signed-out" ? await this.#ask(`/account/devices/${device}/token`) : null
    const isUnknown = !answer || (answer.isOurs && [403, 404, 409, 410].includes(answer.status))
    if (isUnknown) answer = await this.#ask("/account/devices")
    if (!answer.isOurs || answer.status !== 201) {
      this.problem = problemOf(answer)
      return false
    }
    const { id, person } = answer.body
    if (person !== this.desk.person) {
      this.problem = "other-person"
      if (answer.isNew) await this.#post(`/account/devices/${id}/revocation`, {})
      return false
    }
    await this.vault.keepDevice(answer.body)
    this.problem = null
    this.desk.notify(null)
    return true
  }

  /** Whether nobody has signed in since this device was revoked: such a session may be the finder's of a lost tablet. */
  async #isShutOut(device) {
    const answer = await this.#get(`/account/devices/${device}/secret`)
    if (answer.isOurs && (answer.status === 200 || answer.status === 404)) return false // it may be no more
    this.problem = problemOf(answer)
    return true
  }

  /** The page may be an old copy, its token of another session: once more with today's then. */
  async #ask(path) {
    const body = { name: this.name ?? platform() }
    let answer = await this.#post(path, body)
    if (answer.isHouse && answer.status === 400 && await this.#renew()) answer = await this.#post(path, body)
    return { ...answer, isNew: path === "/account/devices" }
  }

  #get(path, headers = {}) {
    return request({ method: "GET", url: this.base + path, headers, now: this.desk.now })
  }

  #post(path, body) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.csrf }
    return request({ method: "POST", url: this.base + path, headers, body: JSON.stringify(body), now: this.desk.now })
  }

  get csrf() {
    return this.#csrf ?? globalThis.document?.querySelector("meta[name=csrf-token]")?.content ?? ""
  }

  async #renew() {
    const page = await this.#get("/account/devices", { Accept: "text/html" })
    this.#csrf = FACE.exec(page.text)?.[1] ?? this.#csrf
    return FACE.test(page.text)
  }

  /** The token to send with, after enrolling if need be; null when there is none. */
  async token() {
    await this.vault.reload()
    if (!this.vault.row.token || this.vault.row.lapsed) await this.enrol()
    return this.vault.token()
  }

  /** A request in the name of this device; a token that is refused is marked so. */
  async send(token, how) {
    const headers = { ...how.headers, Authorization: `Bearer ${token}` }
    const answer = await request({ credentials: "omit", now: this.desk.now, ...how, url: this.base + how.url, headers })
    this.#note(answer)
    if (answer.isOurs && answer.status === 401) await this.vault.lapse(answer.body.reason)
    return answer
  }

  #note({ skewMs, took }) {
    if (skewMs === null || took > SURE) return
    this.skewMs = skewMs
    if (Math.abs(skewMs) <= SKEWED) this.hasWarned = false
    else if (!this.hasWarned) {
      this.hasWarned = true
      this.desk.tell("skew", { skewMs })
    }
  }

  /** Tell the server how the queue stands, at most once a minute unless `now`; brings the server's keys. */
  async report(token, figures, isUrgent = false) {
    const at = this.desk.now()
    if (!isUrgent && at - this.reportedAt < EVERY) return
    this.reportedAt = at
    const headers = { "Content-Type": "application/json" }
    const answer = await this.send(token, { url: "/api/device", headers, body: JSON.stringify(figures) })
    if (answer.isOurs && answer.status === 200 && answer.body.keys) await this.vault.keepKeys(answer.body.keys)
    return answer
  }
}

function problemOf({ isHouse, status }) {
  if (!isHouse || status >= 500) return "no-network"
  return status === 403 ? "forbidden" : "signed-out"
}

/** A name to tell this tablet from the next, such as "Android K4" or "iPad Zq". */
function platform() {
  const { userAgentData, userAgent = "" } = globalThis.navigator ?? {}
  const kind = /iPad|iPhone|Android|Windows|Macintosh|Linux/.exec(userAgentData?.platform || userAgent)?.[0] ?? "Web"
  return `${kind} ${toBase64(random(3)).replace(/[-_]/g, "x").toUpperCase()}`
}
