import assert from "node:assert/strict"
import { test } from "node:test"

import { fresh, open, photo, sealed, serve } from "./world.mjs"

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
