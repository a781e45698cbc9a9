// The tablet's service worker: pages of survey visits open without a network. Everything else passes untouched.
//
// Assets are kept for everybody, by their content hash. Pages and photos are kept per person, and served to the one
// the server named last. A page counts only with our own header: a captive portal answers 200 with pages of its own.

const PATIENCE = 4000 // ms a kept page waits for the network
const KEPT_FOR = 30 * 24 * 3600_000 // ms until a page that is not in use goes
const ASSETS = "ppx-assets"
const NOTES = "ppx-notes"
const STORE = "ppx" // of static/js/tablet/store.js
const OFFLINE = "/offline"
const PAGES = /^\/visits(\/\d+(\/form)?)?$|^\/surveys\/[0-9a-f-]{36}\/(edit|receipt)$/
const FORMS = /^\/visits\/\d+\/form$|^\/surveys\/[0-9a-f-]{36}\/edit$/
const LEAVING = /^\/(sign-out|account\/sign-out-everywhere)$/
const FONTS = /url\((\/static\/fonts\/[^)]+)\)/g
const NAMED = /"(\/(?:(?:static|vendor)\/[^"\s?]+\?v=[0-9a-f]+|evidence\/[0-9a-f-]{36}\?size=thumb))"/g

self.addEventListener("install", (event) => event.waitUntil(keep(OFFLINE)))
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()))

self.addEventListener("fetch", (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== location.origin) return
  if (request.mode === "navigate") navigate(event, url)
  else if (request.method !== "GET") return
  else if (/^\/(static|vendor)\//.test(url.pathname)) event.respondWith(asset(request, url))
  else if (url.pathname.startsWith("/evidence/") && url.search === "?size=thumb") event.respondWith(photo(request, url))
})

function navigate(event, url) {
  const { request } = event
  if (request.method === "GET") {
    if (PAGES.test(url.pathname) && !url.search) event.respondWith(page(event, url.pathname))
  } else if (LEAVING.test(url.pathname)) event.waitUntil(Promise.all([leave(), lock()]))
  else if (url.pathname === "/sign-in") event.respondWith(signIn(request))
}

/** Somebody signed in: until a page says who it is, nobody's pages are served. A refusal changes nothing. */
async function signIn(request) {
  const answer = await fetch(request)
  if (answer.type === "opaqueredirect") await leave()
  return answer
}

/**
 * Close what is stored on this tablet, whatever becomes of the page that signs out; see static/js/tablet/vault.js. A
 * key that nothing else could open stays. Open pages hear of it.
 */
async function lock() {
  const db = await new Promise((resolve) => {
    const request = indexedDB.open(STORE)
    request.onupgradeneeded = () => request.transaction.abort() // nothing has been stored here
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => resolve(null)
  })
  if (!db) return
  const [tx, closed] = [db.transaction(["vaults", "handles"], "readwrite"), []]
  tx.objectStore("vaults").getAll().onsuccess = ({ target }) => {
    closed.push(...target.result.filter(({ byPin, bySecret }) => byPin || bySecret).map(({ person }) => person))
    closed.forEach((person) => tx.objectStore("handles").delete(person))
  }
  await new Promise((resolve) => { tx.oncomplete = tx.onabort = resolve })
  db.close()
  const channel = new BroadcastChannel(`ppx:${STORE}`)
  for (const person of closed) channel.postMessage({ id: null, person })
  channel.close()
}

// ---- pages

/** The answer to a navigation. A form in use stays the one it was begun with until its survey has been received. */
async function page(event, path) {
  const kept = await find(path)
  if (kept && await isInUse(path)) return kept
  const asked = ask(path)
  event.waitUntil(asked)
  const answer = await (kept ? Promise.race([asked, after(PATIENCE)]) : asked)
  return answer?.answer ?? kept ?? fetch(event.request).catch(() => caches.match(OFFLINE, { cacheName: ASSETS }))
}

/** What a navigation gets when the network is refused. */
const withoutNetwork = (path) => find(path)

/**
 * The server's own answer, kept when it is a page: `{ answer, kept }`. Null when there is no network, when somebody
 * else answered in its place, or when the server is in trouble. A redirect is passed on and replaces nothing.
 */
