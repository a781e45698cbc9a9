// Photos and documents: shown at once, sent two at a time, tried again until the server has them.

const AT_ONCE = 2
const TIME_TO_UNDO = 6000
const LONGEST = 60_000

export class Evidence {
  /** `onChange` is called whenever something waits or no longer waits, `onArrival` when the server's pieces change. */
  constructor(form, onChange, onArrival) {
    Object.assign(this, { form, onChange, onArrival, queue: [], sending: 0 })
    this.template = document.getElementById("new-tile")
    form.addEventListener("change", (event) => {
      if (event.target.type === "file") this.take(event.target)
      else if (event.target.matches("[data-caption]")) this.recaption(event.target.closest(".tile"))
    })
    form.addEventListener("click", (event) => this.click(event))
    addEventListener("online", () => this.queue.forEach((job) => this.again(job)))
    addEventListener("beforeunload", (event) => this.waiting && event.preventDefault())
    addEventListener("pagehide", () => document.querySelectorAll("[data-state=removed]").forEach((state) => this.remove(state.closest(".tile"))))
  }

  /** How many have not arrived. */
  get waiting() { return this.queue.length }

  take(input) {
    const list = input.closest("[data-owner]")
    for (const file of input.files) this.add(list, file, input.dataset.kind)
    input.value = ""
  }

  add(list, file, kind) {
    const tile = this.template.content.firstElementChild.cloneNode(true)
    const isPicture = file.type.startsWith("image/") || /\.(jpe?g|png|heic|heif|webp)$/i.test(file.name)
    tile.dataset.id = crypto.randomUUID()
    tile.dataset.kind = kind
    const [picture, sheet] = tile.querySelectorAll(".shot > *")
    if (isPicture) {
      picture.onerror = () => picture.remove() // a format this browser cannot draw, such as HEIC
      picture.onload = () => sheet.remove()
      picture.src = URL.createObjectURL(file)
    } else picture.remove()
    list.insertBefore(tile, list.querySelector(".add"))
    const taken = file.lastModified ? new Date(file.lastModified).toISOString() : ""
    this.queue.push({ tile, file, owner: list.dataset.owner, taken, tries: 0 })
    this.next()
  }

  next() {
    for (const job of this.queue) {
      if (this.sending >= AT_ONCE) break
      if (!job.busy) this.send(job)
    }
    this.onChange()
  }

  send(job) {
    job.busy = true
    this.sending += 1
    this.show(job.tile, "sending")
    const request = new XMLHttpRequest()
    const bar = job.tile.querySelector("progress")
    request.open("PUT", this.address(job))
    request.setRequestHeader("X-CSRFToken", this.form.csrf_token.value)
    request.setRequestHeader("Content-Type", job.file.type || "application/octet-stream")
    request.upload.onprogress = (event) => { bar.max = event.total; bar.value = event.loaded }
    request.onloadend = () => this.ended(job, request)
    request.timeout = 180_000
    request.send(job.file)
  }

  address(job) {
    const of = /^P\d+$/.test(job.owner) && document.querySelector(`[data-category="${job.owner}"]`) ? "category" : "criterion"
    const query = new URLSearchParams({ [of]: job.owner, kind: job.tile.dataset.kind, taken_at: job.taken,
      caption: job.tile.querySelector("[data-caption]").value })
    return `${this.form.dataset.evidence.replace(/[0-]{36}/, job.tile.dataset.id)}?${query}`
  }

  ended(job, request) {
    this.sending -= 1
    let answer = null
    try { answer = JSON.parse(request.responseText) } catch { /* not our server */ }
    if ((request.status === 200 || request.status === 201) && answer) this.arrived(job)
    else if ([403, 404, 409, 413, 415, 422].includes(request.status) && answer) this.refused(job, answer)
    else this.failed(job)
    this.next()
  }

  arrived(job) {
    this.queue = this.queue.filter((other) => other !== job)
    this.show(job.tile, "sent")
    const link = this.form.dataset.evidenceLink.replace(/[0-]{36}/, job.tile.dataset.id)
    job.tile.querySelector(".shot").href = link
    if (job.again) this.recaption(job.tile)
    this.onArrival()
  }

  refused(job, answer) {
    this.queue = this.queue.filter((other) => other !== job)
    this.show(job.tile, "refused", answer.error)
  }

  failed(job) {
    job.tries += 1
    this.show(job.tile, "failed")
    job.timer = setTimeout(() => this.again(job), Math.min(2000 * 2 ** job.tries, LONGEST))
  }

  again(job) {
    if (!job.timer) return
    clearTimeout(job.timer)
    job.timer = null
    job.busy = false
    this.next()
  }

  click(event) {
    const button = event.target.closest("button")
    const tile = button?.closest(".tile")
    if (!tile) return
    if (button.matches("[data-remove]")) { event.preventDefault(); this.takeAway(tile) }
    else if (button.matches("[data-undo]")) this.putBack(tile)
    else if (button.matches("[data-again]")) this.queue.filter((job) => job.tile === tile).forEach((job) => this.again(job))
  }

  /** Strike a tile out; it goes for good when there has been time to undo. */
  takeAway(tile) {
    tile.was = tile.querySelector("[data-state]").dataset.state
    this.show(tile, "removed")
    tile.timer = setTimeout(() => this.remove(tile), TIME_TO_UNDO)
    tile.querySelector("[data-undo]").focus()
    this.onChange()
  }

  putBack(tile) {
    clearTimeout(tile.timer)
    this.show(tile, tile.was)
    tile.querySelector("[data-caption]").focus()
    this.onChange()
  }

  async remove(tile) {
    const isOnServer = tile.was === "sent"
    this.queue = this.queue.filter((job) => job.tile !== tile)
    const list = tile.closest("[data-owner]")
    tile.remove()
    this.onChange()
    if (!isOnServer) return
    const answer = await fetch(this.form.dataset.evidence.replace(/[0-]{36}/, tile.dataset.id), {
      method: "DELETE", headers: { "X-CSRFToken": this.form.csrf_token.value }, keepalive: true }).catch(() => null)
    if (!answer?.ok && answer?.status !== 404) { list.insertBefore(tile, list.querySelector(".add")); this.putBack(tile) }
    this.onArrival()
  }

  /** Send a caption written after its photo. */
  async recaption(tile) {
    const job = this.queue.find((waiting) => waiting.tile === tile)
    if (job) { job.again = job.busy; return }
    const answer = await fetch(this.form.dataset.evidence.replace(/[0-]{36}/, tile.dataset.id), {
      method: "PATCH", headers: { "X-CSRFToken": this.form.csrf_token.value, "Content-Type": "application/json" },
      body: JSON.stringify({ caption: tile.querySelector("[data-caption]").value }) }).catch(() => null)
    if (!answer?.ok) setTimeout(() => tile.isConnected && this.recaption(tile), 5000)
  }

  show(tile, state, words = "") {
    tile.querySelector("[data-state]").dataset.state = state
    tile.querySelector("progress").hidden = state !== "sending"
    tile.querySelector("[data-again]").hidden = state !== "failed"
    tile.querySelector("[data-undo]").hidden = state !== "removed"
    tile.querySelector("[data-remove]").hidden = state === "removed"
    const why = tile.querySelector("[data-why]")
    why.hidden = !words
    why.textContent = words ?? ""
  }
}
