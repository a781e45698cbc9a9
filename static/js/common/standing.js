// In the header of every page of the tablet: what waits to be sent and for how long, and whether there is a network.

import { age, put, toneOf } from "./figures.js"

/** Whether the server can be reached, as far as this tablet knows. */
export const isOnline = (summary) => navigator.onLine && !summary?.items.some(({ problem }) => problem === "no-network")

/** Show it in `box`, the [data-standing] of components/standing.html. */
export function showStanding(box, summary, now = Date.now()) {
  const online = isOnline(summary)
  for (const tag of box.querySelectorAll("[data-line]")) tag.hidden = (tag.dataset.line === "on") !== online
  const unsent = box.querySelector("[data-unsent]")
  unsent.hidden = !summary?.count
  if (unsent.hidden) return
  const waited = now - summary.oldest
  put(unsent, { count: summary.count, age: age(waited) })
  unsent.className = `tag ${toneOf(waited)}`
}

/** Keep it right: at each change of the tablet, of the line, and every minute. `tablet` may be null. */
export function watchStanding(box, tablet, onSummary = () => {}) {
  let asked = 0
  const look = async () => {
    const mine = asked += 1
    const summary = tablet && tablet.state !== "unavailable" ? await tablet.summary() : null
    if (mine !== asked) return
    showStanding(box, summary)
    onSummary(summary)
  }
  tablet?.addEventListener("change", look)
  for (const kind of ["online", "offline"]) addEventListener(kind, look)
  setInterval(look, 60_000)
  return look()
}
