// Lays a document into the page's inputs, adding and taking away lines of the sheet and bag samples as it needs.

import { ASIDE } from "./document.js"
import { textsOf } from "./texts.js"

/** `parts`: {sheet, bags, tally, signatures}. The input somebody is typing into is left alone. */
export function lay(form, document, parts) {
  const texts = textsOf(document)
  const lines = new Set((document.lines ?? []).map((line) => `${line.category}.${line.class}`))
  parts.sheet.have(lines)
  parts.bags.have(document.bags?.length ?? 0)
  for (const input of form.elements) {
    if (!input.name || ASIDE.test(input.name) || input.type === "file" || input.tagName === "BUTTON") continue
    if (input !== window.document.activeElement || input.type === "radio" || input.type === "checkbox") fill(input, texts[input.name] ?? "")
  }
  for (const note of form.querySelectorAll("details.more")) note.open ||= Boolean(note.querySelector("textarea, input")?.value)
  parts.sheet.show()
  parts.bags.show()
  parts.tally.show()
  parts.signatures.forEach((signature) => signature.refresh())
}

function fill(input, text) {
  if (input.type === "radio") input.checked = input.value === text
  else if (input.type === "checkbox") input.checked = text === input.value
  else if (text || !/^signatures\.\w+\.title$/.test(input.name)) input.value = text // posts of signers are suggested
}
