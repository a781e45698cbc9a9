// Beside the page's thread, which stays free: makes photos smaller and looks for QR codes. A classic worker, one file.

const fit = (side, other, most) => Math.max(1, Math.round(side * Math.min(1, most / Math.max(side, other))))

const TASKS = {
  /** `source`, a Blob, an ImageBitmap or a VideoFrame, as a JPEG that is upright, on white, without metadata, at most `side` pixels. */
  async shrink({ source, side, quality }) {
    const picture = source instanceof Blob ? await createImageBitmap(source) : source // turned as its metadata say
    const [width, height] = [picture.displayWidth ?? picture.width, picture.displayHeight ?? picture.height]
    const canvas = new OffscreenCanvas(fit(width, height, side), fit(height, width, side))
    const pen = canvas.getContext("2d", { alpha: false })
    pen.fillStyle = "#fff"
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.imageSmoothingQuality = "high"
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    return canvas.convertToBlob({ type: "image/jpeg", quality })
  },

  /** The text of the QR code in an ImageBitmap, or null. `library` is the address of jsQR. */
  async scan({ source, library }) {
    if (!self.jsQR) importScripts(library)
    const canvas = new OffscreenCanvas(source.width, source.height)
    const pen = canvas.getContext("2d", { willReadFrequently: true })
    pen.drawImage(source, 0, 0)
    source.close()
    const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height)
    return self.jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data ?? null
  },
}

onmessage = async ({ data: { number, task, ...given } }) => {
  try {
    postMessage({ number, answer: await TASKS[task](given) })
  } catch (error) {
    postMessage({ number, trouble: String(error) })
  }
}
