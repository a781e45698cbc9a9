// The rescue file: everything of one person on this tablet in one file, sealed as it is stored. It can be made while
// the vault is closed; it opens with the PIN or with the secret the server keeps for this device.
//
//   8 bytes "PPXRES01" · 4 bytes length of the header · header (JSON) · 32 bytes SHA-256 of it · sealed parts, one
//   after the other as the header lists them

import { decode, encode, fromBase64, keyOfPin, keyOfSecret, makeKey, toBase64, unseal } from "./crypto.js"
import { Refusal } from "./refusal.js"

const MAGIC = "PPXRES01"
const LARGEST_HEADER = 64 * 1024 * 1024

/** All surveys of the person with their logs, files, records and receipts: a Blob made of parts, never one block. */
export async function save({ store, vault, person, now }, { app = "" } = {}) {
  await vault.reload()
  if (!vault.row.byPin && !vault.row.bySecret) throw new Refusal("no-key")
  const blobs = []
  const parts = []
  const add = (facts, sealed) => {
    parts.push({ ...facts, iv: toBase64(sealed.iv), length: sealed.bytes.byteLength })
    blobs.push(new Blob([sealed.bytes]))
  }
  for (const { body, ...row } of await store.listDrafts(person)) {
    add({ kind: "draft", row: { ...row, queue: { ...row.queue, answer: null } } }, body)
    for (const { id, changes } of await store.listLog(row.id)) add({ kind: "log", id }, changes)
    const record = await store.get("records", row.id)
    if (record) add({ kind: "record", id: row.id }, record)
  }
  for (const hash of await listFiles(store, person)) {
    const { sha256, size, media_type: type, ...sealed } = await store.get("files", [person, hash])
    add({ kind: "file", sha256, size, type }, sealed)
  }
  const receipts = await store.listReceipts(person)
  const about = { format: 1, app, made_at: new Date(now()).toISOString(), person, vault: keysOf(vault.row) }
  return assemble({ ...about, receipts, parts }, blobs)
}

async function listFiles(store, person) {
  const keys = await store.listKeys("files")
  return keys.filter(([owner]) => owner === person).map(([, hash]) => hash)
}

const spelled = (spell) => ({ salt, iv, bytes, rounds }) =>
  ({ rounds, salt: spell(salt), iv: spell(iv), bytes: spell(bytes) })
const asText = spelled(toBase64)
const asBytes = spelled(fromBase64)
const keysOf = ({ id, device, byPin, bySecret }) =>
  ({ id, device, byPin: byPin && asText(byPin), bySecret: bySecret && asText(bySecret) })

async function assemble(facts, blobs) {
  const header = encode(JSON.stringify(facts))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, header.length)
  const sum = await crypto.subtle.digest("SHA-256", header)
  return new Blob([MAGIC, length, header, sum, ...blobs], { type: "application/octet-stream" })
}

/** The header of a rescue file with `offset` in each part; throws Refusal "foreign", "damaged" or "newer". */
export async function readHeader(blob) {
  const bytes = async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer())
  const start = await bytes(0, 12)
  if (decode(start.subarray(0, 6)) !== MAGIC.slice(0, 6)) throw new Refusal("foreign")
  if (decode(start.subarray(0, 8)) !== MAGIC) throw new Refusal("newer")
  const length = start.length === 12 ? new DataView(start.buffer).getUint32(8) : Infinity
  if (length > LARGEST_HEADER || 12 + length + 32 > blob.size) throw new Refusal("damaged")
  const text = await bytes(12, 12 + length)
  const sum = await bytes(12 + length, 44 + length)
  if (toBase64(await crypto.subtle.digest("SHA-256", text)) !== toBase64(sum)) throw new Refusal("damaged")
  const header = JSON.parse(decode(text))
  let offset = 44 + length
  for (const part of header.parts) {
    part.offset = offset
    offset += part.length
  }
  if (offset !== blob.size) throw new Refusal("damaged")
  return header
}

/** The key of a rescue file, by PIN or the device's secret; throws Refusal "pin-wrong", "pin-needed" or "sign-in". */
export async function openKey({ person, vault: { device, byPin, bySecret } }, { pin, secretOf }) {
  const label = `vault:${person}`
  if (pin && byPin) {
    const wrapped = asBytes(byPin)
    const key = await keyOfPin(pin, wrapped.salt, wrapped.rounds)
    return makeKey(await unseal(key, wrapped, label).catch(() => { throw new Refusal("pin-wrong") }))
  }
  const secret = bySecret && await secretOf(device)
  if (!secret) throw new Refusal(byPin ? "pin-needed" : "sign-in")
  const wrapped = asBytes(bySecret)
  return makeKey(await unseal(await keyOfSecret(secret, wrapped.salt), wrapped, label))
}

/** The bytes of one part; throws Refusal "damaged". */
export async function readPart(blob, key, part, person) {
  const name = part.kind === "file" ? part.sha256 : part.kind === "draft" ? part.row.id : part.id
  const bytes = await blob.slice(part.offset, part.offset + part.length).arrayBuffer()
  return unseal(key, { iv: fromBase64(part.iv), bytes }, `${part.kind}:${person}:${name}`)
}
