// The visits of the page with what this tablet knows of them: begun here, waiting here, received.

import { clock, put, showWhen } from "../common/figures.js"

const OPEN = new Set(["draft", "refused", "differs"])
const ORDER = ["differs", "refused", "sending", "ready", "received", "draft", "complete"]

export class Agenda {
  constructor(tablet) {
    this.tablet = tablet
    this.visits = [...document.querySelectorAll("[data-visit]")]
  }

  /** Show what stands on the tablet. */
  async show({ items }) {
    for (const visit of this.visits) {
      const here = items.filter((item) => String(item.visit) === visit.dataset.visit)
        .sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state))
      await this.mark(visit, here[0])
    }
  }

  async mark(visit, item) {
    const box = visit.querySelector("[data-local]")
    if (!box) return
    box.hidden = !item
    visit.classList.toggle("has-local", Boolean(item))
    if (!item) return
    showWhen(box, item.state)
    put(box, { answered: await this.count(item), at: clock(item.changedAt) })
    showWhen(visit, OPEN.has(item.state) ? "begun" : "sent", "act")
    const link = visit.querySelector("[data-go]")
    link?.classList.toggle("main", OPEN.has(item.state))
    if (link && item.receipt) link.href = `/surveys/${item.survey}/receipt`
  }

  /** How many questions have been answered; only an open tablet can tell. */
  async count({ id, state }) {
    if (this.tablet.state !== "open" || state !== "draft") return ""
    const draft = await this.tablet.find(id)
    const says = (answer) => Object.keys(answer).some((key) => key !== "note")
    return draft ? Object.values(draft.document.answers ?? {}).filter(says).length : ""
  }
}
