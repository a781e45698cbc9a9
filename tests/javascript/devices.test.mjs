import assert from "node:assert/strict"
import { test } from "node:test"

import { cutOff, fresh, open, sealed, serve, stateOf } from "./world.mjs"

test("a revoked device keeps everything and is enrolled again after signing in", async () => {
  const server = await serve()
  const name = fresh()
  const tablet = await open(name)
  await tablet.send()
  const draft = await sealed(tablet)
  for (const device of server.devices.values()) device.isRevoked = true
  server.session = null
  const told = []
  for (const event of ["revoked", "signed-out"]) tablet.addEventListener(event, () => told.push(event))
  await tablet.send()
  assert.deepEqual(told, ["revoked"])
  assert.equal(draft.state, "ready")
  server.session = 7 // of before: perhaps the finder's of a lost tablet
  await tablet.send()
  assert.equal(draft.state, "ready")
  server.isFresh = true
  await tablet.send()
  assert.equal(draft.state, "complete")
})

test("a revoked device without a PIN is opened by its owner, signed in again", async () => {
  const server = await serve()
  const name = fresh()
  const tablet = await open(name)
  await tablet.send()
  const { id } = await sealed(tablet)
  await tablet.lock()
  for (const device of server.devices.values()) device.isRevoked = true
  assert.equal((await open(name)).state, "locked")
  server.isFresh = true
  const again = await open(name)
  assert.equal(again.state, "open")
  await again.send()
  assert.equal((await again.find(id)).state, "complete")
})

test("a device signed out with its owner gets a new token under its old name", async () => {
  const server = await serve()
  const tablet = await open(fresh())
  await tablet.send()
  const [device] = server.devices.values()
  server.devices.clear() // its token is worth nothing
  server.devices.set("none", device)
  const draft = await sealed(tablet)
  await tablet.send()
  assert.equal(draft.state, "complete")
  assert.deepEqual([...server.devices.values()].map(({ id }) => id), [1])
})

test("another person neither sees nor sends it; it is there when the first one is back", async () => {
  const server = await serve()
  const name = fresh()
  const first = await open(name)
  await first.send()
  await sealed(first)
  await first.close()
  server.session = 8
  const second = await open(name, { person: 8 })
  assert.equal((await second.summary()).count, 0)
  await second.send()
  assert.equal(server.model.surveys.size, 0)
  await second.close()
  cutOff()
  const offline = await open(name)
  assert.equal(offline.state, "locked")
  assert.equal((await offline.summary()).count, 1)
  await assert.rejects(offline.draft({ visit: 12 }), { code: "locked" })
  await offline.close()
  server.session = 7
  globalThis.fetch = server.fetch
  const back = await open(name)
  assert.equal(back.state, "open")
  await back.send()
  assert.deepEqual(await stateOf(back), ["complete"])
})

test("a clock that is off is measured and said once", async () => {
  const server = await serve({ skew: -86_400_000 })
  const tablet = await open(fresh())
  const told = []
  tablet.addEventListener("skew", ({ detail }) => told.push(detail.skewMs))
  await sealed(tablet)
  await tablet.send()
  assert.equal(told.length, 1)
  assert.ok(Math.abs(told[0] - 86_400_000) < 2000)
  assert.ok(server.log.every(({ headers }) => headers["X-Sent-At"]))
})
