import assert from "node:assert/strict"
import { test } from "node:test"

import { cutOff, fresh, open, photo, sealed, serve } from "./world.mjs"

const stateOf = async (tablet) => (await tablet.summary()).items.map(({ state }) => state)
const reply = (text, status = 200, headers = {}) => new Response(text, { status, headers })

test("record first, then its files, until the signed completion has come", async () => {
  const server = await serve()
  const tablet = await open(fresh())
  const draft = await sealed(tablet)
  await tablet.send()
  assert.equal(draft.state, "complete")
  assert.equal(draft.receipt.isVerified, true)
  const [survey] = server.model.surveys.values()
  assert.equal(Object.keys(survey.files).length, 2)
  const device = [...server.devices.values()][0]
  assert.equal(device.report.queue.count, 0)
  assert.equal(server.log.filter(({ path }) => path === "/api/surveys/" + draft.id).length, 1)
})

test("a draft is backed up whole, with its files, and nothing is sent twice", async () => {
  const server = await serve()
  const tablet = await open(fresh())
  const draft = await tablet.draft({ visit: 12, document: {} })
  await draft.change({ remarks: "a" })
  await draft.addFile(photo("one"), { criterion: "A1" })
  await tablet.send()
  await tablet.send()
  assert.equal(draft.isSaved, true)
  assert.equal(draft.revision, 1)
  assert.equal(server.log.filter(({ path }) => path.startsWith("/api/surveys")).length, 2)
  await draft.seal()
  await tablet.send()
  assert.equal(draft.state, "complete")
  assert.equal(server.log.filter(({ path }) => path.includes("/evidence/")).length, 1)
})

for (const [name, fault] of Object.entries({
  "a captive portal": () => reply("<h1>Wi-Fi</h1>"),
  "a portal that says JSON": () => reply("{}", 201),
  "a bare success": () => reply("{}", 201, { "X-PPX": "1" }),
  "a crash after the commit": async (_, answer) => { await answer(); return reply("{}", 500, { "X-PPX": "1" }) },
  "an answer that is lost": async (_, answer) => { await answer(); throw new TypeError("cut") },
  "a proxy that finds it too large": () => reply("<h1>413</h1>", 413),
})) {
  test(`${name} is no success and loses nothing`, async () => {
    const server = await serve()
    const tablet = await open(fresh())
    await tablet.send() // enrolled
    const draft = await sealed(tablet)
    let left = 3
    server.fault = (request, answer) => (request.path.startsWith("/api/surveys") && left-- > 0 ? fault(request, answer) : answer())
    await tablet.send()
    for (let k = 0; k < 5; k += 1) await tablet.send()
    assert.equal(draft.state, "complete")
    assert.equal(server.model.surveys.size, 1)
  })
}

test("a receipt of other bytes, another survey or another key is none", async () => {
  const server = await serve()
  const tablet = await open(fresh())
  await tablet.send()
  const draft = await sealed(tablet, { photos: 0 })
  const honest = server.sign.bind(server)
  for (const forged of [{ sha256: "0".repeat(64) }, { survey: "x" }, { kind: "other" }]) {
    server.sign = (payload) => honest({ ...payload, ...forged })
    await tablet.send()
    assert.equal(draft.state, "sending")
    assert.equal(draft.problem, "no-receipt")
  }
  server.sign = honest
  const { keys } = server
  await server.newKey()
  server.keys = keys // signs with a key that it does not own up to
  await tablet.send()
  assert.equal(draft.state, "sending")
  await server.newKey() // a new key, told over PUT /api/device
  await tablet.send()
  assert.equal(draft.state, "complete")
})

test("what the server refuses is open again, with its words", async () => {
  await serve()
  const tablet = await open(fresh())
  const draft = await tablet.draft({ visit: 12, document: {} })
  await draft.change({ bad: true })
  await draft.seal()
  await tablet.send()
  assert.equal(draft.state, "refused")
  assert.deepEqual((await draft.answer()).fields, { bad: "words" })
  await draft.change({ bad: false })
  await draft.seal()
  await tablet.send()
  assert.equal(draft.state, "complete")
})

