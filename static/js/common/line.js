// The page's line to the service worker.

/** Register the worker; its registration, or null where there can be none. */
export async function connect() {
  try {
    await navigator.serviceWorker.register("/worker.js")
    return await navigator.serviceWorker.ready
  } catch { return null }
}

/** Give the worker a task (see TASKS in worker.js); its answer, or `{ ok: false }` when there is none. */
export async function ask(task, facts = {}, worker = null) {
  const registration = worker ? null : await navigator.serviceWorker?.getRegistration()
  const hearer = worker ?? registration?.active
  if (!hearer) return { ok: false }
  const { port1, port2 } = new MessageChannel()
  const answered = new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data) })
  hearer.postMessage({ task, ...facts }, [port2])
  return answered
}
