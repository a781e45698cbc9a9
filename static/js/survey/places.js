// Which part is open. The address's hash says it and CSS shows it; this keeps the strip and the bottom bar in step.

export class Places {
  constructor() {
    this.parts = [...document.querySelectorAll(".part")]
    this.back = document.querySelector("[data-back]")
    this.next = document.querySelector("[data-next]")
    addEventListener("hashchange", () => this.arrive())
    this.arrive(false)
  }

  get current() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    return target?.closest(".part") ?? this.parts[0]
  }

  arrive(byHand = true) {
    const part = this.current
    const at = this.parts.indexOf(part)
    for (const link of document.querySelectorAll(".groups a")) {
      const isHere = link.hash === `#${part.id}`
      if (isHere) link.setAttribute("aria-current", "true")
      else link.removeAttribute("aria-current")
      if (isHere && byHand) link.scrollIntoView({ block: "nearest", inline: "center" })
    }
    this.point(this.back, this.parts[at - 1])
    this.point(this.next, this.parts[at + 1])
    document.body.dataset.part = part.id
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (!target) return
    if (target.matches("details")) target.open = true
    if (target === part) scrollTo(0, 0)
    else target.scrollIntoView({ block: "start" })
    if (target === part && byHand) part.querySelector("h2").focus({ preventScroll: true })
  }

  point(link, part) {
    link.hidden = !part
    if (!part) return
    link.href = `#${part.id}`
    link.setAttribute("aria-label", part.dataset.part)
    for (const [key, words] of [["long", part.dataset.part], ["short", part.dataset.short]]) {
      link.querySelectorAll(`[data-${key}]`).forEach((place) => { place.textContent = words })
    }
  }
}