test("two tablets on one survey: a person chooses, and what is given up stays in the log", async () => {
  const server = await serve()
  const [one, two] = [await open(fresh()), await open(fresh())]
  const mine = await one.draft({ visit: 12, document: {} })
  await mine.change({ remarks: "mine", only: 1 })
  await one.send()
  const theirs = await two.draft({ visit: 12, survey: mine.id, revision: 1, document: { remarks: "mine", only: 1 } })
  await theirs.change({ remarks: "theirs" })
  await two.send()
  await mine.change({ remarks: "mine again", only: 1 })
  await one.send()
  assert.equal(mine.state, "differs")
  assert.equal((await mine.answer()).current.remarks, "theirs")
  await mine.accept("theirs")
  assert.equal(mine.document.remarks, "theirs")
  await mine.seal()
  await one.send()
  assert.equal(mine.state, "complete")
  const log = JSON.parse(server.model.surveys.get(mine.id).text).device.log
  assert.ok(log.some(({ old }) => old === "mine again"))
  await theirs.change({ remarks: "late" })
  await theirs.seal()
  await two.send()
  assert.equal(theirs.state, "complete")
  assert.equal(server.model.surveys.size, 2)
})

test("what another device saved since is shown, when nothing is here that it lacks", async () => {
  await serve()
  const [one, two] = [await open(fresh()), await open(fresh())]
  const given = { visit: 12, document: {} }
  const first = await one.draft(given)
  await first.change({ remarks: "a" })
  await one.send()
  const second = await two.draft({ ...given, survey: first.id, revision: 1, document: first.document })
  await second.change({ remarks: "b" })
  await two.send()
  await first.change({ remarks: "a", store_remarks: "mine" })
  const busy = await one.draft(given) // an old copy of the page, something unsaved: a person will choose
  await new Promise((resolve) => { setTimeout(resolve, 50) })
  assert.equal(busy.document.remarks, "a")
  await first.change({ remarks: "a" })
  await one.send()
  assert.equal(first.state, "differs")
  await first.accept("mine")
  await one.send()
  const moved = new Promise((resolve) => { two.addEventListener("moved", resolve) })
  const shown = await two.draft(given)
  await moved
  assert.deepEqual([shown.document.remarks, shown.state, shown.isSaved], ["a", "draft", true])
  await shown.change({ remarks: "c" })
  await two.send()
  assert.equal(shown.state, "draft")
})

test("a record that its person may not send any more waits, with the server's words, and goes once it may", async () => {
  const server = await serve()
  const tablet = await open(fresh())
  await tablet.send()
  const draft = await sealed(tablet)
  server.fault = (request, answer) => (request.path.startsWith("/api/surveys") ? server.reply(403, { error: "no right" }) : answer())
  await tablet.send()
  assert.deepEqual([draft.state, draft.problem, (await draft.answer()).error], ["ready", "forbidden", "no right"])
  assert.equal((await tablet.summary()).items[0].isRefused, true)
  server.fault = null
  await tablet.send()
  assert.deepEqual([draft.state, await draft.answer()], ["complete", null])
})

