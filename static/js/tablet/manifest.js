// What a survey says: its document and its manifest (what each file is and shows, by the server's names).

import { apply } from "./changes.js"

const NAMES = ["id", "sha256", "size", "media_type", "kind", "criterion", "category", "caption", "taken_at", "lat",
  "lon", "accuracy", "place_reason", "store_code"]
const EMPTY = { kind: "photo", criterion: null, category: null, caption: "", taken_at: null, lat: null, lon: null,
  accuracy: null, place_reason: "", store_code: "" }
const FIGURES = ["lat", "lon", "accuracy"]

/** One item of the manifest: known names only, figures as decimal text. */
export function item(facts) {
  const known = { ...EMPTY }
  for (const name of NAMES) if (facts[name] !== undefined) known[name] = facts[name]
  for (const name of FIGURES) if (known[name] !== null) known[name] = String(known[name])
  return known
}

/** The files of a manifest that came from the server, for the queue. */
export const filesOf = (evidence) => Object.fromEntries(evidence.map(({ id, sha256, size = 0, has_file: has = true }) =>
  [id, { sha256, size, here: false, sent: has }]))

const EDITS = {
  add: (evidence, edit) => [...evidence, edit.item],
  describe: (evidence, edit) => evidence.map((one) => (one.id === edit.id ? item({ ...one, ...edit.facts }) : one)),
  drop: (evidence, edit) => evidence.filter((one) => one.id !== edit.id),
}

/**
 * {document, evidence, …} after one edit: {kind: "document", path, new} | {kind: "add", item} |
 * {kind: "describe", id, facts} | {kind: "drop", id}.
 */
export function changed(body, edit) {
  if (edit.kind === "document") return { ...body, document: apply(body.document, [edit]) }
  return { ...body, evidence: EDITS[edit.kind](body.evidence, edit) }
}

/** What the queue is told of edits: the document changes once, however much of it does. */
export function eventsOf(edits) {
  const ofFiles = edits.filter((edit) => edit.kind !== "document").map(eventOf)
  return ofFiles.length < edits.length ? [{ type: "changed" }, ...ofFiles] : ofFiles
}

function eventOf(edit) {
  if (edit.kind === "add") return { type: "added", id: edit.item.id, sha256: edit.item.sha256, size: edit.item.size }
  return edit.kind === "drop" ? { type: "removed", id: edit.id } : { type: "changed" }
}
