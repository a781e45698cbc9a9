// Tells the service worker which forms are in use: they stay as they were begun until their survey has been received.

import { ask } from "./line.js"

const IN_USE = new Set(["draft", "refused", "differs", "ready", "sending"])
let told = null

/** The addresses of the forms of a tablet's open surveys. */
export const pathsOf = ({ items }) => items.filter(({ state }) => IN_USE.has(state))
  .flatMap(({ id, visit }) => [`/visits/${visit}/form`, `/surveys/${id}/edit`])

/** Tell the worker, when it is something new; the addresses that were in use until now. */
export async function tellInUse(tablet) {
  const paths = pathsOf(await tablet.summary())
  const words = paths.join()
  if (words === told) return []
  told = words
  const { freed = [] } = await ask("use", { person: String(tablet.person), paths })
  return freed
}
