// A small server that keeps to the contract of /api, for the tablet's tests: a pure model, and a fetch around it.

import { createHash, randomUUID, webcrypto } from "node:crypto"

export const hash = (bytes) => createHash("sha256").update(bytes).digest("hex")

export class Model {
  constructor() { this.surveys = new Map() }

  /** PUT /api/surveys/<id>: {status, body}; receipts are plain payloads here. */
  put(id, text, person = 7) {
    const body = JSON.parse(text)
    const known = this.surveys.get(id)
    const isForeign = known && known.revision !== body.revision && (known.copy !== body.copy || body.version < known.version)
    if (!body.submit) return this.draft(id, known, body, isForeign)
    const sha256 = hash(text)
    if (known?.sha256 === sha256) return { status: 200, body: this.answer(known) }
    if (known?.sha256 || isForeign) return this.twin(id, text, body, person)
    if (body.document.bad) return { status: 422, body: { error: "bad", fields: { bad: "words" }, missing: [] } }
    return { status: 201, body: this.answer(this.seal(id, text, body, person)) }
  }

  /** GET /api/surveys/<id>. */
  get(id) {
    const { document, manifest, revision, copy, sha256 } = this.surveys.get(id)
    return { id, document, revision, copy, state: sha256 ? "arriving" : "draft", evidence: manifest }
  }

  draft(id, known, body, isForeign) {
    if (known?.sha256) return { status: 409, body: { error: "closed" } }
    if (isForeign) return { status: 409, body: { error: "stale", current: known.document, evidence: known.manifest, revision: known.revision } }
    const survey = { id, files: {}, ...known, copy: body.copy, version: body.version, document: body.document, manifest: body.evidence, revision: (known?.revision ?? 0) + 1 }
    this.surveys.set(id, survey)
    return { status: known ? 200 : 201, body: this.answer(survey) }
  }

  seal(id, text, body, person, twinOf = null) {
    const sha256 = hash(text)
    const receipt = { kind: "receipt", survey: id, sha256, person, visit: body.visit, files: body.evidence.length, number: `BN-2026-${sha256.slice(0, 10)}` }
    const survey = { files: {}, revision: 0, ...this.surveys.get(id), id, copy: body.copy, document: body.document,
      manifest: body.evidence, text, sha256, receipt, twinOf }
    this.surveys.set(id, survey)
    return survey
  }

  twin(id, text, body, person) {
    const sha256 = hash(text)
    const known = [...this.surveys.values()].find((one) => one.twinOf === id && one.sha256 === sha256)
    const twin = known ?? this.seal(randomUUID(), text, body, person, id)
    return { status: 409, body: { ...this.answer(twin), id, error: "differs", kept_as: twin.id } }
  }

  lacks(survey) {
    return survey.manifest.filter(({ id }) => !survey.files[id])
      .map(({ id, sha256 }) => ({ id, sha256, to: `/api/surveys/${survey.id}/evidence/${id}` }))
  }

  answer(survey) {
    const lacks = this.lacks(survey)
    const isComplete = Boolean(survey.sha256) && !lacks.length
    if (isComplete) survey.completedAt ??= this.now?.() ?? 0
    return {
      id: survey.id, revision: survey.revision, lacks, state: isComplete ? "complete" : survey.sha256 ? "arriving" : "draft",
      ...(survey.receipt && { receipt: survey.receipt }),
      ...(isComplete && { completion: { ...survey.receipt, kind: "completion", completed_at: new Date(survey.completedAt).toISOString() } }),
    }
  }

  /** PUT of a file's bytes. */
  putFile(to, bytes) {
    const [, id, evidence] = /^\/api\/surveys\/(.+)\/evidence\/(.+)$/.exec(to)
    const survey = this.surveys.get(id)
    const item = survey?.manifest.find((one) => one.id === evidence)
    if (!item) return { status: 404, body: { error: "unknown" } }
    const sha256 = hash(bytes)
    if (sha256 !== item.sha256) return { status: 422, body: { error: "cut", fields: { file: "words" } } }
    const isNew = !survey.files[evidence]
    survey.files[evidence] = sha256
    const { completion, state, lacks } = this.answer(survey)
    return { status: isNew ? 201 : 200, body: { id: evidence, received_sha256: sha256, state, lacks_count: lacks.length, ...(completion && { completion }) } }
  }
}

