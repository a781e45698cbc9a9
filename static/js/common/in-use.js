// Tells the service worker which forms are in use: they stay as they were begun until their survey has been received.

import { ask } from "./line.js"

const IN_USE = new Set(["draft", "refused", "differs", "ready", "sending"])
let told = null

const pairOf = ({ survey, visit }) => [`/visits/${visit}/form`, `/surveys/${survey}/edit`]
const place = (person, path) => `ppx-was:${person}:${path}`

/** The addresses of the forms of a tablet's open surveys, two each. */
export const pathsOf = ({ items }) => items.filter(({ state }) => IN_USE.has(state)).flatMap(pairOf)

/** Tell the worker, when it is something new; the addresses that were in use until now. */
export async function tellInUse(tablet) {
  const summary = await tablet.summary()
  const paths = pathsOf(summary)
  const words = paths.join()
  if (words === told) return []
  told = words
  const { freed = [] } = await ask("use", { person: String(tablet.person), paths })
  remember(tablet.person, freed, new Set(summary.items.flatMap(pairOf)))
  return freed
}

/** What was in use and stands nowhere here was cleared away: its form knows the survey's name when it is opened next. */
function remember(person, freed, here) {
  for (const path of here) localStorage.removeItem(place(person, path))
  for (const [k, path] of freed.entries()) {
    const [, name] = /^\/surveys\/(.+)\/edit$/.exec(freed[k + 1]) ?? []
    if (name && !here.has(path)) localStorage.setItem(place(person, path), name)
  }
}

/**
 * The name of the survey that was begun with the form at this address and cleared away since; null where there was none.
 * Going on under it, what the server has of it is held against it, and a person chooses; else there would be two.
 */
export const clearedName = (person, path) => localStorage.getItem(place(person, path))
