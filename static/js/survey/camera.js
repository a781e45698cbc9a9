// The camera in the page: photos one after the other, each kept before the next; a QR code scanned with the same eye.

const LAST = "ppx-camera" // the camera used last on this tablet
const HASTE = 250 // ms within which a refused camera need not show itself at all

export class Camera {
  /**
   * `dialog` is the page's camera. `take(frame, moment)` keeps a photo and resolves to a small Blob of it, or rejects;
   * `placing` shows where photos are taken (see Placing) and is told when the camera opens and closes.
   */
  constructor(dialog, { take, placing, longSide }) {
    Object.assign(this, { dialog, take, placing, longSide, count: 0 })
    this.video = dialog.querySelector("video")
    this.part = (name) => dialog.querySelector(`[data-${name}]`)
    dialog.addEventListener("click", (event) => this.click(event.target.closest("button")))
    dialog.addEventListener("close", () => this.ended())
    addEventListener("pagehide", () => this.stop())
    document.addEventListener("visibilitychange", () => dialog.open && (document.hidden ? this.stop() : this.begin().catch(() => dialog.close())))
  }

  /** Show the camera for one criterion or category. Rejects at once where there is none or it may not be used. */
  async open(code, title) {
    this.part("code").textContent = code
    this.part("title").textContent = title
    this.setCount(0)
    this.tell("")
    this.isWanted = true
    const slow = setTimeout(() => this.show(), HASTE)
    try {
      await this.begin()
    } catch (trouble) {
      this.dialog.close()
      throw trouble
    } finally { clearTimeout(slow) }
    if (!this.isWanted) return this.stop() // closed while the browser was asking
    this.show()
    this.placing.begin()
  }

  show() {
    if (this.dialog.open) return
    this.dialog.showModal()
    this.part("shutter").focus()
  }

  /** Start the stream: the camera used last, else the one at the back. */
  begin(wanted = localStorage.getItem(LAST)) {
    this.stop()
    this.beginning = this.look(wanted)
    return this.beginning
  }

  async look(wanted) {
    const size = { width: { ideal: this.longSide }, height: { ideal: this.longSide * 3 / 4 } }
    const eye = wanted ? { deviceId: { ideal: wanted } } : { facingMode: { ideal: "environment" } }
    const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...size, ...eye } })
    this.stop() // another that was faster
    this.stream = stream
    this.video.srcObject = stream
    await this.video.play().catch(() => {}) // cut off by a page that is being hidden
    const [track] = stream.getVideoTracks()
    track.addEventListener("ended", () => this.stream === stream && this.dialog.close())
    this.part("torch").hidden = !track.getCapabilities?.().torch
    this.part("torch").setAttribute("aria-pressed", "false")
    const eyes = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === "videoinput")
    this.others = eyes.map(({ deviceId }) => deviceId)
    this.part("turn").hidden = eyes.length < 2
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop())
    this.stream = null
    this.video.srcObject = null
  }

  ended() {
    this.isWanted = false
    this.stop()
    this.placing.end()
    this.dialog.querySelectorAll("[data-strip] img").forEach((image) => URL.revokeObjectURL(image.src))
    this.part("strip").replaceChildren()
  }

  click(button) {
    if (!button) return
    if (button.matches("[data-close]")) this.dialog.close()
    else if (button.matches("[data-shutter]")) this.shoot()
    else if (button.matches("[data-torch]")) this.light(button)
    else if (button.matches("[data-turn]")) this.turn()
  }

  async light(button) {
    const on = button.getAttribute("aria-pressed") !== "true"
    const done = await this.stream?.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: on }] }).then(() => true, () => false)
    if (done) button.setAttribute("aria-pressed", String(on))
  }

  turn() {
    const current = this.stream?.getVideoTracks()[0].getSettings().deviceId
    const next = this.others[(this.others.indexOf(current) + 1) % this.others.length]
    localStorage.setItem(LAST, next)
    return this.begin(next).catch(() => this.dialog.close())
  }

  /** Take one photo; the next waits until this one is stored. */
  async shoot() {
    if (this.isBusy) return
    this.isBusy = true
    this.dialog.dataset.busy = ""
    this.tell("")
    try {
      await this.beginning // a thumb may be faster than the lens
      const moment = new Date()
      this.add(await this.take(await this.grab(), moment))
    } catch (trouble) {
      this.tell(trouble.why ?? "storage")
    } finally {
      this.isBusy = false
      delete this.dialog.dataset.busy
    }
  }

  /** What the camera sees now, without copying it on this thread where the browser can do that. */
  grab() { return "VideoFrame" in window ? new window.VideoFrame(this.video) : createImageBitmap(this.video) }

  add(small) {
    this.setCount(this.count + 1)
    if (!small) return
    const shot = document.createElement("li")
    shot.append(Object.assign(new Image(), { src: URL.createObjectURL(small), alt: "", decoding: "async" }))
    this.part("strip").prepend(shot)
  }

  setCount(count) {
    this.count = count
    this.part("count").textContent = count || ""
    this.part("taken").hidden = !count
  }

  /** What went wrong with the last photo, in the page's words; "" for nothing. */
  tell(why) {
    for (const words of this.dialog.querySelectorAll("[data-trouble]")) words.hidden = words.dataset.trouble !== why
  }

  /** One frame for a scan, no larger than that needs. */
  frame() {
    const { videoWidth: width, videoHeight: height } = this.video
    if (!width) return Promise.resolve(null)
    const scale = Math.min(1, 960 / Math.max(width, height))
    return createImageBitmap(this.video, { resizeWidth: Math.round(width * scale), resizeHeight: Math.round(height * scale) })
  }
}
