// One tab at a time: by Web Locks, or a lease in the storage where there are none.

const LEASE = 30_000 // ms; renewed every third of it

/** Do `work` if no other tab is at it; resolves to whether it was done. */
export async function alone(store, name, work, now = Date.now) {
  const locks = globalThis.navigator?.locks
  if (locks) return locks.request(name, { ifAvailable: true }, async (lock) => (lock ? (await work(), true) : false))
  const owner = crypto.randomUUID()
  if (!await take(store, name, owner, now())) return false
  const timer = setInterval(() => take(store, name, owner, now()).catch(() => {}), LEASE / 3)
  timer.unref?.()
  try {
    await work()
  } finally {
    clearInterval(timer)
    await leave(store, name, owner).catch(() => {})
  }
  return true
}

const take = (store, name, owner, at) => store.write(["meta"], async (tx) => {
  const lease = await tx.store.get(name)
  if (lease && lease.owner !== owner && lease.until > at) return false
  await tx.store.put({ owner, until: at + LEASE }, name)
  return true
}, "relaxed")

const leave = (store, name, owner) => store.write(["meta"], async (tx) => {
  if ((await tx.store.get(name))?.owner === owner) await tx.store.delete(name)
}, "relaxed")
