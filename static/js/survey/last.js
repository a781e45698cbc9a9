// What was said last time, taken over by hand: one answer, or the lines of the packaging sheet. Nothing by itself.

const write = (form, name, text) => {
  const found = form.elements[name]
  for (const input of found instanceof RadioNodeList ? found : found ? [found] : []) {
    if (input.type === "radio" || input.type === "checkbox") input.checked = input.value === text
    else input.value = text
  }
  return found instanceof RadioNodeList ? found[0] : found
}
const tell = (input) => input?.dispatchEvent(new Event("input", { bubbles: true }))

/** Answer one criterion as last time: its inputs say what they said then and nothing else; its note is left alone. */
export function answer(form, code, texts) {
  const prefix = `answers.${code}.`
  const names = new Set([...form.elements].map((input) => input.name)
    .filter((name) => name.startsWith(prefix) && name !== `${prefix}note`))
  const touched = [...names].map((name) => write(form, name, texts[name] ?? ""))
  tell(touched[0])
}

/** Add the lines of last time that are not there yet; a line somebody has begun is not touched. */
export function takeLines(form, lines) {
  const added = lines.filter(({ name }) => {
    const offer = form.querySelector(`[data-add][value="${CSS.escape(name)}"]`)
    if (!offer || offer.disabled) return false
    offer.click()
    return true
  })
  for (const { texts } of added) for (const [name, text] of Object.entries(texts)) tell(write(form, name, text))
  return added.length
}

export class Last {
  constructor(form) {
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-last], button[data-last-lines]")
      if (!button) return
      if (button.dataset.last) return answer(form, button.dataset.last, JSON.parse(button.dataset.texts))
      takeLines(form, JSON.parse(button.dataset.lastLines))
      button.focus()
    })
  }
}