test("a record whose photo is gone for good is taken back, and handed in without it", async () => {
  const server = await serve()
  const name = fresh()
  const tablet = await open(name)
  await tablet.send()
  const draft = await sealed(tablet, { photos: 3 })
  const [one, two, three] = draft.evidence
  server.fault = (request, answer) => (request.path.endsWith(two.id) ? new Response("", { status: 502 }) : answer())
  await tablet.send()
  server.fault = null
  await assert.rejects(tablet.takeBack(draft.id), { code: "sent" })
  const db = await new Promise((resolve) => { indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result) })
  await new Promise((resolve) => { db.transaction("files", "readwrite").objectStore("files").delete([7, two.sha256]).onsuccess = resolve })
  db.close()
  await tablet.send()
  assert.deepEqual([draft.state, draft.problem], ["received", "lost-file"])
  const [first] = server.model.surveys.values()
  const { receipt } = draft
  await tablet.takeBack(draft.id)
  assert.deepEqual([draft.state, draft.receipt, draft.evidence.length], ["draft", null, 3])
  await assert.rejects(draft.seal(), { code: "lost-file" })
  await draft.removeFile(draft.evidence.find(({ sha256 }) => sha256 === two.sha256).id)
  await draft.addFile(photo("taken again"), { criterion: "A1" })
  await draft.seal()
  await tablet.send()
  assert.equal(draft.state, "complete")
  const [, second] = server.model.surveys.values()
  const told = server.log.filter(({ path }) => path === `/api/surveys/${second.id}`).map(({ bytes }) => JSON.parse(bytes).takes_back)
  assert.deepEqual([...new Set(told)], [first.id])
  assert.equal("takes_back" in JSON.parse(first.text), false)
  assert.deepEqual([first.text.includes(two.id), first.receipt.sha256], [true, receipt.sha256])
  assert.deepEqual(second.manifest.map(({ sha256 }) => sha256).slice(0, 2), [one.sha256, three.sha256])
  const { items: [item] } = await tablet.summary()
  assert.deepEqual([item.survey, item.receipt.survey], [second.id, second.id])
})

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

