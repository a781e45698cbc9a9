// What this tablet need not keep: surveys whose time is over, and photos that were struck out.

const hashesOf = (rows) => rows.flatMap(({ queue }) => Object.values(queue.files).map(({ sha256 }) => sha256))

/** A row with what it no longer names, since it was `before`, as struck out: {sha256: when in ms}. */
export function noteStruck(row, before, at) {
  const named = new Set(hashesOf([row]))
  const gone = hashesOf([before]).filter((hash) => !named.has(hash)).map((hash) => [hash, at])
  if (gone.length) row.struck = { ...row.struck, ...Object.fromEntries(gone) }
  return row
}

/** Take a survey away whose time is over, and the files no other one names. */
export async function erase(desk, { id, person }) {
  const rows = await desk.store.listDrafts(person)
  const mine = rows.find((row) => row.id === id)
  const used = new Set(hashesOf(rows.filter((row) => row !== mine)))
  const hashes = mine ? [...hashesOf([mine]), ...Object.keys(mine.struck ?? {})] : []
  await desk.store.write(["drafts", "records", "log", "files"], async (tx) => {
    await tx.objectStore("drafts").delete(id)
    await tx.objectStore("records").delete(id)
    for (const key of await tx.objectStore("log").index("id").getAllKeys(id)) await tx.objectStore("log").delete(key)
    for (const hash of hashes) if (!used.has(hash)) await tx.objectStore("files").delete([person, hash])
  })
  desk.notify(id)
}

/** The bytes of what was struck out of records that the server has signed for, where no survey names them any more. */
export async function clearStruck(desk) {
  const rows = await desk.store.listDrafts(desk.person)
  for (const { id } of rows.filter(({ struck, queue }) => struck && queue.receipt)) await clear(desk, id)
}

const clear = (desk, id) => desk.store.write(["drafts", "files"], async (tx) => {
  const [drafts, files] = [tx.objectStore("drafts"), tx.objectStore("files")]
  const used = new Set(hashesOf(await drafts.index("person").getAll(desk.person)))
  const { struck, ...row } = await drafts.get(id)
  for (const [hash, at] of Object.entries(struck ?? {})) {
    const file = used.has(hash) ? null : await files.get([desk.person, hash])
    if (file && file.at <= at) await files.delete([desk.person, hash]) // a younger one is being taken in just now
  }
  await drafts.put(row)
}, "relaxed")
