// The offer to move a draft to newer criteria. It opens once the server has everything that stands on the tablet:
// what is moved is the server's copy, and the differences are shown there.

export class Moving {
  constructor(tablet, draft) {
    this.link = document.querySelector("[data-needs-sent]")
    if (!this.link) return
    this.draft = draft
    this.link.addEventListener("click", (event) => this.isReady || event.preventDefault())
    for (const kind of ["change", "moved"]) tablet.addEventListener(kind, () => this.show())
    for (const kind of ["online", "offline"]) addEventListener(kind, () => this.show())
    this.show()
  }

  get isReady() {
    const { draft } = this
    return navigator.onLine && draft.state === "draft" && draft.isSaved && draft.revision > 0
      && Object.values(draft.files).every(({ sent }) => sent)
  }

  show() {
    this.link.setAttribute("aria-disabled", String(!this.isReady))
    document.querySelector("[data-unsent]").hidden = this.isReady
  }
}