test("two drafts that say the same need no choice", async () => {
  await serve()
  const [one, two] = [await open(fresh()), await open(fresh())]
  const mine = await one.draft({ visit: 12, document: {} })
  await mine.change({ remarks: "same", more: { a: 1, b: 2 } })
  await one.send()
  const theirs = await two.draft({ visit: 12, survey: mine.id, document: {} })
  await theirs.change({ more: { b: 2, a: 1 }, remarks: "same" })
  await two.send()
  assert.equal(theirs.state, "draft")
  assert.equal(theirs.isSaved, true)
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

test("the copy goes 30 days after the completion, by the server's clock", async () => {
  const server = await serve()
  const name = fresh()
  const tablet = await open(name)
  await sealed(tablet)
  await tablet.send()
  const other = await tablet.draft({ visit: 13, document: {} })
  for (const [days, count] of [[29, 2], [31, 1]]) {
    server.skew = days * 86_400_000
    await other.change({ remarks: `${days}` })
    await tablet.send()
    assert.equal((await tablet.summary()).items.length, count)
  }
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

test("files whose bytes were cleared away are said, and a record that was is made again", async () => {
  await serve()
  const name = fresh()
  const tablet = await open(name)
  const draft = await sealed(tablet)
  const { indexedDB } = globalThis
  const db = await new Promise((resolve) => { indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result) })
  const tx = db.transaction(["records", "files"], "readwrite")
  tx.objectStore("records").clear()
  tx.objectStore("files").clear()
  await new Promise((resolve) => { tx.oncomplete = resolve })
  db.close()
  await tablet.send()
  assert.equal(draft.state, "draft")
  assert.equal(draft.mishap, "lost-record")
  await assert.rejects(draft.seal(), { code: "lost-file", files: draft.evidence.map(({ id }) => id) })
  assert.equal((await tablet.summary()).lost, 2)
})

test("a file that a proxy finds too large, or that cannot be read, holds up nothing else", async () => {
  const server = await serve()
  const tablet = await open(fresh())
  await tablet.send()
  const draft = await sealed(tablet, { photos: 3 })
  await sealed(tablet, { visit: 13 })
  const first = draft.evidence[0].id
  server.fault = (request, answer) => (request.path.endsWith(first) ? reply("<h1>413</h1>", 413) : answer())
  await tablet.send()
  assert.deepEqual(await stateOf(tablet), ["received", "complete"])
  assert.equal(draft.problem, "barred-file")
  assert.equal((await tablet.summary()).items[0].isRefused, false) // the server refuses nothing, and has no words for it
  assert.deepEqual(Object.values(draft.files).map(({ sent }) => sent), [false, true, true])
  server.fault = null
  await tablet.send()
  assert.equal(draft.state, "complete")
})

for (const status of [413, 415]) {
  test(`a record with a photo that a proxy answers with ${status} for good is taken back, and handed in without it`, async () => {
    const server = await serve()
    const tablet = await open(fresh())
    await tablet.send()
    const draft = await sealed(tablet, { photos: 3 })
    const { sha256 } = draft.evidence[1]
    server.fault = ({ path, bytes }, answer) => (path.includes("/evidence/") && bytes.toString().startsWith("photo 12 1") ? reply("no", status) : answer())
    assert.equal(draft.isStuck, false)
    for (let k = 0; k < 3; k += 1) await tablet.send()
    assert.deepEqual([draft.state, draft.isStuck, draft.receipt.isVerified], ["received", true, true])
    const { items: [item] } = await tablet.summary()
    assert.deepEqual([item.isStuck, item.barred, item.lost, item.unsent], [true, 1, 0, 1])
    await tablet.takeBack(draft.id)
    const barred = draft.evidence.find((one) => one.sha256 === sha256)
    assert.deepEqual([draft.state, draft.files[barred.id].isBarred], ["draft", true])
    assert.equal(await (await draft.file(barred.id)).text(), "photo 12 1 tốt")
    await draft.removeFile(barred.id)
    await draft.seal()
    await tablet.send()
    assert.deepEqual([draft.state, draft.isStuck], ["complete", false])
  })
}

test("another network that lets a barred photo pass needs no taking back", async () => {
  const server = await serve()
  const tablet = await open(fresh())
  await tablet.send()
  const draft = await sealed(tablet, { photos: 2 })
  server.fault = ({ path }, answer) => (path.includes("/evidence/") ? reply("no", 413) : answer())
  await tablet.send()
  assert.equal(draft.isStuck, true)
  server.fault = null
  await tablet.send()
  assert.deepEqual([draft.state, draft.isStuck], ["complete", false])
  await assert.rejects(tablet.takeBack(draft.id), { code: "sent" })
})

test("what was struck out is cleared once the server has signed for the record, and nothing else is", async () => {
  const server = await serve()
  const name = fresh()
  const tablet = await open(name)
  await tablet.send()
  const kept = async () => {
    const db = await new Promise((resolve) => { indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result) })
    const keys = await new Promise((resolve) => { db.transaction("files").objectStore("files").getAllKeys().onsuccess = ({ target }) => resolve(target.result) })
    db.close()
    return new Set(keys.map(([, hash]) => hash))
  }
  const other = await tablet.draft({ visit: 13, document: {} })
  const shared = await other.addFile(photo("both"), { criterion: "A1" })
  const draft = await tablet.draft({ visit: 12, document: {} })
  const given = []
  for (const text of ["stays", "goes", "both", "again"]) given.push(await draft.addFile(photo(text), { criterion: "A1" }))
  for (const { id } of given.slice(1)) await draft.removeFile(id)
  await draft.addFile(photo("again"), { criterion: "A1" })
  await tablet.send()
  assert.equal(draft.isSaved, true)
  assert.equal((await kept()).size, 4) // a draft may still be chosen otherwise
  server.fault = ({ path }, answer) => (path === `/api/surveys/${draft.id}` ? reply("", 502) : answer())
  await draft.seal()
  await tablet.send()
  assert.equal((await kept()).size, 4)
  server.fault = null
  await tablet.send()
  assert.equal(draft.state, "complete")
  const [stays, , , again] = given
  assert.deepEqual(await kept(), new Set([stays.sha256, shared.sha256, again.sha256]))
})

test("a file whose bytes cannot be read is said to be lost", async () => {
  const server = await serve()
  const name = fresh()
  const tablet = await open(name)
  const draft = await sealed(tablet, { photos: 2 })
  const db = await new Promise((resolve) => { indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result) })
  const tx = db.transaction("files", "readwrite")
  const row = await new Promise((resolve) => { tx.objectStore("files").get([7, draft.evidence[0].sha256]).onsuccess = ({ target }) => resolve(target.result) })
  tx.objectStore("files").put({ ...row, bytes: new ArrayBuffer(40) })
  await new Promise((resolve) => { tx.oncomplete = resolve })
  db.close()
  await tablet.send()
  assert.equal(draft.state, "received")
  assert.equal(draft.problem, "lost-file")
  assert.equal(Object.keys([...server.model.surveys.values()][0].files).length, 1)
})
