// Puts the provisional score into the page: points, measures, what is missing. Nothing is rendered anew.

import { parse, percent, show } from "./numbers.js"

const all = (selector, root = document) => [...root.querySelectorAll(selector)]
const write = (selector, text) => all(selector).forEach((element) => { element.textContent = text })
const stretch = (rule, share) => rule?.querySelector(".f-on").setAttribute("width", `${Math.min(100, Math.max(0, share))}%`)
const hideUnless = (element, wanted) => { element.hidden = !wanted }
const shown = new Map()
const lines = new Map()

/** Whether a part of the score says something else than the page does; most parts stay as they are at each key. */
function isNew(name, said) {
  const text = JSON.stringify(said)
  return shown.get(name) !== text && shown.set(name, text)
}

/** Everything the score says. */
export function showScore(score) {
  write("[data-total]:not(summary *)", show(score.total, 2))
  score.groups.filter((group) => isNew(`group ${group.code}`, group)).forEach(showGroup)
  showSheet(score.replaced)
  score.bags.forEach((bag, k) => showBag(document.querySelector(`[data-bag="${k}"]`), bag))
  all("[data-wrong]").forEach((item) => hideUnless(item, score.nonconformities.includes(item.dataset.wrong)))
  for (const note of all("[data-contradicts]")) {
    const { criterion } = note.closest("[data-criterion]").dataset
    hideUnless(note, score.warnings.some((warning) => warning.kind === "bag_contradicts" && warning.criterion === criterion))
  }
  write(".total [data-answered]", countAnswers(score.groups.flatMap((group) => group.criteria)))
  all("[data-level]").forEach((name) => hideUnless(name, name.dataset.level === String(score.level ?? "")))
}

/** What is measured nobody answers. */
const countAnswers = (lines) => lines.filter(({ type, state }) => type !== "computed" && state !== "missing").length

function showGroup(group) {
  const share = Number(group.earned) / Number(group.weight) * 100
  for (const place of all(`[data-group="${group.code}"]`)) {
    stretch(place.querySelector(".rule"), group.complete ? Number(group.share ?? 0) : share)
    place.classList.toggle("done", group.complete)
    place.querySelector("[data-earned]").textContent = show(group.score, 2)
  }
  write(`[data-earned="${group.code}"]`, show(group.score, 2))
  const answered = countAnswers(group.criteria)
  all(`a[data-group="${group.code}"] [data-answered]`).forEach((place) => { place.textContent = answered })
  group.criteria.filter((criterion) => isNew(`criterion ${criterion.code}`, criterion)).forEach(showCriterion)
}

function showCriterion(criterion) {
  const section = document.querySelector(`[data-criterion="${criterion.code}"]`)
  if (!section) return
  section.dataset.state = criterion.state
  const points = section.querySelector("[data-points]")
  if (points) points.textContent = show(criterion.points, 2)
  if (section.dataset.type === "computed") {
    const share = section.querySelector("[data-share]")
    share.textContent = percent(criterion.value, 2)
    hideUnless(share, criterion.state !== "na")
    hideUnless(section.querySelector("[data-away]"), criterion.state === "na")
    stretch(section.querySelector(".rule"), Number(criterion.value ?? 0))
  }
}

