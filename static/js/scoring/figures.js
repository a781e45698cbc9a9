// Exact figures: fractions of BigInts until they are shown or become points. Twin of surveys/rules/figures.py.

export const SHOWN = 6 // decimals of a share in the score; comparisons use the fraction itself
export const ZERO = { n: 0n, d: 1n } // n / d, where d is above zero; not reduced
const TENS = Array.from({ length: 32 }, (_, k) => 10n ** BigInt(k))
const ten = (places) => TENS[places] ?? 10n ** BigInt(places)

/** A whole number as a fraction. */
export const whole = (number) => ({ n: BigInt(number), d: 1n })

/** Plain decimal text ("-12.50") as a fraction; null for nothing and for what is no figure. */
export function figure(value) {
  const parts = /^(-?[0-9]+)(?:\.([0-9]+))?$/.exec(value ?? "")
  if (!parts) return null
  const decimals = parts[2] ?? ""
  return { n: BigInt(parts[1] + decimals), d: ten(decimals.length) }
}

export const times = (a, b) => ({ n: a.n * b.n, d: a.d * b.d })
export const minus = (a, b) => plus(a, { n: -b.n, d: b.d })
export const over = (a, b) => (b.n < 0n ? { n: -a.n * b.d, d: a.d * -b.n } : { n: a.n * b.d, d: a.d * b.n })
export const isLess = (a, b) => a.n * b.d < b.n * a.d
export const isSome = (a) => a.n !== 0n
export const sum = (figures) => figures.reduce(plus, ZERO)

/** The sum; where one denominator divides the other, as with decimals, it does not grow. */
export function plus(a, b) {
  if (a.d === b.d) return { n: a.n + b.n, d: a.d }
  if (a.d % b.d === 0n) return { n: a.n + b.n * (a.d / b.d), d: a.d }
  if (b.d % a.d === 0n) return plus(b, a)
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d }
}

/** `part` of `all` in percent; null when there is no whole. */
export const share = (part, all) => (isSome(all) ? over({ n: part.n * 100n, d: part.d }, all) : null)

/** Rounded half up (away from zero at the middle): 3.125 → 3.13. */
export function halfUp({ n, d }, places = 2) {
  const scaled = (2n * (n < 0n ? -n : n) * ten(places) + d) / (2n * d)
  return { n: n < 0n ? -scaled : scaled, d: ten(places) }
}

/** Text with all its decimals: "3.10"; null stays null. */
export function fixed(value, places = 2) {
  if (value === null) return null
  const { n } = halfUp(value, places)
  const digits = String(n < 0n ? -n : n).padStart(places + 1, "0")
  return `${n < 0n ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`
}

/** Text without idle zeros: "33900", "40", "42.965779"; null stays null. */
export const plain = (value, places = SHOWN) => fixed(value, places)?.replace(/\.?0+$/, "") ?? null
