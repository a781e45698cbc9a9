// A record whose photos this tablet lost, or a proxy lets not pass, can never be whole: what it says goes on as a survey
// of its own, which names the one it takes back. Such files are named there, to be removed or taken again; what arrived
// is not sent again. The record stays on the server as it came, incomplete.

import { sealJson } from "./crypto.js"

/** Go on from the record of survey `id`; throws Refusal "sent" when it can still become whole. */
export async function takeBack(desk, id) {
  const row = await desk.store.get("drafts", id)
  const body = await desk.bodyOf(row)
  const names = new Map(body.evidence.map((one) => [one.id, crypto.randomUUID()]))
  const evidence = body.evidence.map((one) => ({ ...one, id: names.get(one.id) }))
  const files = Object.fromEntries(Object.entries(row.queue.files).map(([old, file]) => [names.get(old), file]))
  const sealed = await sealJson(desk.key, { ...body, evidence }, `draft:${row.person}:${id}`)
  await desk.apply(id, { type: "takeBack", files }, ["drafts", "records", "receipts"], async (tx, now) => {
    const takesBack = row.queue.keptAs ?? row.survey
    Object.assign(now, { body: sealed, survey: crypto.randomUUID(), copy: crypto.randomUUID(), takesBack })
    await Promise.all(["records", "receipts"].map((name) => tx.objectStore(name).delete(id)))
  })
  await desk.moved(id)
}