async function ask(path) {
  const asked = departures
  const answer = await fetch(path, { headers: { Accept: "text/html" }, cache: "no-store" }).catch(() => null)
  if (!isOurs(answer) || answer.status >= 500) return null
  const person = answer.headers.get("X-PPX-Person")
  if (person && asked === departures) await note((notes) => { notes.person = person })
  if (answer.redirected) return { answer: Response.redirect(answer.url), kept: false }
  const isPage = answer.ok && Boolean(person)
  if (isPage) await put(pagesOf(person), path, answer.clone())
  return { answer, kept: isPage }
}

const isOurs = (answer) => answer?.headers.has("X-PPX") && new URL(answer.url).origin === location.origin
const pagesOf = (person) => `ppx-pages-${person}`
const after = (time) => new Promise((resolve) => { setTimeout(resolve, time) })

/** What is kept for the person of this tablet under this address. */
async function find(address) {
  const { person } = await notes()
  return person ? caches.match(address, { cacheName: pagesOf(person), ignoreVary: true }) : undefined
}

async function isInUse(path) {
  const { person, open } = await notes()
  return Boolean(open[person]?.includes(path))
}

// ---- assets and photos

/** Kept first. An asset is kept when it is what its address says: its `v` begins its SHA-256. */
async function asset(request, url) {
  const address = url.pathname + url.search
  const kept = await caches.match(address, { cacheName: ASSETS, ignoreVary: true })
  if (kept) return kept
  const answer = await fetch(request).catch(() => null)
  if (answer === null) return await caches.match(address, { cacheName: ASSETS, ignoreSearch: true }) ?? Response.error()
  if (answer.ok) await putAsset(address, answer.clone())
  return answer
}

async function photo(request, url) {
  return await find(url.pathname + url.search) ?? fetch(request)
}

/** Keep an asset that is true to its address; whether it is kept. Without a hash (fonts) our header vouches for it. */
async function putAsset(address, answer) {
  const wanted = new URL(address, location.origin).searchParams.get("v")
  if (!wanted && !(address.startsWith("/static/fonts/") && isOurs(answer))) return false
  const hash = await digest(await answer.clone().arrayBuffer())
  if (wanted && !hash.startsWith(wanted)) return false
  await put(ASSETS, address, answer)
  return true
}

/** Store an answer with the hash of its body and the time, so that it can be proved later. */
async function put(cacheName, address, answer) {
  const body = await answer.arrayBuffer()
  const headers = new Headers(answer.headers)
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name)
  headers.set("X-Kept-Hash", await digest(body))
  headers.set("X-Kept-At", new Date().toISOString())
  const cache = await caches.open(cacheName)
  await cache.put(address, new Response(body, { status: answer.status, headers }))
}

async function digest(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
}

// ---- readiness: keep a page with all it names, then prove it from what is kept

/** Fetch a page anew, but for a form in use, and keep it with everything it names; whether all of it is here. */
async function keep(path) {
  const page = path === OFFLINE ? await fetchOffline() : await fetchPage(path)
  if (!page) return { ok: false }
  const found = await named(page, fetchMissing)
  return { ok: found.every(({ answer }) => answer) }
}

async function fetchPage(path) {
  if (await isInUse(path) && await find(path)) return find(path)
  return (await ask(path))?.kept ? find(path) : null
}

/** The page of last resort is the same for everybody. */
async function fetchOffline() {
  const answer = await fetch(OFFLINE, { cache: "no-store" }).catch(() => null)
  if (!isOurs(answer) || !answer.ok) return null
  await put(ASSETS, OFFLINE, answer)
  return stored(OFFLINE)
}

/** Read back everything a page names, by the very way it is served without a network, and compare all hashes. */
async function prove(path) {
  const kept = await withoutNetwork(path)
  if (!kept) return { ok: false, files: 0, good: 0, photos: 0, seen: 0 }
  const parts = await named(kept.clone(), (address) => stored(address))
  const checked = await Promise.all([{ address: path, answer: kept }, ...parts].map(async ({ address, answer }) => (
    { address, good: Boolean(answer) && await isTrue(address, answer.clone()) })))
  const photos = checked.filter(({ address }) => address.startsWith("/evidence/"))
  const files = checked.filter(({ address }) => !address.startsWith("/evidence/"))
  const count = (list) => list.filter(({ good }) => good).length
  return { ok: checked.every(({ good }) => good), files: files.length, good: count(files), photos: photos.length,
    seen: count(photos), at: kept.headers.get("X-Kept-At"), version: kept.headers.get("X-PPX") }
}

