// Putting the application on the home screen: by the browser's own question where it asks, in words on an iPad.

import { showWhen } from "../common/figures.js"

const isInstalled = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true
const isApple = () => /iPad|iPhone/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)

export class Installing {
  constructor(box) {
    this.box = box
    this.show(isInstalled() ? "yes" : isApple() ? "apple" : "no")
    addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault()
      this.question = event
      this.show("ask")
    })
    addEventListener("appinstalled", () => this.show("yes"))
    box.querySelector("[data-install]").addEventListener("click", () => this.ask())
  }

  async ask() {
    await this.question.prompt()
    const { outcome } = await this.question.userChoice
    if (outcome === "accepted") this.show("yes")
  }

  show(state) { showWhen(this.box, state, "installed") }
}
