// Signatures: strokes of whole numbers, 0 to 1000 across the wider side, so any screen and paper can draw them again.
// The store's side may refuse to sign; its reason then stands in place of the strokes.

const ACROSS = 1000

export class Signing {
  /** `box` holds a canvas and the hidden inputs; `onChange` is called after each stroke. */
  constructor(box, onChange) {
    Object.assign(this, { box, onChange, canvas: box.querySelector("canvas") })
    this.strokesInput = box.querySelector("[name$='.strokes']")
    this.momentInput = box.querySelector("[name$='.signed_at']")
    this.refusal = box.querySelector("[name$='.refused']")
    box.querySelector("[data-undo-stroke]").addEventListener("click", () => this.store(this.strokes.slice(0, -1), true))
    box.querySelector("[data-clear]").addEventListener("click", () => this.store([], true))
    this.refusal?.addEventListener("input", () => this.refuse())
    new ResizeObserver(() => this.draw()).observe(this.canvas)
    this.tell()
  }

  /** The library comes when the canvas is first seen. */
  async makePad() {
    const { default: SignaturePad } = await import("signature_pad")
    this.pad = new SignaturePad(this.canvas, { minWidth: 0.9, maxWidth: 2.6, penColor: getComputedStyle(this.box).color })
    this.pad.addEventListener("endStroke", () => this.store(this.drawn()))
    this.canvas.dataset.ready = "yes"
  }

  get strokes() { return JSON.parse(this.strokesInput.value || "[]") }
  get isSigned() { return this.strokes.length > 0 }
  get isRefused() { return !this.isSigned && Boolean(this.refusal?.value.trim()) }

  drawn() {
    const { offsetWidth: width, offsetHeight: height } = this.canvas
    const scale = ACROSS / Math.max(width, height)
    const within = (value) => Math.min(ACROSS, Math.max(0, Math.round(value * scale)))
    return this.pad.toData().map((stroke) => stroke.points.map((point) => [within(point.x), within(point.y)]))
  }

  store(strokes, redraw = false) {
    this.strokesInput.value = JSON.stringify(strokes)
    this.momentInput.value = strokes.length ? new Date().toISOString() : ""
    if (strokes.length && this.refusal) this.refusal.value = ""
    if (redraw) this.draw()
    this.tell()
    this.onChange()
  }

  /** A reason is being written; the form itself stores what is typed. */
  refuse() {
    this.momentInput.value = this.isRefused ? this.momentInput.value || new Date().toISOString() : ""
    this.tell()
  }

  /** Show what the inputs hold, after they were filled from elsewhere. */
  refresh() {
    this.draw()
    this.tell()
  }

  /** Fit the canvas to its place and draw what is stored, after a turn of the tablet or when its page opens. */
  async draw() {
    this.tell()
    if (!this.canvas.offsetWidth) return
    await (this.making ??= this.makePad())
    const { offsetWidth: width, offsetHeight: height } = this.canvas
    if (!width) return
    const ratio = Math.max(devicePixelRatio, 1)
    this.canvas.width = width * ratio
    this.canvas.height = height * ratio
    this.canvas.getContext("2d").scale(ratio, ratio)
    const scale = Math.max(width, height) / ACROSS
    const points = (stroke) => stroke.map(([x, y], k) => ({ x: x * scale, y: y * scale, pressure: 0.5, time: k * 16 }))
    this.pad.fromData(this.strokes.map((stroke) => ({ points: points(stroke), minWidth: 1.6, maxWidth: 1.6,
      penColor: this.pad.penColor, velocityFilterWeight: 0.7, dotSize: 0, compositeOperation: "source-over" })))
  }

  tell() {
    const moment = this.momentInput.value && new Date(this.momentInput.value)
    const clock = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Ho_Chi_Minh" }
    const show = (name, wanted) => { const part = this.box.querySelector(`[data-${name}]`); if (part) part.hidden = !wanted }
    show("signed", this.isSigned)
    show("refused", this.isRefused)
    show("unsigned", !this.isSigned && !this.isRefused)
    show("mend", this.isSigned)
    show("refuse", !this.isSigned)
    this.canvas.hidden = this.isRefused
    this.box.querySelector("[data-signed-at]").textContent = moment ? moment.toLocaleTimeString("vi", clock) : ""
  }
}
