// A tablet in Node: IndexedDB in memory, a server in memory.

import "fake-indexeddb/auto"

import { Tablet } from "../../static/js/tablet/tablet.js"
import { Server } from "./model-server.mjs"

let count = 0

/** A name of a storage nobody else uses. */
export const fresh = () => `ppx-${count += 1}`

/** A server that answers every fetch of this process. */
export async function serve(options) {
  const server = await Server.start(options)
  globalThis.fetch = server.fetch
  return server
}

/** Nothing answers. */
export function cutOff() { globalThis.fetch = async () => { throw new TypeError("no network") } }

/** A tablet that sends only when asked to. */
export const open = (name, more = {}) => Tablet.open({ person: 7, name, send: false, app: "1", csrf: "x", ...more })

export const photo = (text) => new Blob([text], { type: "image/jpeg" })

/** A sealed survey with one answer and as many photos. */
export async function sealed(tablet, { visit = 12, photos = 2, remarks = "tốt" } = {}) {
  const draft = await tablet.draft({ visit, document: {} })
  await draft.change({ remarks, answers: { A1: { yes: true } } })
  for (let k = 0; k < photos; k += 1) await draft.addFile(photo(`photo ${visit} ${k} ${remarks}`), { criterion: "A1" })
  await draft.seal({ score: { total: "80" }, app: "1" })
  return draft
}

/** The states of what a tablet holds. */
export const stateOf = async (tablet) => (await tablet.summary()).items.map(({ state }) => state)
