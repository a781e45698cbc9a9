import "fake-indexeddb/auto"

import assert from "node:assert/strict"
import { test } from "node:test"

import { Tablet } from "../../static/js/tablet/tablet.js"

let count = 0
export const fresh = () => `ppx-${count += 1}`
const open = (name, more = {}) => Tablet.open({ person: 7, name, send: false, base: "http://127.0.0.1:9", ...more })
const photo = (text) => new Blob([text], { type: "image/jpeg" })

test("what is given is there again after the page was killed", async () => {
  const name = fresh()
  const tablet = await open(name)
  assert.equal(tablet.state, "open")
  const draft = await tablet.draft({ visit: 12, document: { answers: {} } })
  await draft.change({ answers: { A1: { yes: true } } })
  const item = await draft.addFile(photo("kệ hàng"), { criterion: "A1", lat: 21.3 })
  assert.equal(item.lat, "21.3")
  const again = await (await open(name)).draft({ visit: 12, document: { answers: {} } })
  assert.equal(again.id, draft.id)
  assert.deepEqual(again.document, { answers: { A1: { yes: true } } })
  assert.equal(await (await again.file(item.id)).text(), "kệ hàng")
  assert.equal(again.isRestored, true)
  assert.equal((await (await open(name)).draft({ visit: 12, document: { answers: {} } })).isRestored, false)
})

test("nothing is stored before the first change", async () => {
  const tablet = await open(fresh())
  await tablet.draft({ visit: 12, document: {} })
  assert.equal((await tablet.summary()).drafts, 0)
})

test("a sealed survey takes no more changes until it is reopened", async () => {
  const name = fresh()
  const tablet = await open(name)
  const draft = await tablet.draft({ visit: 12, document: {} })
  await draft.change({ remarks: "a" })
  await draft.seal({ score: { total: "80" }, app: "1" })
  assert.equal(draft.state, "ready")
  await assert.rejects(draft.change({ remarks: "b" }), { code: "sealed" })
  assert.equal((await tablet.summary()).count, 1)
  await draft.reopen()
  await draft.change({ remarks: "b" })
  assert.equal(draft.state, "draft")
  assert.equal((await (await open(name)).draft({ visit: 12, document: {} })).document.remarks, "b")
})
