// One survey on its way, as a pure machine: next(state, event) → { state, effects }. No clock, storage or network.
// The effects follow from the state alone, so a page killed between any two steps goes on where it was.

import { Refusal } from "./refusal.js"
import { fits, isAddress, pause, turnsAway } from "./queue-rules.js"

const KEEP = 30 * 24 * 60 * 60_000 // ms a copy stays after its completion

/** States in which a person may still write. */
export const OPEN = new Set(["draft", "refused", "differs"])

/** States that wait for the server. */
export const WAITING = new Set(["ready", "sending", "received"])

/**
 * A survey as it begins. `files`: {id: {sha256, size, here, sent, refused, isBarred}}; `refused` until it is tried
 * again, `isBarred` until it arrives; `revision`: the server's, 0 when it has none.
 * `version` counts changes here, `saved` is the one the server has, `tried` one it would not take.
 * `attempts` counts sendings of the sealed bytes whose outcome nobody knows; `lacks` null means: ask the server.
 */
export const begin = ({ revision = 0, files = {} } = {}) => ({
  name: "draft", version: 0, saved: 0, tried: 0, revision, files, lacks: null, sealed: null, attempts: 0, keptAs: null,
  receipt: null, completion: null, answer: null, theirs: null, problem: null, mishap: null, tries: 0,
  notBefore: 0,
})

/** The state after an event, and what is to be done then. Throws Refusal for what a person may not do now. */
export function next(state, event) {
  const after = HANDLERS[event.type](state, event)
  return { state: after, effects: wanted(after, event.at) }
}

/** What is to be sent now: at most one thing, [{do: "draft" | "record" | "file" | "erase", …}]. */
export function wanted(state, at = Infinity) {
  if (state.name === "gone") return [{ do: "erase" }]
  if (at < state.notBefore || state.name === "complete" || state.name === "differs") return []
  const isUnsaved = state.version > Math.max(state.saved, state.tried)
  if (OPEN.has(state.name) && (isUnsaved || (state.lacks === null && state.saved > 0))) return [{ do: "draft" }]
  if (state.name === "ready" || state.name === "sending") return [{ do: "record" }]
  const file = sendable(state)
  if (file) return [{ do: "file", id: file.id, to: file.to }]
  return state.name === "received" ? [{ do: "record" }] : []
}

/** Files of the manifest whose bytes are neither here nor on the server. */
export const listLost = ({ files }) => Object.keys(files).filter((id) => !files[id].here && !files[id].sent)

/** Files that were turned away as they are, by a proxy perhaps. */
export const listBarred = ({ files }) => Object.keys(files).filter((id) => files[id].isBarred && !files[id].sent)

/**
 * Whether the server has the record and may never get all its files: only its person can end that. Not before the server
 * has said what it lacks since a file was lost here: the file may have arrived, and only the answer got lost.
 */
export const isStuck = (state) => state.name === "received" && state.lacks !== null
  && listLost(state).length + listBarred(state).length > 0

/** Files the server has not got yet. */
export const listUnsent = ({ files }) => Object.keys(files).filter((id) => !files[id].sent)

const sendable = (state) => state.lacks?.find(({ id, sha256 }) => {
  const file = state.files[id]
  return file?.here && !file.refused && file.sha256 === sha256
})

const HANDLERS = {
  changed: (state) => rewritten(state),
  added: (state, { id, sha256, size }) =>
    rewritten(state, { ...state.files, [id]: { sha256, size, here: true, sent: false } }),
  removed: (state, { id }) => rewritten(state, without(state.files, id)),
  seal, reopen, takeBack, accept, adopt, begin: start, answer, missing, lost, stuck, wake, tick,
}

function rewritten(state, files = state.files) {
  if (!OPEN.has(state.name)) throw new Refusal("sealed")
  const name = state.name === "refused" ? "draft" : state.name
  return { ...state, name, files, version: state.version + 1 }
}

const each = (files, make) =>
  Object.fromEntries(Object.entries(files).map(([id, file]) => [id, make(file, id)]))

function without(files, id) {
  const { [id]: gone, ...rest } = files
  return rest
}

/** {sha256, size, at, version}: the record's bytes are made and stored; from here on only these are sent. */
function seal(state, { sha256, size, at, version }) {
  if (!OPEN.has(state.name)) throw new Refusal("sealed")
  if (version !== state.version) throw new Refusal("moved")
  const lost = listLost(state)
  if (lost.length) throw new Refusal("lost-file", { files: lost })
  const sealed = { sha256, size, at }
  return { ...calm(state), name: "ready", sealed, attempts: 0, answer: null, theirs: null, mishap: null }
}

