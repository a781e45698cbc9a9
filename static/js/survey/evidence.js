// Photos and documents of the draft as tiles: kept on the tablet before they are shown; the tablet sends them.

// The camera and what belongs to it is fetched when it is first needed.

const TIME_TO_UNDO = 6000
const JUST_NOW = 120_000 // ms: a chosen file this young was taken with the device's own camera, here
const THUMB = { side: 480, quality: 0.75 }

export class Evidence {
  /** `onChange` is called whenever a file was added, changed or removed. */
  constructor(form, draft, { onChange, bounds = JSON.parse(document.getElementById("rules").textContent).bounds }) {
    Object.assign(this, { form, draft, onChange, bounds, working: new Set(), unplaced: new Map() })
    this.template = document.getElementById("new-tile")
    this.seen = new IntersectionObserver((seen) => seen.forEach(({ isIntersecting, target }) => isIntersecting && this.picture(target)),
      { rootMargin: "400px" })
    form.addEventListener("change", (event) => event.target.type === "file" && this.follow(this.choose(event.target)))
    form.addEventListener("input", (event) => event.target.matches("[data-caption]") && this.follow(this.recaption(event.target.closest(".tile"))))
    form.addEventListener("click", (event) => this.click(event))
    addEventListener("pagehide", () => this.settle())
    this.show()
  }

  /** Resolves when the camera, and what tells where its photos are taken, can be used. */
  tools() {
    this.fetched ??= import("./shooting.js").then((parts) => this.setUp(document.getElementById("camera"), parts))
    this.fetched.catch(() => { this.fetched = null }) // no network: again next time
    return this.fetched
  }

  setUp(dialog, { Camera, Photos, Placing, Whereabouts, readExif }) {
    this.readExif = readExif
    this.photos = new Photos({ bounds: this.bounds, worker: dialog.dataset.worker, library: dialog.dataset.library })
    this.whereabouts = new Whereabouts({ onChange: () => this.placed(), told: this.draft.evidence.findLast((item) => item.lat === null) })
    this.placing = new Placing(dialog, { whereabouts: this.whereabouts, frame: () => this.camera.frame(), scan: (bitmap) => this.photos.scan(bitmap) })
    this.camera = new Camera(dialog, { take: (frame, moment) => this.follow(this.photographed(frame, moment)), placing: this.placing, longSide: this.bounds.long_side })
  }

  /** Resolves when everything begun here is stored and what was struck out is gone. */
  async settle() {
    for (const tile of document.querySelectorAll(".tile:has([data-state=removed])")) this.follow(this.remove(tile))
    while (this.working.size) await Promise.allSettled(this.working)
  }

  follow(work) {
    this.working.add(work)
    work.catch(() => {}).then(() => this.working.delete(work))
    return work
  }

  // What is there

  /** Bring the tiles of the page to what the draft holds: after opening, restoring, and when the tablet has sent. */
  show() {
    const held = new Map(this.draft.evidence.map((item) => [item.id, item]))
    for (const tile of this.form.querySelectorAll(".tile[data-id]")) {
      if (held.has(tile.dataset.id)) this.fill(tile, held.get(tile.dataset.id))
      else tile.remove()
      held.delete(tile.dataset.id)
    }
    for (const item of held.values()) {
      const list = this.form.querySelector(`[data-owner="${item.criterion ?? item.category}"]`)
      if (list) this.fill(this.newTile(list, item.kind), item)
    }
  }

  newTile(list, kind) {
    const tile = this.template.content.firstElementChild.cloneNode(true)
    tile.dataset.kind = kind
    list.insertBefore(tile, list.querySelector(".add"))
    return tile
  }

  fill(tile, item) {
    const caption = tile.querySelector("[data-caption]")
    const isTyped = !tile.dataset.id && caption.value // while its file was still being kept
    tile.dataset.id = item.id
    tile.id = `evidence.${item.id}`
    tile.dataset.type = item.media_type
    if (isTyped) this.follow(this.recaption(tile))
    else if (caption !== document.activeElement) caption.value = item.caption
    if (tile.querySelector("[data-state]").dataset.state !== "removed") this.place(tile, item.id)
    if (!tile.dataset.shown) this.seen.observe(tile)
  }

