import assert from "node:assert/strict"
import { test } from "node:test"

import { cutOff, fresh, open, photo, sealed, serve } from "./world.mjs"

/** A tablet with an open draft (visit 13), a sealed survey (12) and one that is complete (11). */
async function busy(server) {
  const tablet = await open(fresh())
  await sealed(tablet, { visit: 11 })
  await tablet.send()
  const draft = await tablet.draft({ visit: 13, document: {} })
  await draft.change({ remarks: "nháp" })
  await draft.addFile(photo("nháp"), { criterion: "B1" })
  await sealed(tablet, { visit: 12 })
  server.busy = tablet
  return tablet
}

const states = async (tablet) => Object.fromEntries((await tablet.summary()).items.map(({ visit, state }) => [visit, state]))

test("everything comes back on another tablet, and twice adds nothing", async () => {
  const server = await serve()
  const blob = await (await busy(server)).rescue()
  const other = await open(fresh())
  await other.send()
  assert.deepEqual(await other.restore(blob), { added: 3, known: 0, files: 5 })
  assert.deepEqual(await states(other), { 11: "complete", 12: "sending", 13: "draft" })
  assert.deepEqual(await other.restore(blob), { added: 0, known: 3, files: 0 })
  const draft = await other.draft({ visit: 13, document: {} })
  assert.equal(draft.document.remarks, "nháp")
  assert.equal(await (await draft.file(draft.evidence[0].id)).text(), "nháp")
  await other.send()
  await server.busy.send()
  assert.deepEqual(await states(other), { 11: "complete", 12: "complete", 13: "draft" })
  assert.deepEqual(await states(server.busy), { 11: "complete", 12: "complete", 13: "draft" })
  assert.equal(server.model.surveys.size, 3)
  await draft.change({ remarks: "later" })
  assert.deepEqual(await other.restore(blob), { added: 0, known: 3, files: 0 })
})

test("what stands here under the same id and says something else stays", async () => {
  const server = await serve()
  const tablet = await busy(server)
  const blob = await tablet.rescue()
  const draft = await tablet.draft({ visit: 13 })
  await draft.change({ remarks: "mới hơn" })
  assert.deepEqual(await tablet.restore(blob), { added: 1, known: 2, files: 0 })
  assert.deepEqual(await tablet.restore(blob), { added: 0, known: 3, files: 0 })
  const drafts = (await tablet.summary()).items.filter(({ state }) => state === "draft")
  const found = await Promise.all(drafts.map(({ id }) => tablet.find(id)))
  assert.deepEqual(found.map(({ document }) => document.remarks).sort(), ["mới hơn", "nháp"])
  const ids = found.flatMap(({ evidence }) => evidence.map(({ id }) => id))
  assert.equal(new Set(ids).size, 2)
  for (const one of found) await one.seal()
  await tablet.send()
  assert.equal([...server.model.surveys.values()].filter(({ sha256 }) => sha256).length, 4)
})

test("a sealed record beside a rewritten one keeps its bytes, and both arrive", async () => {
  const server = await serve()
  const tablet = await open(fresh())
  const draft = await sealed(tablet)
  const blob = await tablet.rescue()
  await draft.reopen()
  await draft.change({ remarks: "rewritten" })
  await draft.seal()
  assert.equal((await tablet.restore(blob)).added, 1)
  await tablet.send()
  assert.deepEqual((await tablet.summary()).items.map(({ state }) => state), ["complete", "complete"])
  assert.deepEqual([...server.model.surveys.values()].map(({ document }) => document.remarks).sort(), ["rewritten", "tốt"])
})

test("it opens by PIN without a network, and is made while the tablet is locked", async () => {
  const server = await serve()
  const tablet = await busy(server)
  await tablet.setPin("246810")
  await tablet.lock()
  const blob = await tablet.rescue()
  const other = await open(fresh())
  cutOff()
  await assert.rejects(other.restore(blob), { code: "pin-needed" })
  await assert.rejects(other.restore(blob, { pin: "1111" }), { code: "pin-wrong" })
  assert.equal((await other.restore(blob, { pin: "246810" })).added, 3)
  assert.equal((await states(other))[13], "draft")
})

test("damaged and foreign files change nothing", async () => {
  const server = await serve()
  const blob = await (await busy(server)).rescue()
  const bytes = new Uint8Array(await blob.arrayBuffer())
  const other = await open(fresh())
  const flip = (at) => { const copy = bytes.slice(); copy[at] ^= 1; return new Blob([copy]) }
  const cases = { foreign: [new Blob(["%PDF-1.7 …"]), new Blob([])], newer: [new Blob(["PPXRES99", bytes.slice(8)])],
    damaged: [flip(40), flip(bytes.length - 3), flip(9), blob.slice(0, bytes.length - 1), blob.slice(0, 10), new Blob([blob, "x"])] }
  for (const [code, blobs] of Object.entries(cases)) for (const one of blobs) await assert.rejects(other.restore(one), { code })
  assert.equal((await other.summary()).items.length, 0)
  server.session = 8
  const stranger = await open(fresh(), { person: 8 })
  await assert.rejects(stranger.restore(blob), { code: "other-person" })
})

test("a completion that the server did not sign is not believed", async () => {
  const server = await serve()
  const tablet = await busy(server)
  const blob = await tablet.rescue()
  await server.newKey()
  const other = await open(fresh())
  await other.send()
  await other.restore(blob)
  assert.equal((await states(other))[11], "sending")
  await other.send()
  assert.equal((await states(other))[11], "complete")
  assert.equal(server.model.surveys.size, 2 + 1)
})
