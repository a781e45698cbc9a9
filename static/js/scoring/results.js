// The score as JSON: codes and figures as text, no words. Twin of `as_json` in surveys/rules/results.py.

import { fixed, isLess, plain, times, whole } from "./figures.js"

const NA_SHARE = 30 // percent of a group's points: above it the reviewer confirms

/** What `measure` found, with the keys and texts of Python's `Score.as_json()`. */
export function asJson({ groups, lines, sheet, total, applicable, bags, levels }) {
  const musts = lines.filter((line) => line.rule.is_must && line.state !== "na")
  const codes = (wanted) => lines.filter(wanted).map((line) => line.rule.code)
  const isBanned = bags.some((bag) => bag.verdict === "banned")
  const reached = levels.filter((level) => !level.lacks.length).map((level) => level.rank)
  return {
    total: fixed(total), applicable: plain(applicable), level: reached.length ? Math.max(...reached) : null,
    musts: { met: musts.filter((line) => line.met).length, total: musts.length },
    coverage_conditions_met: lines.every(({ rule, met, state }) => !rule.counts_for_coverage || met || state === "na"),
    missing: codes((line) => line.state === "missing"),
    groups: groups.map(groupAsJson),
    replaced: sheetAsJson(sheet),
    bags: bags.map(({ mean, verdict }, k) => ({ position: k + 1, mean_um: fixed(mean, 1), verdict })),
    nonconformities: codes((line) => line.met === false),
    warnings: codes((line) => isBanned && line.met && line.rule.instrument === "bags")
      .map((criterion) => ({ criterion, kind: "bag_contradicts" })),
    levels: levels.map(({ rank, lacks }) => ({ rank, met: !lacks.length, lacks: lacks.map(lackAsJson) })),
  }
}

const groupAsJson = ({ code, text, weight, applicable, earned, score, share, naPoints, isComplete, lines }) => ({
  code, weight: text, applicable: plain(applicable), earned: fixed(earned), score: fixed(score), share: fixed(share),
  na_points: plain(naPoints), na_needs_confirmation: isLess(times(weight, whole(NA_SHARE)), times(naPoints, whole(100))),
  complete: isComplete, criteria: lines.map(lineAsJson),
})

const lineAsJson = ({ rule, state, points, value, met }) => ({
  code: rule.code, type: rule.type, must: rule.is_must, weight: rule.text, state, points: fixed(points),
  value: plain(value), met,
})

const lackAsJson = ({ what, code, need, have }) => ({ what, code, need: plain(need), have: fixed(have) })

const sheetAsJson = (sheet) => ({
  share: plain(sheet.share), replaced_grams: plain(sheet.replacedGrams), used_grams: plain(sheet.usedGrams),
  conventional_grams: plain(sheet.conventionalGrams),
  sub: Object.fromEntries(Object.entries(sheet.sub).map(([name, share]) => [name, plain(share)])),
  categories: sheet.categories.map(({ rule, conventional, eco, avoided, share }) => ({
    code: rule.code, n: plain(conventional), e: plain(eco), v: plain(avoided), share: plain(share), grams: rule.text,
    in_ratio: rule.in_ratio, against_art_64: rule.in_ratio && conventional.n > 0n && sheet.violatesArt64 })),
  proof_share: plain(sheet.proofShare),
  warnings: sheet.warnings,
})