function showSheet(replaced) {
  write("[data-r]", show(replaced.share, 1))
  stretch(document.querySelector(".share .rule"), Number(replaced.share ?? 0))
  write("[data-tool=packaging]", replaced.share === null ? "" : percent(replaced.share, 1))
  write("[data-kg=replaced]", show(replaced.replaced_grams / 1000, 1))
  write("[data-kg=used]", show(replaced.used_grams / 1000, 1))
  for (const [part, share] of Object.entries({ ...replaced.sub, proof: replaced.proof_share })) write(`[data-sub="${part}"]`, percent(share, 1))
  const measured = Object.fromEntries(replaced.categories.map((category) => [category.code, category]))
  for (const category of all("[data-category]")) {
    const found = measured[category.dataset.category]
    const used = found ? Number(found.n) + Number(found.e) + Number(found.v) : null
    category.querySelector("summary [data-total]").textContent = show(used, 0, 0)
    hideUnless(category.querySelector("[data-art64]"), found?.against_art_64)
    const share = category.querySelector("summary [data-share]")
    if (share) share.parentElement.toggleAttribute("data-unused", (found?.share ?? null) === null)
    if (share) { share.textContent = percent(found?.share, 1); stretch(category.querySelector("summary .rule"), Number(found?.share ?? 0)) }
    hideUnless(category.querySelector("[data-flag]"), replaced.warnings.some((warning) => warning.category === category.dataset.category))
  }
  for (const mark of all("[data-warning]")) {
    const [category, material] = mark.closest("[data-line]").dataset.line.split(".")
    hideUnless(mark, replaced.warnings.some((warning) => warning.category === category && warning.class === material && warning.kind === mark.dataset.warning))
  }
}

function showBag(sample, bag) {
  if (!sample) return
  sample.dataset.verdict = bag.verdict
  sample.querySelector("[data-mean]").textContent = show(bag.mean_um, 1)
}

/** What is still missing, in words: the list at the end, each criterion's note, the count. */
export function showMissing(gaps) {
  if (!isNew("missing", gaps)) return
  const list = document.querySelector("[data-gaps-list]")
  list.replaceChildren(...gaps.map(lineOf))
  for (const note of all(".lack")) {
    const { criterion: code } = note.closest("[data-criterion]").dataset
    const words = gaps.filter((gap) => gap.code === code).map((gap) => gap.words)
    if (!isNew(`lack ${code}`, words)) continue
    note.querySelector("[data-gaps]").textContent = words.join(", ")
    hideUnless(note, words.length)
  }
  write("[data-missing]", gaps.length)
  hideUnless(document.querySelector("[data-any-missing]"), gaps.length)
  hideUnless(document.querySelector("[data-none-missing]"), !gaps.length)
  allowSubmitting()
}

/** The button looks as it behaves: nothing is submitted while something is missing. */
function allowSubmitting() {
  const lacking = document.querySelector("[data-gaps-list]").children.length
  document.body.dataset.lacking = lacking
  document.querySelector(".submit").setAttribute("aria-disabled", String(lacking > 0))
}

/** The line of a gap, made once. */
function lineOf(gap) {
  const key = JSON.stringify(gap)
  if (!lines.has(key)) lines.set(key, makeLine(gap))
  return lines.get(key)
}

function makeLine({ path, code, title, words }) {
  const line = document.getElementById("new-gap").content.firstElementChild.cloneNode(true)
  line.querySelector("b").textContent = code
  line.querySelector("[data-title]").textContent = title
  line.querySelector("[data-words]").textContent = words
  line.querySelector("a").href = `#${path.startsWith("answers.") ? code : path === "lines" ? "packaging" : path}`
  line.querySelector("a .sr").textContent = ` ${code} ${title}: ${words}`
  return line
}

/** A ratio's percentage and a count's band while they are typed. */
export function showTyped(section) {
  const share = section.querySelector(".ratio [data-share]")
  if (share) {
    const [part, whole] = [...section.querySelectorAll(".ratio input")].map((input) => Number(parse(input.value) ?? NaN))
    const value = whole > 0 ? part / whole * 100 : NaN
    share.textContent = Number.isNaN(value) ? "" : `= ${percent(value, 2)}`
    stretch(section.querySelector(".rule"), Number.isNaN(value) ? 0 : value)
  }
  const number = parseInt(section.querySelector("[name$='.number']")?.value, 10)
  const bands = [...section.querySelectorAll("[data-from]")]
  const reached = bands.filter((band) => Number(band.dataset.from) <= number)
  bands.forEach((band) => band.classList.toggle("b", band === reached.at(-1)))
}
