// The count of 100 customers: one tap a customer; the squares fill in the order of the taps.

const ALL = 100
const COLOURS = { plastic: "", eco: "h3", own: "h1", none: "h2" }
const KEYS = Object.keys(COLOURS)

export class Tally {
  constructor(form, onChange) {
    Object.assign(this, { form, onChange, order: [] })
    this.inputs = Object.fromEntries(KEYS.map((key) => [key, form.elements[`tally.${key}`]]))
    form.addEventListener("click", (event) => this.tap(event.target.closest("[data-tap] [data-step]")))
    for (const input of Object.values(this.inputs)) input.addEventListener("input", () => this.show())
    this.show()
  }

  get counts() { return Object.fromEntries(KEYS.map((key) => [key, Math.max(0, parseInt(this.inputs[key].value, 10) || 0)])) }
  get total() { return Object.values(this.counts).reduce((sum, count) => sum + count) }

  tap(button) {
    if (!button) return
    const { tap: key } = button.closest("[data-tap]").dataset
    const step = Number(button.dataset.step)
    if (this.counts[key] + step < 0 || this.total + step > ALL) return
    this.inputs[key].value = this.counts[key] + step
    navigator.vibrate?.(step > 0 ? 12 : [8, 40, 8])
    this.show()
    this.onChange()
  }

  /** Keep the order of taps; what was counted or corrected otherwise follows by kind. */
  show() {
    const left = this.counts
    this.order = this.order.filter((key) => left[key]-- > 0)
    for (const key of KEYS) for (let k = left[key]; k > 0; k -= 1) this.order.push(key)
    document.querySelectorAll("[data-squares] rect").forEach((square, k) => {
      square.setAttribute("class", this.order[k] === undefined ? "h0" : COLOURS[this.order[k]])
    })
    const total = this.total
    document.querySelector("[data-counted]").textContent = total
    document.querySelector("[data-tool=tally]").textContent = total || ""
    document.getElementById("tally").classList.toggle("counted", total === ALL)
    document.getElementById("tally").classList.toggle("over", total > ALL)
  }
}
