// In the camera: where the photos are taken, the question when nobody knows, and the scan of the store's own QR code.

const EVERY = 250 // ms between two looks for a code

export class Placing {
  /** `box` is the camera's dialog; `frame()` gives a bitmap of what the camera sees, `scan(bitmap)` a code's text. */
  constructor(box, { whereabouts, frame, scan }) {
    Object.assign(this, { box, whereabouts, frame, scan, codes: JSON.parse(box.dataset.codes) })
    this.detector = "BarcodeDetector" in window ? new window.BarcodeDetector({ formats: ["qr_code"] }) : null
    box.addEventListener("click", (event) => this.click(event.target.closest("button")))
    box.addEventListener("cancel", (event) => { if (this.isScanning) { event.preventDefault(); this.endScan() } })
  }

  part(name) { return this.box.querySelector(`[data-${name}]`) }

  begin() {
    this.isAnswered = Boolean(this.whereabouts.told)
    this.whereabouts.start()
  }

  end() {
    this.endScan()
    this.whereabouts.stop()
  }

  click(button) {
    if (!button) return
    if (button.matches("[data-place]")) this.ask(this.part("ask").hidden)
    else if (button.matches("[data-reason]")) { this.whereabouts.tell({ place_reason: button.dataset.reason }); this.answer() }
    else if (button.matches("[data-later]")) this.answer()
    else if (button.matches("[data-scan]")) this.look()
    else if (button.matches("[data-end-scan]")) this.endScan()
  }

  /** Show what is known now; the question comes up by itself once a visit. */
  show() {
    const { state, told } = this.whereabouts
    const fix = this.whereabouts.around(Date.now())
    this.part("place").dataset.state = state
    if (fix) this.part("accuracy").textContent = Math.round(fix.accuracy)
    this.part("if-denied").hidden = state !== "denied"
    for (const words of this.box.querySelectorAll("[data-told]")) words.hidden = Boolean(told?.store_code) || words.dataset.told !== told?.place_reason
    this.part("code-read").textContent = told?.store_code ?? ""
    if (["denied", "unavailable", "off"].includes(state) && !this.isAnswered && !this.isScanning) this.ask(true)
    else if (state === "placed" && !this.isScanning) this.ask(false)
  }

  ask(wanted) {
    this.part("ask").hidden = !wanted
    this.part("place").setAttribute("aria-expanded", String(wanted))
  }

  answer() {
    this.isAnswered = true
    this.ask(false)
    this.part("shutter").focus()
  }

  /** Look for a code of this very store until one is seen or the person gives up. */
  async look() {
    this.ask(false)
    this.setScanning(true)
    this.part("end-scan").focus()
    while (this.isScanning) {
      const text = await this.see().catch(() => null)
      if (text && this.isScanning) this.read(text)
      await new Promise((resolve) => { setTimeout(resolve, EVERY) })
    }
  }

  async see() {
    const bitmap = await this.frame()
    if (!bitmap) return null
    if (!this.detector) return this.scan(bitmap)
    const [found] = await this.detector.detect(bitmap)
    bitmap.close()
    return found?.rawValue ?? null
  }

  /** A code's text: this store's is kept, any other is named as what it is. Resolves nothing, never follows it. */
  read(text) {
    const code = this.codes[text.trim().toUpperCase()]
    if (!code) return this.setScanning(true, "foreign")
    this.whereabouts.tell({ store_code: code })
    this.setScanning(false)
    this.answer()
  }

  endScan() {
    if (!this.isScanning) return
    this.setScanning(false)
    this.answer()
  }

  setScanning(on, seen = "") {
    this.isScanning = on
    this.box.toggleAttribute("data-scanning", on)
    for (const words of this.box.querySelectorAll("[data-seen]")) words.hidden = words.dataset.seen !== seen
  }
}
