// Points, musts and levels of a survey. Twin of surveys/rules/scoring.py.

import { meanOf, verdictOn } from "./bags.js"
import { figure, halfUp, isLess, isSome, minus, over, share, sum, times, whole, ZERO } from "./figures.js"
import { measureSheet } from "./packaging.js"
import { isBlank } from "./record.js"
import { asJson } from "./results.js"
import { isAskedOf, leastOf } from "./rules.js"

const SILENT = { yes: null, step: null, number: null, numerator: null, denominator: null, na: false, naReason: "" }
const NONE = figure("0.00")

/** The score of a record by the rules of its set, exactly the JSON of `Score.as_json()` in Python. */
export const score = (rules, record) => asJson(measure(rules, record))

/** The same with every figure exact. */
export function measure(rules, record) {
  const sheet = measureSheet(rules, record)
  const groups = rules.groups.map((group) => scoreGroup(group, record, sheet)).filter((group) => group.lines.length)
  const scored = groups.filter((group) => group.score !== null)
  const total = sum([NONE, ...scored.map((group) => group.score)])
  const applicable = sum(scored.map((group) => group.weight))
  return {
    groups, sheet, total, applicable,
    lines: groups.flatMap((group) => group.lines),
    bags: record.bags.map((bag) => ({ mean: meanOf(bag), verdict: verdictOn(bag) })),
    levels: rules.levels.map((level) => ({ rank: level.rank, lacks: lacksOf(level, groups, total, applicable) })),
  }
}

function scoreGroup({ code, text, weight, criteria }, record, sheet) {
  const asked = criteria.filter((rule) => isAskedOf(rule, record.kind))
  const lines = asked.map((rule) => scoreCriterion(rule, record.answers.get(rule.code) ?? SILENT, sheet))
  const points = (wanted) => sum(lines.filter(wanted).map((line) => line.rule.weight))
  const applicable = points((line) => line.state !== "na")
  const earned = sum(lines.map((line) => line.points ?? ZERO))
  const isComplete = lines.every((line) => line.state !== "missing")
  const reached = isComplete && isSome(applicable) ? over(times(earned, weight), applicable) : earned
  const score = isSome(applicable) ? halfUp(reached) : null
  return {
    code, text, weight, lines, applicable, earned, isComplete, score, share: score && share(score, weight),
    naPoints: points((line) => line.state === "na"),
  }
}

/** One line. N/A needs to be allowed and reasoned; a computed line is measured, whatever was typed. */
function scoreCriterion(rule, answer, sheet) {
  const line = { rule, state: "missing", points: null, value: null, met: null }
  const isMeasured = rule.type === "computed"
  if (answer.na && !isMeasured) return { ...line, state: rule.na_allowed && !isBlank(answer.naReason) ? "na" : "missing" }
  const value = isMeasured ? measured(rule.measure, sheet) : valueOf(rule, answer)
  if (value === null) return { ...line, state: isMeasured && rule.na_allowed && sheet.isStarted ? "na" : "missing" }
  const shown = rule.type === "bool" ? null : value
  return { ...line, state: "answered", points: pointsFor(rule, value), value: shown, met: rule.is_must ? answer.yes : null }
}

/** What a computed criterion takes from the sheet, in percent; null when there is nothing to measure. */
function measured(name, sheet) {
  if (name === "overall") return sheet.share
  return name === "proof" ? sheet.proofShare : sheet.sub[name] ?? null
}

/** The answer as a number: 0 or 1, step, number, or percent; null when it is missing or no share. */
function valueOf({ type }, { yes, step, number, numerator: part, denominator: all }) {
  const said = { bool: yes === null ? null : Number(yes), scale4: step, count: number }[type] ?? null
  if (type !== "percent") return said === null ? null : whole(said)
  return part && all && all.n > 0n && part.n >= 0n && !isLess(all, part) ? share(part, all) : null
}

/** Rule 2 of DOMAIN 5.2, rounded half up to two decimals. */
function pointsFor({ type, weight, bands, lo, hi }, value) {
  if (type === "count") return halfUp(bands.findLast(([from]) => value.n >= BigInt(from))?.[1] ?? ZERO)
  if (type === "bool") return halfUp(times(weight, value))
  if (type === "scale4") return halfUp(over(times(weight, value), whole(4)))
  if (isLess(value, lo)) return NONE
  return halfUp(isLess(value, hi) ? times(weight, over(minus(value, lo), minus(hi, lo))) : weight)
}

/** What keeps a level away: musts, total, group minimums; nothing when it is reached. */
function lacksOf(level, groups, total, applicable) {
  const lacks = groups.flatMap((group) => group.lines).filter(({ rule, state, met }) => rule.is_must && state !== "na" && !met)
    .map(({ rule }) => ({ what: "must", code: rule.code, need: null, have: null }))
  const least = times(level.leastTotal, applicable)
  if (!isSome(applicable) || isLess(times(total, whole(100)), least)) {
    lacks.push({ what: "total", code: "", need: halfUp(over(least, whole(100))), have: total })
  }
  for (const group of groups) {
    const need = leastOf(level, group.code)
    if (group.share && isLess(group.share, need)) lacks.push({ what: "group", code: group.code, need, have: group.share })
  }
  return lacks
}
