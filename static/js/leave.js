// Signing out locks what this tablet keeps: only the PIN, or signing in again, opens it (Tablet.leave, without its modules).

const NAME = "ppx"

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error)
})

/** Let go of the keys that keep a vault open, but of those that nothing else could open. */
async function lock() {
  const known = await indexedDB.databases?.()
  if (known && !known.some(({ name }) => name === NAME)) return
  const db = await done(indexedDB.open(NAME))
  const tx = db.transaction(["vaults", "handles"], "readwrite")
  const channel = new BroadcastChannel(`ppx:${NAME}`)
  for (const { person, byPin, bySecret } of await done(tx.objectStore("vaults").getAll())) {
    if (!byPin && !bySecret) continue
    await done(tx.objectStore("handles").delete(person))
    channel.postMessage({ id: null, person })
  }
  channel.close()
  db.close()
}

for (const form of document.querySelectorAll("form[data-leave]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    await lock().catch(() => {}) // there is no tablet here
    form.submit()
  })
}