/** Back to writing: only while no sealed byte can have reached the server. */
function reopen(state) {
  if (OPEN.has(state.name)) return state
  if (state.name !== "ready") throw new Refusal("sent")
  return { ...calm(state), name: "draft", sealed: null }
}

/**
 * {files}: the record that lies on the server incomplete stays there; what it says goes on as a survey of its own, the
 * files under names of their own.
 */
function takeBack(state, { files }) {
  if (!isStuck(state)) throw new Refusal("sent")
  return { ...begin({ files: each(files, (file) => ({ ...file, refused: null })) }), version: state.version + 1 }
}

/** The person has chosen between two drafts: {choice, files?}; `files` are theirs. */
function accept(state, { choice, files }) {
  if (state.name !== "differs") throw new Refusal("nothing-to-choose")
  const version = state.version + 1
  const base = { ...calm(state), name: "draft", version, revision: state.theirs, answer: null, theirs: null }
  return choice === "mine" ? base : { ...base, saved: version, files, lacks: null }
}

/** {revision, files}: the server has a newer version and nothing was written here since the last one. */
function adopt(state, { revision, files }) {
  if (state.name !== "draft" || state.version !== state.saved) throw new Refusal("moved")
  const version = state.version + 1
  return { ...calm(state), revision, files, version, saved: version, lacks: null }
}

/** The sealed bytes are about to leave: from now on they may have arrived. */
function start(state, { what }) {
  if (what !== "record" || (state.name !== "ready" && state.name !== "sending")) return state
  return { ...state, name: "sending", attempts: state.attempts + 1 }
}

/**
 * What came back, or nothing did: {what: "draft" | "record" | "file", status, isOurs, body, at, chance (0…1), survey,
 * version and files (draft: what the body said), isSame (draft: the other one says the same), sha256 (record),
 * id (file), receipt, completion (verified payloads or null), kept (sealed answer)}.
 */
function answer(state, event) {
  const { status, isOurs } = event
  if (!isOurs && !turnsAway(event.what, status)) return cut(state, event, "no-network")
  if (status === 408 || status >= 500) return cut(state, event, "server")
  if (status === 429) return cut(settled(state, event), event, "busy")
  if (status === 401) return cut(settled(state, event), event, "signed-out")
  return ANSWERS[event.what](state, event)
}

const ANSWERS = { draft: draftAnswer, record: recordAnswer, file: fileAnswer }
/** Problems that are not of the line: somebody has to do something. */
export const REFUSED = new Set(["closed", "forbidden", "unknown", "not-understood", "too-large"])

const REFUSALS = { 403: "forbidden", 404: "unknown", 409: "closed", 413: "too-large" }
const codeOf = (status) => REFUSALS[status] ?? "not-understood"

function draftAnswer(state, event) {
  const { status, body, version, kept } = event
  if (!OPEN.has(state.name)) return state // sealed meanwhile: what counts is sent next
  if (status < 300 && Number.isInteger(body.revision)) {
    const problem = body.state && body.state !== "draft" ? "closed" : null
    const known = lacking({ ...state, problem, saved: Math.max(state.saved, version), revision: body.revision,
      answer: state.name === "refused" ? state.answer : null }, body, event.files)
    return { ...known, notBefore: 0, tries: known.lacks.length ? state.tries : 0 }
  }
  if (status < 300) return cut(state, event, "no-network")
  if (status === 409 && body.current && Number.isInteger(body.revision) && (body.state ?? "draft") === "draft") {
    if (!event.isSame) return { ...calm(state), name: "differs", theirs: body.revision, answer: kept }
    return { ...calm(state), saved: Math.max(state.saved, version), revision: body.revision, lacks: null }
  }
  const problem = status === 422 ? "fields" : codeOf(status)
  return { ...state, tried: Math.max(state.tried, version), lacks: state.lacks ?? [], problem, answer: kept ?? null }
}

function recordAnswer(state, event) {
  const { status, body, receipt, sha256, at } = event
  if (!WAITING.has(state.name) || sha256 !== state.sealed.sha256) return state
  const survey = status === 409 ? body.kept_as : event.survey
  if (status < 300 || status === 409) {
    return fits(receipt, "receipt", survey, sha256) ? received(state, event, survey) : cut(state, event, "no-receipt")
  }
  if (state.name === "received") return cut(state, event, codeOf(status))
  if (status === 422) return refused(state, event)
  return { ...cut(settled(state, event), event, codeOf(status)), notBefore: pause(9, at, event.chance),
    answer: event.kept ?? null }
}

