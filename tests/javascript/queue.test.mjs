import assert from "node:assert/strict"
import { test } from "node:test"

import fc from "fast-check"

import { begin, isStuck, listBarred, listLost, next, wanted } from "../../static/js/tablet/queue.js"
import { Model, hash } from "./model-server.mjs"

const RUNS = Number(process.env.PPX_ROUNDS ?? 300)
const DAY = 24 * 60 * 60_000
const SURVEY = "00000000-0000-4000-8000-000000000001"
const uuid = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`

/** A tablet with nothing but the machine, and a server it reaches by a line that does what it likes. */
class World {
  constructor() {
    Object.assign(this, { model: new Model(), state: begin(), at: 0, document: { n: 0 }, evidence: [], bytes: {}, record: null,
      told: [], wire: [], survey: SURVEY, count: 0, answer: null })
    this.model.now = () => this.at
  }

  event(event) {
    try {
      this.state = structuredClone(next(this.state, { at: this.at, chance: 0.5, ...event }).state)
      return true
    } catch (error) {
      if (!error.code) throw error
      return false
    }
  }

  edit(bad) {
    if (this.event({ type: "changed" })) this.document = { n: this.document.n + 1, ...(bad && { bad }) }
  }

  add() {
    const [id, text] = [uuid(100 + (this.count += 1)), `photo ${this.count}`]
    if (!this.event({ type: "added", id, sha256: hash(text), size: text.length })) return
    this.evidence = [...this.evidence, { id, sha256: hash(text) }]
    this.bytes[id] = text
  }

  remove(k) {
    const item = this.evidence[k % (this.evidence.length || 1)]
    if (item && this.event({ type: "removed", id: item.id })) this.evidence = this.evidence.filter((one) => one !== item)
  }

  message(submit) {
    return JSON.stringify({ visit: 12, copy: "mine", version: this.state.version, revision: this.state.revision, document: this.document, evidence: this.evidence, submit,
      ...(submit && { device: { sealed_at: this.at } }) })
  }

  seal() {
    const text = this.message(true)
    if (this.event({ type: "seal", sha256: hash(text), size: text.length, version: this.state.version })) this.record = text
  }

  other() {
    const known = this.model.surveys.get(this.survey)
    if (known && !known.sha256) this.model.put(this.survey, JSON.stringify({ visit: 12, copy: "theirs", revision: known.revision, document: { theirs: this.at }, evidence: known.manifest }))
  }

  accept(choice) {
    const { current, evidence } = this.answer ?? {}
    const files = Object.fromEntries((evidence ?? []).map(({ id, sha256 }) => [id, { sha256, size: 1, here: id in this.bytes, sent: true }]))
    if (this.event({ type: "accept", choice, files }) && choice === "theirs") [this.document, this.evidence] = [current, evidence]
  }

  /** Do what is wanted; the line does `how`. While an answer is on its way it is waited for. */
  step(how) {
    if (this.pending) return this.arrive()
    const [job] = wanted(this.state, this.at)
    if (!job || job.do === "erase") return
    const request = this.prepare(job)
    if (how === "killed") return
    const arrives = !["no-network", "portal", "bare", "held"].includes(how) && request.text !== this.bars
    if (how === "held") this.wire.push(request)
    const answer = arrives ? this.serve(request) : null
    if (how === "twice" && arrives) this.serve(request)
    this.told.push(request)
    this.pending = { type: "answer", what: job.do, survey: this.survey, ...request.facts, ...this.outcome(how, answer, request) }
    if (how !== "slow") this.arrive()
  }

  arrive() {
    const { pending } = this
    this.pending = null
    if (pending) this.event(pending)
  }

  /** Give up what was sealed and say something else: only if it may be. */
  rewrite() {
    if (!this.event({ type: "reopen" })) return
    this.edit(false)
    this.seal()
  }

  prepare(job) {
    if (job.do === "draft") return { text: this.message(false), facts: { version: this.state.version, files: this.evidence.map(({ id }) => id) } }
    if (job.do === "file") return { to: job.to, text: this.bytes[job.id], facts: { id: job.id } }
    this.event({ type: "begin", what: "record" })
    return { text: this.record, facts: { sha256: this.state.sealed.sha256 } }
  }

  serve(request) {
    return request.to ? this.model.putFile(request.to, request.text) : this.model.put(this.survey, request.text)
  }

  outcome(how, answer, request) {
    const plain = { isOurs: true, body: {}, receipt: null, completion: null }
    if (request.text === this.bars) return { ...plain, status: 413, isOurs: false }
    if (how === "portal") return { ...plain, status: 200, isOurs: false }
    if (how === "bare") return { ...plain, status: 201, body: {} }
    if (how === "crashed") return { ...plain, status: 500 }
    if (["no-network", "held", "lost"].includes(how)) return { ...plain, status: 0, isOurs: false }
    if (answer.status === 409 && answer.body.current) this.answer = answer.body
    return { ...plain, status: answer.status, body: answer.body, receipt: answer.body.receipt, completion: answer.body.completion, kept: answer.body }
  }

  /** The server refuses before it looks. */
  refuse(status) {
    const [job] = this.pending ? [] : wanted(this.state, this.at)
    if (!job || job.do === "erase") return
    const request = this.prepare(job)
    this.event({ type: "answer", what: job.do, survey: this.survey, ...request.facts, status, isOurs: true, body: { error: "no" }, receipt: null, completion: null })
  }

  /** An earlier request arrives now, or once more. */
  replay(k, from) {
    const request = from[k % (from.length || 1)]
    if (request && request.text !== this.bars) this.serve(request) // what no line lets pass never comes later either
  }

  evict(k) {
    const ids = Object.keys(this.state.files).filter((id) => !this.state.files[id].sent)
    const id = ids[k % (ids.length || 1)]
    if (id) { delete this.bytes[id]; this.event({ type: "missing", id }) }
  }

  /** What can never be whole goes on as another survey, its files under other names. */
  takeBack() {
    const names = new Map(this.evidence.map(({ id }) => [id, uuid(100 + (this.count += 1))]))
    const files = Object.fromEntries(Object.entries(this.state.files).map(([id, file]) => [names.get(id), { ...file, sent: false }]))
    if (!this.event({ type: "takeBack", files })) return
    this.survey = uuid(this.count += 1)
    this.evidence = this.evidence.map(({ id, sha256 }) => ({ id: names.get(id), sha256 }))
    this.bytes = Object.fromEntries(Object.entries(this.bytes).map(([id, text]) => [names.get(id) ?? id, text]))
  }

  /** Whatever is left is made right by a person with a good line. */
  finish() {
    this.arrive()
    for (let round = 0; round < 60 && this.state.name !== "complete" && this.state.name !== "gone"; round += 1) {
      this.at += DAY
      if (this.state.name === "differs") this.accept("mine")
      if (isStuck(this.state) && (listLost(this.state).length || this.bars)) this.takeBack()
      if (["draft", "refused"].includes(this.state.name)) {
        const barred = this.bars ? listBarred(this.state) : []
        for (const id of [...listLost(this.state), ...barred]) this.remove(this.evidence.findIndex((one) => one.id === id))
        if (this.document.bad) this.edit(false)
        this.seal()
      }
      this.step("well")
    }
  }
}

const LINES = ["well", "well", "well", "lost", "no-network", "portal", "bare", "crashed", "killed", "held", "twice", "slow", "slow"]
const commands = (extra) => fc.array(fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...LINES).map((how) => (world) => world.step(how)) },
  { weight: 3, arbitrary: fc.constant((world) => world.edit(false)) },
  { weight: 1, arbitrary: fc.constant((world) => world.edit(true)) },
  { weight: 2, arbitrary: fc.constant((world) => world.add()) },
  { weight: 1, arbitrary: fc.nat(5).map((k) => (world) => world.remove(k)) },
  { weight: 3, arbitrary: fc.constant((world) => world.seal()) },
  { weight: 2, arbitrary: fc.constant((world) => world.event({ type: "reopen" })) },
  { weight: 2, arbitrary: fc.constant((world) => world.rewrite()) },
  { weight: 1, arbitrary: fc.constant((world) => { world.pending = null }) },
  { weight: 3, arbitrary: fc.constantFrom(401, 403, 404, 413, 429).map((status) => (world) => world.refuse(status)) },
  { weight: 2, arbitrary: fc.nat(9).map((k) => (world) => world.replay(k, world.wire)) },
  { weight: 1, arbitrary: fc.nat(9).map((k) => (world) => world.replay(k, world.told)) },
  { weight: 3, arbitrary: fc.constantFrom(1000, 60_000, DAY, 40 * DAY).map((ms) => (world) => { world.at += ms }) },
  { weight: 1, arbitrary: fc.constant((world) => world.event({ type: "tick", serverAt: world.at })) },
  { weight: 1, arbitrary: fc.constant((world) => world.event({ type: "wake" })) },
  ...extra), { maxLength: 60 })

const recorded = (world) => [...world.model.surveys.values()].filter((survey) => survey.sha256)

function check(world) {
  const { state, model } = world
  const kept = model.surveys.get(state.keptAs ?? world.survey)
  for (const [id, { sent, sha256 }] of Object.entries(state.files)) {
    if (sent && id in world.bytes) assert.ok([...model.surveys.values()].some(({ files }) => files[id] === sha256), "sent is what the server has")
  }
  if (["received", "complete", "gone"].includes(state.name)) assert.equal(kept.text, world.record, "the server has exactly our bytes")
  if (["complete", "gone"].includes(state.name)) assert.equal(model.lacks(kept).length, 0, "complete only when nothing lacks")
  if (state.name === "gone") assert.ok(world.at - kept.completedAt >= 30 * DAY, "a copy goes 30 days after its completion, not before")
  if (state.sealed) assert.equal(hash(world.record), state.sealed.sha256, "sealed bytes never change")
  if (state.sealed) assert.deepEqual(JSON.parse(world.record).document, world.document, "what is sealed is what was written last")
}

/** Whatever happens after it has begun, a person with a good line gets it through; then `holds` looks at the world. */
function always(extra, holds, begins = (world) => world.edit(false)) {
  fc.assert(fc.property(commands(extra), (steps) => {
    const world = new World()
    begins(world)
    for (const step of steps) { step(world); check(world) }
    world.finish()
    check(world)
    assert.ok(["complete", "gone"].includes(world.state.name), world.state.name)
    holds(world)
  }), { numRuns: RUNS })
}

function arrivesWhole(world) {
  assert.equal(recorded(world).filter((one) => !world.model.lacks(one).length).length, 1, "one is whole")
  assert.ok(recorded(world).length <= 2)
}

test("no sequence of events loses or doubles a survey", () => {
  always([], (world) => {
    assert.equal(recorded(world).length, 1, "it arrived exactly once")
    assert.equal(recorded(world)[0].text, world.record)
  })
})

test("with a second tablet on the survey both arrive, and a person chooses", () => {
  const extra = [
    { weight: 2, arbitrary: fc.constant((world) => world.other()) },
    { weight: 2, arbitrary: fc.constantFrom("mine", "theirs").map((choice) => (world) => world.accept(choice)) },
  ]
  always(extra, (world) => assert.equal(recorded(world).filter(({ copy }) => copy === "mine").length, 1))
})

test("storage that is cleared in between is said, and everything else arrives", () => {
  always([{ weight: 3, arbitrary: fc.nat(5).map((k) => (world) => world.evict(k)) }], arrivesWhole)
})

test("a photo that no line lets pass is taken out by hand, and everything else arrives", () => {
  always([], arrivesWhole, (world) => {
    world.bars = "photo 1"
    world.edit(false)
    world.add()
  })
})

test("a photo that arrived, only its answer lost, and is gone here since, is no reason to take the record back", () => {
  const world = new World()
  world.edit(false)
  world.add()
  world.seal()
  world.step("well")
  world.step("lost")
  world.evict(0)
  assert.equal(isStuck(world.state), false)
  world.finish()
  assert.equal(world.state.name, "complete")
  assert.equal(recorded(world).length, 1)
})