const base64 = (value) => Buffer.from(value).toString("base64url")

/** The model behind a fetch: sign-in, devices, signatures, clock, and faults. */
export class Server {
  static async start(options = {}) {
    const server = Object.assign(new Server(), { model: new Model(), devices: new Map(), session: 7, skew: 0, log: [], ...options })
    server.model.now = () => server.now()
    await server.newKey()
    return server
  }

  now() { return Date.now() + this.skew }

  async newKey() {
    this.pair = await webcrypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])
    this.kid = randomUUID()
    const { kty, crv, x } = await webcrypto.subtle.exportKey("jwk", this.pair.publicKey)
    this.keys = { keys: [{ kty, crv, x, kid: this.kid, alg: "Ed25519" }] }
  }

  async sign(payload) {
    const message = `${base64(JSON.stringify({ alg: "Ed25519", kid: this.kid }))}.${base64(JSON.stringify(payload))}`
    return `${message}.${base64(await webcrypto.subtle.sign("Ed25519", this.pair.privateKey, Buffer.from(message)))}`
  }

  /** What stands in for globalThis.fetch; `fault(request, answer)` may give another answer or throw. */
  get fetch() {
    return async (url, { method = "GET", headers = {}, body = "" } = {}) => {
      const path = url.replace(/^https?:\/\/[^/]+/, "")
      const bytes = Buffer.from(body instanceof Blob ? await body.arrayBuffer() : body)
      const seen = { method, path, headers, bytes }
      this.log.push(seen)
      const answer = () => this.handle(seen)
      return this.fault ? this.fault(seen, answer) : answer()
    }
  }

  async handle({ method, path, headers, bytes }) {
    if (path.startsWith("/account/")) return this.account(method, path, bytes)
    const device = this.devices.get(headers.Authorization?.slice(7))
    if (!device || device.isRevoked) return this.reply(401, { error: "who", reason: device ? "revoked" : "signed-out" })
    if (path === "/api/device") {
      device.report = JSON.parse(bytes)
      return this.reply(200, { person: device.person, skew_ms: 0, keys: this.keys })
    }
    if (method === "GET") return this.reply(200, this.model.get(path.split("/").pop()))
    const isFile = path.includes("/evidence/")
    const { status, body } = isFile ? this.model.putFile(path, bytes) : this.model.put(path.split("/").pop(), bytes.toString(), device.person)
    for (const name of ["receipt", "completion"]) if (body[name]) body[name] = await this.sign(body[name])
    return this.reply(status, body)
  }

  account(method, path, bytes) {
    if (!this.session) return this.reply(401, { error: "sign in" })
    if (method === "POST" && path === "/account/devices") {
      const id = this.devices.size + 1
      const device = { id, person: this.session, token: `ppx_${id}_x`, secret: base64(webcrypto.getRandomValues(new Uint8Array(32))), name: JSON.parse(bytes).name }
      this.devices.set(device.token, device)
      return this.reply(201, { id, token: device.token, secret: device.secret, person: device.person })
    }
    const device = [...this.devices.values()].find(({ id }) => path.startsWith(`/account/devices/${id}/`))
    if (path.endsWith("/token") && device?.person === this.session) {
      for (const [token, one] of this.devices) if (one === device) this.devices.delete(token)
      device.token += "x"
      this.devices.set(device.token, device)
      return this.reply(201, device)
    }
    if (method === "GET" && device?.person === this.session) {
      return device.isRevoked && !this.isFresh ? this.reply(409, { error: "revoked" }) : this.reply(200, { secret: device.secret })
    }
    return this.reply(404, { error: "unknown" })
  }

  reply(status, body) {
    return new Response(JSON.stringify({ ...body, received_at: new Date(this.now()).toISOString() }),
      { status, headers: { "X-PPX": "1", "Content-Type": "application/json" } })
  }
}
