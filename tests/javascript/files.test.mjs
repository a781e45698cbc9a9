import assert from "node:assert/strict"
import { test } from "node:test"

import { fresh, open, photo, sealed, serve, stateOf } from "./world.mjs"

const reply = (text, status = 200, headers = {}) => new Response(text, { status, headers })

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
