// One request and what it brought back. Nothing here throws for a bad line: status 0 is "nothing came back".

const PATIENCE = 30_000 // ms without anything moving
const SLOWEST = 4 // bytes a millisecond that are still worth waiting for: what is sent may stand in buffers unseen

/**
 * Send a request; resolves to {status, isOurs, isHouse, body, text, skewMs, serverAt, took}. `isOurs`: our server
 * answered with JSON, and not some portal's page or a proxy (`isHouse`: or with a page). `skewMs`: how far this clock
 * is ahead.
 */
export async function request({ method = "PUT", url, headers = {}, body, onProgress, now = Date.now, credentials }) {
  const sentAt = now()
  const all = { Accept: "application/json", "X-Sent-At": new Date(sentAt).toISOString(), ...headers }
  const how = { method, url, headers: all, body, onProgress, credentials }
  const send = body && globalThis.XMLHttpRequest ? byXhr : byFetch
  const { status, version, text } = await send(how).catch(() => NOTHING)
  return read(status, version, text, sentAt, now())
}

const NOTHING = { status: 0, version: null, text: "" }

function read(status, version, text, sentAt, gotAt) {
  let body = null
  try { body = JSON.parse(text) } catch { /* a page, not an answer */ }
  const isOurs = version !== null && body !== null && typeof body === "object"
  const serverAt = isOurs && body.received_at ? Date.parse(body.received_at) : null
  const middle = sentAt + (gotAt - sentAt) / 2
  return { status, isOurs, isHouse: version !== null, body: isOurs ? body : {}, text, serverAt, took: gotAt - sentAt,
    skewMs: serverAt ? Math.round(middle - serverAt) : null }
}

const patience = (body) => Math.ceil(PATIENCE + (body?.size ?? body?.byteLength ?? body?.length ?? 0) / SLOWEST)

async function byFetch({ method, url, headers, body, credentials = "same-origin" }) {
  const signal = AbortSignal.timeout(patience(body))
  const response = await fetch(url, { method, headers, body, credentials, signal, cache: "no-store" })
  return { status: response.status, version: response.headers.get("X-PPX"), text: await response.text() }
}

function byXhr({ method, url, headers, body, onProgress }) {
  return new Promise((resolve) => {
    const xhr = new XMLHttpRequest()
    let timer
    const moving = () => {
      clearTimeout(timer)
      timer = setTimeout(() => xhr.abort(), patience(body))
    }
    xhr.open(method, url)
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value)
    xhr.upload.onprogress = (event) => { moving(); onProgress?.(event.loaded, event.total) }
    xhr.onprogress = moving
    xhr.onloadend = () => {
      clearTimeout(timer)
      const { status, responseText: text } = xhr
      resolve(status ? { status, version: xhr.getResponseHeader("X-PPX"), text } : NOTHING)
    }
    moving()
    xhr.send(body)
  })
}
