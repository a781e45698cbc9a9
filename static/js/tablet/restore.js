// Taking a rescue file in: first all of it is read and checked, then it is written. Twice adds nothing; what stands
// here under the same id and says something else stays, and the other becomes a second survey.

import { decode, encode, seal, sealJson, sha256 } from "./crypto.js"
import { OPEN, WAITING, begin } from "./queue.js"
import { readToken } from "./receipts.js"
import { openKey, readHeader, readPart } from "./rescue.js"
import { Refusal } from "./refusal.js"

/**
 * Restore from a Blob: {added, known, files}. Throws Refusal "foreign", "damaged", "newer", "other-person",
 * "pin-needed", "pin-wrong", "sign-in" or "full"; no survey has changed then.
 */
export async function restore(desk, blob, { pin = null, secretOf }) {
  const header = await readHeader(blob)
  if (header.person !== desk.person) throw new Refusal("other-person")
  const isOurs = header.vault.id === desk.vault.row.id
  const key = isOurs ? desk.key : await openKey(header, { pin, secretOf })
  const found = await readAll(desk, blob, header, key)
  const files = await keepFiles(desk, blob, header, key)
  const rows = await desk.store.listDrafts(desk.person)
  const plans = (await Promise.all(found.map((one) => plan(desk, one, rows)))).filter(Boolean)
  const made = await Promise.all(plans.map((one) => resealed(desk, one)))
  await write(desk, made)
  for (const { row } of made) desk.notify(row.id)
  return { added: plans.length, known: found.length - plans.length, files }
}

/** Every part opened once: [{row, body, log, record, receipt}]. Files are checked and let go. */
async function readAll(desk, blob, header, key) {
  const found = new Map()
  for (const part of header.parts) {
    const bytes = await readPart(blob, key, part, header.person)
    const read = () => JSON.parse(decode(bytes))
    const { kind, row } = part
    if (kind === "draft") found.set(row.id, { row, body: read(), log: [], record: null, receipt: null })
    else if (kind === "log") found.get(part.id)?.log.push(read())
    else if (kind === "record" && found.has(part.id)) found.get(part.id).record = bytes
  }
  for (const receipt of header.receipts) if (found.has(receipt.id)) found.get(receipt.id).receipt = receipt
  return [...found.values()]
}

/** Files first: alone they change nothing. How many were not here. */
async function keepFiles(desk, blob, header, key) {
  let count = 0
  for (const part of header.parts.filter(({ kind }) => kind === "file")) {
    if (await desk.hasFile(part.sha256)) continue
    await desk.keepFile(part.sha256, await readPart(blob, key, part, header.person), part.type)
    count += 1
  }
  return count
}

/** What is to be written for one survey of the file; null when it is known. */
async function plan(desk, found, rows) {
  const digest = await digestOf(found)
  if (rows.some(({ origin }) => origin?.id === found.row.id && origin.digest === digest)) return null
  const origin = { id: found.row.id, digest }
  const made = { ...found, was: null, row: { ...found.row, copy: crypto.randomUUID(), told: 0, origin } }
  const local = rows.find(({ id }) => id === found.row.id)
  if (!local) return { ...made, row: await revived(desk, made) }
  const here = await desk.bodyOf(local)
  if (local.queue.sealed?.sha256 === found.row.queue.sealed?.sha256 && sameBody(here, found.body)) return null
  if (OPEN.has(local.queue.name) && found.record && sameBody(here, found.body)) {
    return { ...made, was: local, log: [], row: await revived(desk, made) }
  }
  return second(desk, made)
}

/** Beside the one of the same id: sealed bytes still go where they were going, anything else under names of its own. */
async function second(desk, made) {
  const id = crypto.randomUUID()
  if (made.record) return { ...made, row: { ...await revived(desk, made), id } }
  const names = new Map(made.body.evidence.map((one) => [one.id, crypto.randomUUID()]))
  const body = { ...made.body, evidence: made.body.evidence.map((one) => ({ ...one, id: names.get(one.id) })) }
  const files = Object.entries(made.row.queue.files).map(([old, { sha256: hash, size }]) =>
    [names.get(old), { sha256: hash, size, here: false, sent: false }])
  const queue = { ...begin({ files: await desk.placed(Object.fromEntries(files)) }), version: 1 }
  return { ...made, body, row: { ...made.row, id, survey: id, queue } }
}

/** The row as it goes on here: nothing is believed that the server's signature does not say. */
async function revived(desk, { row, record, receipt }) {
  const files = await desk.placed(row.queue.files)
  const queue = { ...row.queue, files, answer: null, theirs: null, tries: 0, tried: 0, notBefore: 0, problem: null }
  if (OPEN.has(queue.name)) return { ...row, queue: { ...queue, name: "draft" } }
  if (!record && WAITING.has(queue.name) && !queue.receipt) {
    return { ...row, queue: { ...queue, name: "draft", sealed: null, mishap: "lost-record" } }
  }
  if (!record || await isSigned(desk, queue, receipt)) return { ...row, queue }
  // the other tablet may send it too, or has: the same bytes again bring the same receipt
  return { ...row, queue: { ...queue, name: "sending", attempts: 1, receipt: null, completion: null, lacks: null } }
}

async function isSigned({ vault }, { name, sealed }, receipt) {
  const read = (token) => readToken(token, vault.row.keys)
  const [received, completed] = [await read(receipt?.receipt), await read(receipt?.completion)]
  const fits = (payload) => payload?.isVerified && payload.sha256 === sealed.sha256
  return fits(received) && (name === "received" || fits(completed))
}

const sorted = (value) => {
  if (value === null || typeof value !== "object") return value
  if (Array.isArray(value)) return value.map(sorted)
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]))
}
const textOf = ({ document, evidence }) => JSON.stringify(sorted({ document, evidence }))
const sameBody = (a, b) => textOf(a) === textOf(b)
const digestOf = ({ row, body }) => sha256(encode(textOf(body) + (row.queue.sealed?.sha256 ?? "")))

/** The same under this tablet's key. */
async function resealed(desk, { row, body, log, record, receipt, was }) {
  const { id, person } = row
  const name = (kind) => `${kind}:${person}:${id}`
  const entry = async (changes) => ({ id, person, changes: await sealJson(desk.key, changes, name("log")) })
  return {
    was, row: { ...row, body: await sealJson(desk.key, body, name("draft")) },
    log: await Promise.all(log.map(entry)),
    record: record && { id, person, ...await seal(desk.key, record, name("record")) },
    receipt: receipt && row.queue.receipt ? { ...receipt, id } : null,
  }
}

/** All surveys in one transaction, if nothing has changed since they were compared. */
const write = ({ store }, plans) => store.write(["drafts", "log", "records", "receipts"], async (tx) => {
  for (const { row, log, record, receipt, was } of plans) {
    const stands = await tx.objectStore("drafts").get(row.id)
    if (stands?.queue.version !== was?.queue.version) throw new Refusal("moved")
    await tx.objectStore("drafts").put(row)
    for (const entry of log) await tx.objectStore("log").add(entry)
    if (record) await tx.objectStore("records").put(record)
    if (receipt) await tx.objectStore("receipts").put(receipt)
  }
})