  /** Say where a file is: sent, kept (on this tablet), not let pass, or lost where the storage was cleared before. */
  place(tile, id) {
    const { here, sent, isBarred } = this.draft.files[id] ?? {}
    if (here && !sent && isBarred) this.say(tile, "refused", "barred")
    else if (sent || here) this.say(tile, sent ? "sent" : "kept")
    else this.say(tile, "lost", "lost")
  }

  /** Draw a tile's thumbnail from the tablet's own file, or from the server where only that has it. */
  async picture(tile, small = null) {
    if (tile.dataset.shown) return
    tile.dataset.shown = "yes"
    this.seen.unobserve(tile)
    const image = tile.querySelector("img")
    if (tile.dataset.type === "application/pdf") { image?.remove(); return }
    small ??= await this.draft.file(tile.dataset.id).then((file) => file && this.thumb(file)).catch(() => null)
    if (!small && !this.draft.files[tile.dataset.id]?.sent) { image.remove(); return } // this browser cannot draw it
    image.onload = () => { tile.querySelector(".shot > span")?.remove(); if (small) URL.revokeObjectURL(image.src) }
    image.onerror = () => image.remove() // no network
    image.src = small ? URL.createObjectURL(small) : `${this.link(tile)}?size=thumb`
  }

  async thumb(blob) {
    await this.tools()
    return this.photos.shrink(blob, THUMB.side, THUMB.quality)
  }

  link(tile) { return this.form.dataset.evidenceLink.replace(/[0-]{36}/, tile.dataset.id) }

  /** Open the file itself. */
  async view(tile) {
    const file = await this.draft.file(tile.dataset.id).catch(() => null)
    window.open(file ? URL.createObjectURL(file) : this.link(tile), "_blank")
  }

  // New ones

  /** The camera in the page where there is one; else the device's own, by the file input, and words that say why. */
  async photograph(input) {
    const list = input.closest("[data-owner]")
    this.shooting = { list, kind: input.dataset.kind }
    this.unplaced.clear()
    try {
      const heading = list.closest("[data-criterion], [data-category]").querySelector("h3, summary > span + span")
      await this.tools()
      await this.camera.open(list.dataset.owner, heading.firstChild.textContent)
    } catch (trouble) {
      this.excuse(input, { NotAllowedError: "denied", NotFoundError: "none" }[trouble.name] ?? "busy")
      input.dataset.plain = "once"
      input.click()
    }
  }

  /** Say beside an input why the camera in the page does not open. */
  excuse(input, why) {
    const words = document.getElementById("no-camera").content.firstElementChild.cloneNode(true)
    for (const text of words.querySelectorAll("[data-cause]")) text.hidden = text.dataset.cause !== why
    document.querySelector("[data-excuse]")?.remove()
    input.closest("[data-owner]").after(words)
  }

  async photographed(frame, moment) {
    const { list, kind } = this.shooting
    const blob = this.photos.within(await this.photos.shrink(frame))
    const place = this.whereabouts.factsAt(moment.getTime())
    const item = await this.keep(list.dataset.owner, kind, blob, moment.toISOString(), place)
    if (place.lat === null) this.unplaced.set(item.id, moment.getTime())
    const [tile, small] = [this.newTile(list, kind), await this.thumb(blob).catch(() => null)]
    this.fill(tile, item)
    if (small) this.picture(tile, small)
    this.onChange()
    return small
  }

  async choose(input) {
    const [list, files, { kind }] = [input.closest("[data-owner]"), [...input.files], input.dataset]
    input.value = ""
    const tiles = files.map(() => this.newTile(list, kind))
    for (const [k, file] of files.entries()) await this.chosen(tiles[k], list, kind, file)
    this.whereabouts?.stop()
  }

