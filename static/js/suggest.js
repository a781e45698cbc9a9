// Names under a field while somebody types: <input list="…" data-suggest="address">. Without this the field still works.
const PAUSE = 200

for (const input of document.querySelectorAll('input[data-suggest]')) {
  let timer
  let latest = 0
  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(async () => {
      const turn = ++latest
      const address = new URL(input.dataset.suggest, location.href)
      address.searchParams.set('q', input.value)
      const answer = await fetch(address).catch(() => null)
      if (!answer?.ok || turn !== latest) return
      const names = await answer.json()
      input.list.replaceChildren(...names.map((name) => Object.assign(document.createElement('option'), { value: name })))
    }, PAUSE)
  })
}
