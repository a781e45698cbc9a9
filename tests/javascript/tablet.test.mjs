import assert from "node:assert/strict"
import { test } from "node:test"

import { apply, difference, same, shorten } from "../../static/js/tablet/changes.js"
import { cutOff, fresh, open, photo, sealed, serve } from "./world.mjs"

const HOUR = 60 * 60_000

test("what is given is there again after the page was killed, and that is said once", async () => {
  cutOff()
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

test("nothing is stored before the first change, and nothing is said to be restored then", async () => {
  const name = fresh()
  const tablet = await open(name)
  await tablet.draft({ visit: 12, document: {} })
  assert.equal((await tablet.summary()).drafts, 0)
  assert.equal((await (await open(name)).draft({ visit: 12, document: {} })).isRestored, false)
})

test("a newer version of the page replaces what was not written on here, and only that", async () => {
  await serve()
  const name = fresh()
  const tablet = await open(name)
  const draft = await tablet.draft({ visit: 12, document: {} })
  await draft.change({ remarks: "a" })
  await tablet.send()
  const given = { visit: 12, survey: draft.id, revision: 5, document: { remarks: "elsewhere" } }
  assert.equal((await tablet.draft(given)).document.remarks, "elsewhere")
  const mine = await tablet.draft(given)
  await mine.change({ remarks: "here" })
  assert.equal((await tablet.draft({ ...given, revision: 6, document: {} })).document.remarks, "here")
})

test("a sealed survey takes no more changes until it is reopened", async () => {
  const name = fresh()
  const tablet = await open(name)
  const draft = await sealed(tablet, { photos: 0 })
  assert.equal(draft.state, "ready")
  await assert.rejects(draft.change({ remarks: "b" }), { code: "sealed" })
  assert.equal((await tablet.summary()).count, 1)
  await draft.reopen()
  await draft.change({ remarks: "b" })
  assert.equal(draft.state, "draft")
  assert.equal((await (await open(name)).draft({ visit: 12, document: {} })).document.remarks, "b")
})

test("two pages on one survey: what each of them changes stands", async () => {
  const name = fresh()
  const [one, two] = [await open(name), await open(name)]
  const start = { answers: { A1: { yes: true } }, remarks: "" }
  const a = await one.draft({ visit: 12, document: start })
  await a.change({ ...start, remarks: "first" })
  const b = await two.draft({ visit: 12, document: start })
  const moved = new Promise((resolve) => { two.addEventListener("moved", resolve) })
  await a.change({ ...start, remarks: "second" })
  await b.change({ answers: { A1: { yes: false } }, remarks: "first" })
  await moved
  assert.deepEqual(b.document, { answers: { A1: { yes: false } }, remarks: "second" })
  await b.addFile(photo("b"), {})
  await a.addFile(photo("a"), {})
  const stands = await (await open(name)).find(a.id)
  assert.deepEqual(stands.document, b.document)
  assert.equal(stands.evidence.length, 2)
})

test("two pages that begin the same visit at once write one survey", async () => {
  const name = fresh()
  const [one, two] = [await open(name), await open(name)]
  const [a, b] = [await one.draft({ visit: 12, document: {} }), await two.draft({ visit: 12, document: {} })]
  await a.change({ remarks: "a" })
  await b.change({ store_remarks: "b" })
  assert.equal(b.id, a.id)
  assert.deepEqual(b.document, { remarks: "a", store_remarks: "b" })
  assert.equal((await one.summary()).drafts, 1)
})

test("changes that come faster than they can be stored are all stored", async () => {
  const name = fresh()
  const draft = await (await open(name)).draft({ visit: 12, document: {} })
  await Promise.all(Array.from({ length: 40 }, (_, k) => draft.change({ remarks: "x".repeat(k), [`f${k % 7}`]: k })))
  assert.deepEqual((await (await open(name)).find(draft.id)).document, draft.document)
})

test("a PIN opens it offline; wrong ones wait longer and longer, over reloads, and take nothing away", async () => {
  await serve()
  const name = fresh()
  let at = Date.now()
  const tablet = await open(name, { now: () => at })
  const draft = await tablet.draft({ visit: 12, document: {} })
  await draft.change({ remarks: "a" })
  await tablet.setPin("2468")
  cutOff()
  at += HOUR + 1
  let locked = await open(name, { now: () => at })
  assert.equal(locked.state, "locked")
  for (let k = 0; k < 3; k += 1) assert.equal(await locked.unlock("0000"), false)
  locked = await open(name, { now: () => at })
  assert.ok(locked.closedUntil > at)
  assert.equal(await locked.unlock("2468"), false)
  at = locked.closedUntil
  assert.equal(await locked.unlock("2468"), true)
  assert.equal((await locked.find(draft.id)).document.remarks, "a")
  assert.equal(locked.closedUntil, 0)
})

test("a vault with a PIN stays open while it is used, and what was typed when it closed is not lost", async () => {
  await serve()
  const name = fresh()
  let at = Date.now()
  const tablet = await open(name, { now: () => at })
  await tablet.setPin("2468")
  const draft = await tablet.draft({ visit: 12, document: {} })
  for (let k = 0; k < 3; k += 1) {
    at += HOUR / 2
    await draft.change({ remarks: `${k}` })
    await new Promise((resolve) => { setTimeout(resolve, 20) })
  }
  cutOff()
  assert.equal((await open(name, { now: () => at })).state, "open")
  await tablet.lock()
  await assert.rejects(draft.change({ remarks: "typed while locked" }), { code: "locked" })
  assert.equal(await tablet.unlock("2468"), true)
  assert.equal((await (await open(name, { now: () => at })).find(draft.id)).document.remarks, "typed while locked")
})

test("the open page of one person closes when another signs in on the tablet", async () => {
  await serve()
  const name = fresh()
  const mine = await open(name)
  await mine.send()
  await sealed(mine)
  const closed = new Promise((resolve) => { mine.addEventListener("change", () => mine.state === "locked" && resolve()) })
  const theirs = await open(name, { person: 8 })
  await closed
  assert.deepEqual([mine.state, theirs.state, (await theirs.summary()).items], ["locked", "open", []])
})

test("without secure storage it is unavailable and says so", async () => {
  const { indexedDB } = globalThis
  delete globalThis.indexedDB
  try {
    const tablet = await open(fresh())
    assert.equal(tablet.state, "unavailable")
    await assert.rejects(tablet.draft({ visit: 12 }), { code: "unavailable" })
  } finally {
    globalThis.indexedDB = indexedDB
  }
})

test("nothing that says something stands in the clear", async () => {
  await serve()
  const name = fresh()
  const tablet = await open(name)
  await tablet.setPin("2468")
  await sealed(tablet, { remarks: "rất riêng tư" })
  const db = await new Promise((resolve) => { indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result) })
  for (const store of db.objectStoreNames) {
    const rows = await new Promise((resolve) => { db.transaction(store).objectStore(store).getAll().onsuccess = ({ target }) => resolve(target.result) })
    const text = JSON.stringify(rows, (_, value) => (value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? Buffer.from(value).toString("latin1") : value))
    for (const word of ["riêng", Buffer.from("riêng").toString("latin1"), "photo 12", "ppx_1_", "2468"]) assert.ok(!text.includes(word), `${word} in ${store}`)
  }
  db.close()
})

test("differences lead from one document to the other, and typing is one entry", () => {
  const before = { a: { b: 1, c: [1, 2] }, gone: true, same: null }
  const now = { a: { b: 2, c: [1, 2] }, same: null, fresh: { d: {} } }
  const changes = difference(before, now, "2026-11-25T00:00:00.000Z")
  assert.deepEqual(changes.map(({ path }) => path), ["a.b", "gone", "fresh"])
  assert.ok(same(apply(before, changes), now))
  const typing = ["", "t", "tố", "tốt"].slice(1).map((text, k, all) => ({ at: `2026-11-25T00:00:0${k}.000Z`, path: "remarks", old: k ? all[k - 1] : "", new: text }))
  assert.deepEqual(shorten(typing), [{ at: "2026-11-25T00:00:02.000Z", path: "remarks", old: "", new: "tốt" }])
  assert.deepEqual(shorten([{ at: "x", path: "s", old: undefined, new: "y".repeat(3000) }])[0].new, { length: 3002 })
})

test("a long day's log leaves the record small enough to be taken", () => {
  const at = (k) => new Date(Date.UTC(2026, 10, 25) + k * 20_000).toISOString()
  const log = Array.from({ length: 3000 }, (_, k) => ({ at: at(k), path: `lines`, old: `ă${k}`.repeat(300), new: `ế${k}`.repeat(300) }))
  const [first, ...rest] = shorten(log)
  assert.deepEqual(first, { at: at(0), earlier: 3000 - rest.length })
  assert.ok(rest.length > 100 && Buffer.byteLength(JSON.stringify([first, ...rest])) < 600_000)
  assert.equal(rest.at(-1).at, at(2999))
})

test("a connection that the browser dropped is made again", async () => {
  const name = fresh()
  const tablet = await open(name)
  const draft = await tablet.draft({ visit: 12, document: {} })
  await draft.change({ remarks: "a" })
  const { transaction } = IDBDatabase.prototype
  const connections = new Set()
  IDBDatabase.prototype.transaction = function (...how) {
    if (!connections.size) this.close()
    connections.add(this)
    return transaction.apply(this, how)
  }
  await draft.change({ remarks: "b" })
  IDBDatabase.prototype.transaction = transaction
  assert.ok(connections.size >= 2) // tablets of other tests may be at work too
  assert.equal((await (await open(name)).find(draft.id)).document.remarks, "b")
})