  async chosen(tile, list, kind, file) {
    this.say(tile, "keeping")
    try {
      await this.tools()
      const told = await this.readExif(file)
      const taken = told.taken_at ?? new Date(file.lastModified).toISOString()
      const blob = await this.photos.prepare(file, kind)
      this.fill(tile, await this.keep(list.dataset.owner, kind, blob, taken, this.placeOf(told, taken)))
    } catch (trouble) {
      this.say(tile, "refused", trouble.why ?? "storage")
    }
    this.onChange()
  }

  /** Where a chosen file was taken: as it says itself; here, when it has just been taken; else nobody knows. */
  placeOf({ lat, lon, accuracy }, taken) {
    const moment = Date.parse(taken)
    if (lat === null && Math.abs(Date.now() - moment) < JUST_NOW) return this.whereabouts.factsAt(moment)
    return { lat, lon, accuracy, place_reason: "", store_code: "" }
  }

  keep(owner, kind, blob, taken, place) {
    if (this.draft.evidence.length >= this.bounds.most_files) throw Object.assign(new Error("many"), { why: "many" })
    const isCategory = Boolean(document.querySelector(`[data-category="${owner}"]`))
    return this.draft.addFile(blob, { criterion: isCategory ? null : owner, category: isCategory ? owner : null, kind,
      caption: "", taken_at: taken, ...place })
  }

  /** Something is known anew about where we are: photos that were quicker than the satellites get it too. */
  placed() {
    this.placing.show()
    for (const [id, moment] of this.unplaced) {
      const now = this.whereabouts.factsAt(moment)
      const item = this.draft.evidence.find((one) => one.id === id)
      if (item && Object.entries(now).some(([key, value]) => item[key] !== value)) this.follow(this.draft.changeFile(id, now))
      if (!item || now.lat !== null) this.unplaced.delete(id)
    }
  }

  // Changes

  click(event) {
    const input = event.target.closest("input[type=file]")
    const tile = event.target.closest(".tile[data-tile]")
    if (input) this.pressed(input, event)
    else if (tile && event.target.closest("[data-remove]")) { event.preventDefault(); this.takeAway(tile) }
    else if (tile && event.target.closest("[data-undo]")) this.putBack(tile)
    else if (tile?.dataset.id && event.target.closest(".shot")) { event.preventDefault(); this.view(tile) }
  }

  pressed(input, event) {
    this.tools().then(() => this.whereabouts.start()).catch(() => {}) // a file may be a photo taken now
    if (!input.hasAttribute("capture") || input.dataset.plain) { delete input.dataset.plain; return }
    if (!navigator.mediaDevices?.getUserMedia) return this.excuse(input, "none")
    event.preventDefault()
    this.photograph(input)
  }

  /** Store a caption as it is typed; while one is being stored the next waits. */
  async recaption(tile) {
    if (tile.isWriting || !tile.dataset.id) return
    tile.isWriting = true
    const caption = tile.querySelector("[data-caption]")
    try {
      for (let stored = null; stored !== caption.value;) {
        stored = caption.value
        await this.draft.changeFile(tile.dataset.id, { caption: stored.trim() })
      }
    } finally { tile.isWriting = false }
  }

  /** Strike a tile out; it goes for good when there has been time to undo. */
  takeAway(tile) {
    if (!tile.dataset.id) return tile.remove()
    tile.was = tile.querySelector("[data-state]").dataset.state
    this.say(tile, "removed")
    tile.timer = setTimeout(() => this.follow(this.remove(tile)), TIME_TO_UNDO)
    tile.querySelector("[data-undo]").focus()
  }

  putBack(tile) {
    clearTimeout(tile.timer)
    this.say(tile, tile.was)
    tile.querySelector("[data-caption]").focus()
  }

  async remove(tile) {
    clearTimeout(tile.timer)
    await this.draft.removeFile(tile.dataset.id)
    tile.remove()
    this.onChange()
  }

  say(tile, state, why = "") {
    tile.querySelector("[data-state]").dataset.state = state
    tile.querySelector("[data-undo]").hidden = state !== "removed"
    tile.querySelector("[data-remove]").hidden = state === "removed"
    const words = tile.querySelector("[data-why]")
    words.hidden = !why
    words.textContent = why && document.querySelector(`#camera [data-trouble="${why}"]`).textContent.trim()
  }
}