async function isTrue(address, answer) {
  const hash = await digest(await answer.arrayBuffer())
  const wanted = new URL(address, location.origin).searchParams.get("v")
  return wanted ? hash.startsWith(wanted) : hash === answer.headers.get("X-Kept-Hash")
}

/** Everything a page needs, each `{ address, answer }` got by `get`: what it names, and the fonts of its style sheets. */
async function named(answer, get) {
  const html = await answer.text()
  const addresses = [...new Set([...html.matchAll(NAMED)].map(([, address]) => address))]
  const found = await Promise.all(addresses.map(async (address) => ({ address, answer: await get(address) })))
  const sheets = found.filter((item) => item.answer && /\.css\?/.test(item.address))
  const texts = await Promise.all(sheets.map((item) => item.answer.clone().text()))
  const fonts = [...new Set(texts.flatMap((text) => [...text.matchAll(FONTS)].map(([, address]) => address)))]
  return [...found, ...await Promise.all(fonts.map(async (address) => ({ address, answer: await get(address) })))]
}

const stored = (address) => (address.startsWith("/evidence/") ? find(address)
  : caches.match(address, { cacheName: ASSETS, ignoreVary: true }))

async function fetchMissing(address) {
  const there = await stored(address)
  if (there) return there
  const answer = await fetch(address).catch(() => null)
  if (!answer?.ok) return null
  if (!address.startsWith("/evidence/")) return await putAsset(address, answer) ? stored(address) : null
  const { person } = await notes()
  if (!person || !isOurs(answer)) return null
  await put(pagesOf(person), address, answer)
  return stored(address)
}

/** Throw away old pages that are not in use, and assets that no kept page names. */
async function tidy() {
  const { open } = await notes()
  const needed = new Set([OFFLINE])
  for (const name of await caches.keys()) {
    if (!name.startsWith("ppx-pages-")) continue
    const cache = await caches.open(name)
    const inUse = open[name.slice("ppx-pages-".length)] ?? []
    for (const request of await cache.keys()) {
      const answer = await cache.match(request)
      const isOld = Date.now() - Date.parse(answer.headers.get("X-Kept-At")) > KEPT_FOR
      if (isOld && !inUse.includes(new URL(request.url).pathname)) await cache.delete(request)
      else if (answer.headers.get("Content-Type")?.startsWith("text/html")) {
        for (const { address } of await named(answer, stored)) needed.add(address)
      }
    }
  }
  const assets = await caches.open(ASSETS)
  for (const { address } of await named(await assets.match(OFFLINE) ?? new Response(""), stored)) needed.add(address)
  for (const request of await assets.keys()) {
    const { pathname, search } = new URL(request.url)
    if (!needed.has(pathname + search)) await assets.delete(request)
  }
  return { ok: true }
}

// ---- notes: who uses the tablet, which forms are in use

let writing = Promise.resolve()
let departures = 0 // an answer that was asked for before one of them does not say who is here now
const leave = () => { departures += 1; return note((notes) => { notes.person = null }) }

async function notes() {
  const kept = await caches.match("/", { cacheName: NOTES })
  return kept ? kept.json() : { person: null, open: {} }
}

function note(change) {
  writing = writing.catch(() => {}).then(async () => {
    const known = await notes()
    const before = JSON.stringify(known)
    change(known)
    if (JSON.stringify(known) !== before) await (await caches.open(NOTES)).put("/", Response.json(known))
  })
  return writing
}

/** A person's forms in use are exactly these; which no longer are. */
async function use({ person, paths }) {
  let freed = []
  await note((notes) => {
    freed = (notes.open[person] ?? []).filter((path) => !paths.includes(path))
    notes.open[person] = paths.filter((path) => FORMS.test(path))
  })
  return { ok: true, freed }
}

/** A new worker takes over when no form is open; `ok` says whether it may. */
async function takeOver() {
  const pages = await self.clients.matchAll({ includeUncontrolled: true, type: "window" })
  const ok = !pages.some(({ url }) => FORMS.test(new URL(url).pathname))
  if (ok) self.skipWaiting()
  return { ok }
}

const TASKS = { keep: ({ path }) => keep(path), prove: ({ path }) => prove(path), use, tidy, "take-over": takeOver }

self.addEventListener("message", (event) => {
  const [port] = event.ports
  const done = Promise.resolve().then(() => TASKS[event.data.task](event.data))
  event.waitUntil(done.then((result) => port.postMessage(result), () => port.postMessage({ ok: false })))
})
