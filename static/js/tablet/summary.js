// The queue in figures, from what stands in the clear: works while the vault is closed.

import { OPEN, REFUSED, WAITING, isStuck, listBarred, listLost, listUnsent } from "./queue.js"

/** One survey for the queue's display: times in ms, sizes in bytes. */
export function describe({ id, visit, survey, changedAt, queue }) {
  const unsent = listUnsent(queue)
  return {
    id, visit, changedAt, state: queue.name, problem: queue.problem, mishap: queue.mishap, survey: queue.keptAs ?? survey,
    sealedAt: queue.sealed?.at ?? null, isSaved: queue.version === queue.saved,
    files: Object.keys(queue.files).length, unsent: unsent.length, lost: listLost(queue).length,
    barred: listBarred(queue).length, isStuck: isStuck(queue), isRefused: REFUSED.has(queue.problem),
    bytes: bytesOf(queue, unsent), receipt: queue.receipt, completion: queue.completion, notBefore: queue.notBefore,
  }
}

const bytesOf = ({ files, sealed, receipt }, unsent) =>
  unsent.reduce((sum, id) => sum + files[id].size, 0) + (sealed && !receipt ? sealed.size : 0)

/** {count, files, bytes, oldest, drafts, lost, received, items}; `count` is of the sealed that are not complete. */
export function summarize(rows) {
  const items = rows.map(describe).sort((a, b) => (a.sealedAt ?? a.changedAt) - (b.sealedAt ?? b.changedAt))
  const waiting = items.filter((one) => WAITING.has(one.state))
  const sum = (name, of = waiting) => of.reduce((total, one) => total + one[name], 0)
  return {
    count: waiting.length, files: sum("unsent"), bytes: sum("bytes"), lost: sum("lost", items),
    oldest: waiting.length ? Math.min(...waiting.map((one) => one.sealedAt)) : null,
    drafts: items.filter((one) => OPEN.has(one.state)).length,
    received: items.filter((one) => one.receipt), items,
  }
}
