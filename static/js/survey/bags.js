// Bag samples: add and take away, and the drawing that follows what is typed. The verdict is the server's.

import { parse } from "./numbers.js"
import { rename } from "./sheet.js"

const CM = 3 // drawing units a centimetre: 150 for 50 cm
const UM = 2 // drawing units a micrometre: 100 for 50 µm
const HIGHEST = 75 // µm still inside the drawing

export class Bags {
  constructor(form, onChange) {
    Object.assign(this, { form, onChange, list: document.querySelector("[data-bags]") })
    form.addEventListener("click", (event) => this.click(event))
    form.addEventListener("input", (event) => this.redraw(event.target.closest("[data-bag]")))
    this.show()
  }

  get samples() { return [...this.list.children] }

  click(event) {
    const button = event.target.closest("button")
    if (button?.matches("[data-add-bag]")) { event.preventDefault(); this.add().querySelector("input").focus() }
    if (button?.matches("[data-drop-bag]")) { event.preventDefault(); this.drop(button.closest("[data-bag]")) }
  }

  add() {
    const holder = document.createElement("div")
    holder.append(document.getElementById("new-bag").content.cloneNode(true))
    rename(holder, "{k}", String(this.samples.length))
    const sample = holder.firstElementChild
    sample.dataset.verdict = "incomplete"
    this.list.append(sample)
    this.number()
    return sample
  }

  /** So many samples. */
  have(count) {
    this.samples.slice(count).forEach((sample) => sample.remove())
    while (this.samples.length < count) this.add()
    this.number()
  }

  /** Draw all samples anew. */
  show() { this.samples.forEach((sample) => this.redraw(sample)) }

  drop(sample) {
    sample.remove()
    this.number()
    document.querySelector("[data-add-bag]").focus()
    this.onChange()
  }

  /** Samples count from one without gaps, and so do the names of their inputs. */
  number() {
    this.samples.forEach((sample, k) => {
      const old = `bags.${sample.dataset.bag}.`
      const checked = [...sample.querySelectorAll(":checked")]
      sample.dataset.bag = k
      rename(sample, old, `bags.${k}.`)
      checked.forEach((input) => { input.checked = true })
      sample.querySelector("[data-number]").textContent = k + 1
    })
    document.querySelector("[data-tool=bags]").textContent = this.samples.length || ""
  }

  redraw(sample) {
    if (!sample) return
    const figure = (name) => {
      const text = sample.querySelector(`[name$=".${name}"]`).value
      return text ? Number(parse(text) ?? NaN) : NaN
    }
    const [width, height] = [figure("width_cm"), figure("height_cm")].map((cm) => Math.min(cm || 0, 56) * CM)
    const rectangle = sample.querySelector(".bag")
    Object.entries({ width, height, y: 173 - height }).forEach(([key, value]) => rectangle.setAttribute(key, value))
    sample.querySelectorAll(".reading").forEach((mark, k) => {
      const thickness = figure(`readings_um.${k}`)
      const y = -Math.min(thickness || 0, HIGHEST) * UM
      mark.setAttribute("visibility", Number.isNaN(thickness) ? "hidden" : "visible")
      mark.firstElementChild.setAttribute("y2", y)
      mark.lastElementChild.setAttribute("cy", y)
      mark.classList.toggle("thin", thickness < 50)
    })
  }
}
