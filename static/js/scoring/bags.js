// The bag measurement of art. 64. Twin of surveys/rules/bags.py.

import { isLess, over, sum, whole } from "./figures.js"

const SIDE_CM = whole(50) // smaller than 50 cm × 50 cm …
const THICKNESS_UM = whole(50) // … and thinner than 50 µm
const READINGS = 5

/** Mean thickness in µm of the readings taken so far; null before the first. */
export const meanOf = ({ readings }) => (readings.length ? over(sum(readings), whole(readings.length)) : null)

/** banned, allowed, measure_again (readings on both sides of 50 µm) or incomplete. */
export function verdictOn(bag) {
  const sides = [bag.width, bag.height]
  if (bag.prepack || bag.hardToDegrade === false || sides.some((side) => side && !isLess(side, SIDE_CM))) return "allowed"
  if ([...sides, bag.hardToDegrade, bag.prepack].includes(null) || bag.readings.length < READINGS) return "incomplete"
  const thin = bag.readings.some((reading) => isLess(reading, THICKNESS_UM))
  const thick = bag.readings.some((reading) => isLess(THICKNESS_UM, reading))
  if (thin && thick) return "measure_again"
  return isLess(meanOf(bag), THICKNESS_UM) ? "banned" : "allowed"
}
