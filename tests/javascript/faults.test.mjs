// The whole tablet (storage, keys, sender) over a line and a page that fail anywhere.

import assert from "node:assert/strict"
import { test } from "node:test"

import fc from "fast-check"

import { fresh, open, photo, serve } from "./world.mjs"

const RUNS = Math.ceil(Number(process.env.PPX_ROUNDS ?? 300) / 10)
const forever = () => new Promise(() => {})
const reply = (text, status, headers = {}) => new Response(text, { status, headers })

const LINES = {
  well: (_, answer) => answer(),
  dead: async () => { throw new TypeError("no network") },
  lost: async (_, answer) => { await answer(); throw new TypeError("cut") },
  portal: async () => reply("<h1>Wi-Fi</h1>", 200),
  bare: async () => reply("{}", 200, { "X-PPX": "1" }),
  crashed: async (_, answer) => { await answer(); return reply("{}", 502) },
  large: async () => reply("<h1>413</h1>", 413),
  twice: async (_, answer) => { await answer(); return answer() },
  killedBefore: forever,
  killedAfter: async (_, answer) => { await answer(); return forever() },
}

/** One tablet on one visit; pages come and go. */
class Day {
  static async begin() {
    const day = Object.assign(new Day(), { name: fresh(), at: Date.now(), photos: 0, server: await serve(), text: "", isSealed: false })
    await day.page()
    await day.tablet.send()
    return day
  }

  /** A page is opened: the one before is dead. */
  async page() {
    this.server.fault = null
    this.at += 60_000
    this.tablet = await open(this.name, { now: () => this.at })
    this.draft = await this.tablet.draft({ visit: 12, document: { remarks: "" } })
    assert.equal(this.draft.document.remarks, this.text, "what was given is there")
    assert.equal(this.draft.evidence.length, this.photos)
  }

  async write(text) {
    if (this.isSealed) return
    await this.draft.change({ remarks: text })
    this.text = text
  }

  async shoot() {
    if (this.isSealed) return
    await this.draft.addFile(photo(`photo ${this.photos}`), { criterion: "A1" })
    this.photos += 1
  }

  async seal() {
    if (this.isSealed) return
    await this.draft.seal()
    this.isSealed = true
  }

  /** Send while the line behaves like this, one after the other; a kill ends the page. */
  async send(hows) {
    const left = [...hows]
    let killed
    const kill = new Promise((resolve) => { killed = resolve })
    this.server.fault = (request, answer) => {
      const how = request.path.startsWith("/api/surveys") ? left.shift() ?? "well" : "well"
      if (how.startsWith("killed")) setTimeout(killed, 5)
      return LINES[how](request, answer)
    }
    await Promise.race([this.tablet.send(), kill])
    if (hows.some((how) => how.startsWith("killed"))) await this.page()
  }
}

const action = fc.oneof(
  fc.string({ minLength: 1, maxLength: 5 }).map((text) => (day) => day.write(text)),
  fc.constant((day) => day.shoot()),
  fc.constant((day) => day.page()),
  fc.constant((day) => day.seal()),
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...Object.keys(LINES)), { maxLength: 4 }).map((hows) => (day) => day.send(hows)) },
)

test("whatever fails, every answer and photo arrives exactly once", { timeout: 300_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(action, { maxLength: 12 }), async (actions) => {
    const day = await Day.begin()
    await day.write("first")
    for (const act of actions) await act(day)
    await day.page()
    await day.seal()
    for (let k = 0; k < 3; k += 1) await day.send([])
    assert.equal(day.draft.state, "complete")
    const sealed = [...day.server.model.surveys.values()].filter(({ sha256 }) => sha256)
    assert.equal(sealed.length, 1)
    assert.equal(sealed[0].document.remarks, day.text)
    assert.equal(Object.keys(sealed[0].files).length, day.photos)
    await day.tablet.close()
  }), { numRuns: RUNS })
})
