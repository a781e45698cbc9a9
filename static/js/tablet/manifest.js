// The manifest of a survey: what each file is and shows. The same names as the server's.

const NAMES = ["id", "sha256", "size", "media_type", "kind", "criterion", "category", "caption", "taken_at", "lat", "lon",
  "accuracy", "place_reason", "store_code"]
const EMPTY = { kind: "photo", criterion: null, category: null, caption: "", taken_at: null, lat: null, lon: null,
  accuracy: null, place_reason: "", store_code: "" }
const FIGURES = ["lat", "lon", "accuracy"]

/** One item of the manifest: known names only, figures as decimal text. */
export function item(facts) {
  const known = { ...EMPTY, ...Object.fromEntries(NAMES.filter((name) => facts[name] !== undefined).map((name) => [name, facts[name]])) }
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

/** The manifest after one edit: {kind: "add", item} | {kind: "describe", id, facts} | {kind: "drop", id}. */
export const edited = (evidence, edit) => EDITS[edit.kind]?.(evidence, edit) ?? evidence

/** What the queue is told of an edit. */
export function eventOf(edit) {
  if (edit.kind === "add") return { type: "added", id: edit.item.id, sha256: edit.item.sha256, size: edit.item.size }
  return edit.kind === "drop" ? { type: "removed", id: edit.id } : { type: "changed" }
}