function received(state, event, survey) {
  const { body, receipt, completion, at, status } = event
  const keptAs = status === 409 ? survey : state.keptAs
  const held = { ...state, name: "received", answer: null, attempts: 0, keptAs, receipt: state.receipt ?? receipt }
  const known = lacking(held, body, Object.keys(held.files))
  if (fits(completion, "completion", survey, state.sealed.sha256)) return completed(known, completion)
  if (sendable(known)) return { ...known, problem: null, notBefore: 0 }
  const problem = listLost(known).length ? "lost-file" : state.problem
  return { ...known, problem, tries: state.tries + 1, notBefore: pause(state.tries + 1, at, event.chance) }
}

const completed = (state, completion) => ({ ...calm(state), name: "complete", completion, lacks: [],
  files: each(state.files, (file) => ({ ...file, sent: true, refused: null })) })

function refused(state, { kept, body }) {
  const revision = Number.isInteger(body.revision) ? body.revision : state.revision
  return { ...calm(state), name: "refused", sealed: null, attempts: 0, answer: kept, revision }
}

function fileAnswer(state, event) {
  const { status, body, id, completion } = event
  const file = state.files[id]
  if (!file || state.name === "complete") return state
  if (status < 300 && body.received_sha256 === file.sha256) {
    const known = { ...calm(state), lacks: state.lacks && state.lacks.filter((lack) => lack.id !== id),
      files: { ...state.files, [id]: { ...file, sent: true, refused: null } } }
    const isComplete = fits(completion, "completion", state.keptAs ?? event.survey, state.sealed?.sha256)
    return isComplete ? completed(known, completion) : known
  }
  if (status < 300) return cut(state, event, "no-network")
  if (status === 404 || status === 409 || status === 410) return cut({ ...state, lacks: null }, event, codeOf(status))
  const isBarred = turnsAway("file", status)
  const code = isBarred ? "barred-file" : status === 422 ? "cut-file" : codeOf(status)
  const left = { ...file, refused: code, isBarred: file.isBarred || isBarred }
  return cut({ ...state, files: { ...state.files, [id]: left } }, event, code)
}

/** A file's bytes turn out to be gone from here: whether they had arrived the server is asked. */
function missing(state, { id }) {
  const file = state.files[id]
  if (!file) return state
  return { ...state, lacks: WAITING.has(state.name) ? null : state.lacks,
    files: { ...state.files, [id]: { ...file, here: false } } }
}

/** The sealed bytes are gone from here: what is written still is, so it is sealed again. */
function lost(state, { at, chance }) {
  if (state.name === "received") return cut(state, { at, chance }, "lost-record")
  return WAITING.has(state.name) ? { ...calm(state), name: "draft", sealed: null, mishap: "lost-record" } : state
}

/** {code}: it cannot be sent for a reason on this tablet. */
function stuck(state, event) { return cut(state, event, event.code) }

/** Try again now: somebody asks, or there is a network again. */
function wake(state) {
  const files = each(state.files, (file) => ({ ...file, refused: null }))
  return { ...state, notBefore: 0, tries: 0, tried: 0, files }
}

/** {serverAt}: the server's time. Thirty days after its completion the copy here may go. */
function tick(state, { serverAt }) {
  const over = state.name === "complete" && serverAt - Date.parse(state.completion.completed_at) >= KEEP
  return over ? { ...state, name: "gone" } : state
}

const calm = (state) => ({ ...state, problem: null, tries: 0, notBefore: 0 })

/** The attempt has certainly not arrived. */
function settled(state, { what }) {
  if (what !== "record" || state.name !== "sending") return state
  const attempts = state.attempts - 1
  return { ...state, attempts, name: attempts === 0 ? "ready" : "sending" }
}

/** Nothing certain came back: the same again, later each time. */
function cut(state, { at, chance }, problem) {
  const tries = state.tries + 1
  const notBefore = problem in SINGLE && sendable(state) ? 0 : pause(tries, at, chance)
  return { ...state, problem, tries, notBefore }
}

const SINGLE = { "cut-file": true, "barred-file": true } // the other files go on meanwhile

/** The server says which files it lacks; it has the others that the manifest it got (`told`) names, and no more. */
function lacking(state, body, told) {
  const missed = new Set((body.lacks ?? []).map((lack) => lack.id))
  const files = each(state.files, (file, id) =>
    ({ ...file, sent: told.includes(id) && !missed.has(id), refused: null }))
  return { ...state, files, lacks: (body.lacks ?? []).filter((lack) => isAddress(lack.to)) }
}
