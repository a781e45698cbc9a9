// What becomes of a photo or document on the tablet before it is kept: upright, no larger than the server keeps it.

const FIRST = 12
const KINDS = [ // what a file is, by its first bytes
  ["pdf", (is) => is(0, "%PDF-")],
  ["picture", (is) => is(0, "\xff\xd8\xff") || is(0, "\x89PNG") || is(0, "GIF8") || is(0, "BM") || (is(0, "RIFF") && is(8, "WEBP"))],
  ["heif", (is) => is(4, "ftyp") && ["heic", "heix", "heim", "heis", "mif1", "msf1", "avif"].some((brand) => is(8, brand))],
]

/** A file that cannot be evidence; `why` is empty, large, broken, other or pdf. */
export class Refused extends Error {
  constructor(why) {
    super(why)
    this.why = why
  }
}

export class Photos {
  /** `bounds` as the page's rules give them: long_side (pixels) and quality (percent) of a photo, most_bytes of a file. */
  constructor({ bounds, worker, library }) {
    Object.assign(this, { bounds, library, asked: new Map(), number: 0 })
    try {
      this.worker = new Worker(worker)
      this.worker.onmessage = ({ data }) => this.answered(data)
      this.worker.onerror = () => this.giveUp()
    } catch { /* the page's own thread does it */ }
  }

  /** What is kept of a chosen file; a format this browser cannot draw is kept as it is, for the server to convert. */
  async prepare(file, kind) {
    if (!file.size) throw new Refused("empty")
    const what = await nature(file)
    if (what === "other" || (what === "pdf" && kind !== "document")) throw new Refused(what)
    if (what === "pdf") return this.within(new Blob([file], { type: "application/pdf" }))
    try {
      return this.within(await this.shrink(file))
    } catch (trouble) {
      if (trouble instanceof Refused) throw trouble
      if (what === "picture") throw new Refused("broken")
      return this.within(new Blob([file], { type: file.type || "image/heic" }))
    }
  }

  within(blob) {
    if (blob.size > this.bounds.most_bytes) throw new Refused("large")
    return blob
  }

  /** A Blob, ImageBitmap or VideoFrame as a JPEG within the server's bound, or within `side` pixels. */
  async shrink(source, side = this.bounds.long_side, quality = this.bounds.quality / 100) {
    if (this.worker && source instanceof Blob) {
      const made = await this.ask("shrink", { source, side, quality }).catch(() => null)
      if (made) return made
    } else if (this.worker) return this.ask("shrink", { source, side, quality }, [source])
    return draw(source, side, quality)
  }

  /** The text of a QR code in an ImageBitmap, or null. */
  async scan(source) {
    return this.worker ? this.ask("scan", { source, library: this.library }, [source]) : null
  }

  ask(task, given, moved = []) {
    this.number += 1
    const { number } = this
    return new Promise((resolve, reject) => {
      this.asked.set(number, { resolve, reject })
      this.worker.postMessage({ number, task, ...given }, moved)
    })
  }

  answered({ number, answer, trouble }) {
    const { resolve, reject } = this.asked.get(number)
    this.asked.delete(number)
    if (trouble) reject(new Error(trouble))
    else resolve(answer)
  }

  /** The worker could not be had. */
  giveUp() {
    this.worker = null
    for (const { reject } of this.asked.values()) reject(new Error("no worker"))
    this.asked.clear()
  }
}

async function nature(file) {
  const start = String.fromCharCode(...new Uint8Array(await file.slice(0, FIRST).arrayBuffer()))
  const is = (at, text) => start.startsWith(text, at)
  return KINDS.find(([, fits]) => fits(is))?.[0] ?? "other"
}

/** The same on the page's thread, where a worker cannot draw. */
async function draw(source, side, quality) {
  const picture = source instanceof Blob ? await load(source) : source
  const width = picture.naturalWidth ?? picture.displayWidth ?? picture.width
  const height = picture.naturalHeight ?? picture.displayHeight ?? picture.height
  const scale = Math.min(1, side / Math.max(width, height))
  const canvas = document.createElement("canvas")
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const pen = canvas.getContext("2d", { alpha: false })
  pen.fillStyle = "#fff"
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.imageSmoothingQuality = "high"
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", quality) })
  if (!blob) throw new Error("the canvas gave nothing")
  return blob
}

async function load(blob) {
  const image = new Image()
  image.src = URL.createObjectURL(blob)
  try {
    await image.decode()
    return image
  } finally { URL.revokeObjectURL(image.src) }
}
