// The packaging sheet: add and take away lines, used quantities as they are typed, the period in one tap.

import { parse, show } from "./numbers.js"

export class Sheet {
  constructor(form, onChange) {
    Object.assign(this, { form, onChange })
    form.addEventListener("click", (event) => this.click(event))
    form.addEventListener("input", (event) => {
      const line = event.target.closest("[data-line]")
      if (line) this.compute(line)
      if (event.target.matches("[data-day]")) this.slashes(event)
    })
  }

  click(event) {
    const button = event.target.closest("button")
    if (button?.matches("[data-add]")) { event.preventDefault(); this.add(button.value).querySelector("input").focus() }
    if (button?.matches("[data-drop]")) { event.preventDefault(); this.drop(button.closest("[data-line]")) }
    if (button?.matches("[data-period]")) this.setPeriod(...button.dataset.period.split(" "))
  }

  /** A new line of "P01.N", in the order of classes; the one that is there already otherwise. */
  add(name) {
    const there = document.querySelector(`[data-line="${name}"]`)
    if (there) return there
    const [category, material] = name.split(".")
    const list = document.querySelector(`[data-lines="${category}"]`)
    const templates = [...document.querySelectorAll("template[data-class]")].map((template) => template.dataset.class)
    const holder = document.createElement("div")
    holder.append(document.querySelector(`template[data-class="${material}"]`).content.cloneNode(true))
    rename(holder, "{c}", category)
    const line = holder.firstElementChild
    const rank = (element) => templates.indexOf(element.dataset.line.split(".")[1])
    list.insertBefore(line, [...list.children].find((other) => rank(other) > rank(line)) ?? null)
    this.offer(name, false)
    return line
  }

  drop(line) {
    const name = line.dataset.line
    const next = line.nextElementSibling ?? line.closest("details").querySelector("summary")
    line.remove()
    this.offer(name, true);
    (next.querySelector("input") ?? next).focus()
    this.onChange()
  }

  /** Exactly these lines, by name. */
  have(names) {
    for (const line of document.querySelectorAll("[data-lines] [data-line]")) {
      if (names.has(line.dataset.line)) continue
      this.offer(line.dataset.line, true)
      line.remove()
    }
    names.forEach((name) => this.add(name))
  }

  /** Work all lines out anew. */
  show() { document.querySelectorAll("[data-lines] [data-line]").forEach((line) => this.compute(line)) }

  offer(name, isFree) {
    document.querySelector(`[data-add][value="${name}"]`).disabled = !isFree
  }

  /** Opening + purchased − closing − returned, in exact thousandths. */
  compute(line) {
    const amount = (key) => Math.round(Number(parse(line.querySelector(`[name$=".${key}"]`).value || "0") ?? 0) * 1e6)
    const used = (amount("opening") + amount("purchased") - amount("closing") - amount("returned")) / 1e6
    const output = line.querySelector("[data-used]")
    output.textContent = show(used, 0, 3)
    output.classList.toggle("tone", used < 0)
    output.classList.toggle("no", used < 0)
  }

  setPeriod(from, to) {
    this.form.elements.period_from.value = from
    this.form.elements.period_to.value = to
    this.onChange()
  }

  /** 31122026 → 31/12/2026 while it is typed on a keyboard of digits. */
  slashes(event) {
    const input = event.target
    if (event.inputType?.startsWith("delete") || !/^[0-9/]*$/.test(input.value)) return
    const digits = input.value.replaceAll("/", "").slice(0, 8)
    if (input.value.includes("/") && !/^\d\d\/(\d\d(\/\d*)?|\d*)$/.test(input.value)) return
    input.value = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].filter(Boolean).join("/")
  }
}

/** Put a name into the placeholders of copied markup. */
export function rename(root, from, to) {
  for (const element of root.querySelectorAll("*")) {
    for (const attribute of element.attributes) {
      if (attribute.value.includes(from)) attribute.value = attribute.value.replaceAll(from, to)
    }
  }
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) if (walker.currentNode.data.includes(from)) walker.currentNode.data = walker.currentNode.data.replaceAll(from, to)
}
