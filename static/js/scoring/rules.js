// What a criteria set asks, from the JSON that surveys/queries/form_data.py writes. Twin of surveys/rules/form.py.

import { figure } from "./figures.js"

export const TRADE_CENTRE = "trung_tam_thuong_mai"

/** The rules with their figures exact; `text` is the figure as it is shown. */
export const rulesOf = ({ groups, categories, levels, accepted }) => ({
  groups: groups.map((group) => ({
    ...group, text: group.weight, weight: figure(group.weight), criteria: group.criteria.map(criterionOf) })),
  categories: categories.map((category) => ({ ...category, text: category.grams, grams: figure(category.grams) })),
  levels: levels.map(levelOf),
  accepted: new Set(accepted),
})

const criterionOf = (rule) => ({
  ...rule, text: rule.weight, weight: figure(rule.weight), lo: figure(rule.lo), hi: figure(rule.hi),
  bands: rule.bands.map(([from, points]) => [from, figure(points)]),
})

const levelOf = ({ rank, least_total: total, least_group: group, least_by_group: byGroup }) => ({
  rank, leastTotal: figure(total), leastGroup: figure(group),
  leastByGroup: new Map(Object.entries(byGroup).map(([code, least]) => [code, figure(least)])),
})

/** The least share of one group that a level asks for, in percent. */
export const leastOf = (level, group) => level.leastByGroup.get(group) ?? level.leastGroup

/** Whether establishments of this kind answer a criterion. */
export const isAskedOf = (rule, kind) => rule.applies_to === "ALL" || (rule.applies_to === "TTTM") === (kind === TRADE_CENTRE)
