// Small rules of the queue: what a receipt must say, which address may be sent to, how long to wait.

const FIRST = 2000
const LONGEST = 15 * 60_000
const ADDRESS = /^\/api\/surveys\/[0-9a-f-]{36}\/evidence\/[0-9a-f-]{36}$/i

/** Whether a verified payload is what we wait for: of this kind, for this survey, of exactly these bytes. */
export const fits = (payload, kind, survey, sha256) =>
  Boolean(payload && survey) && payload.kind === kind && payload.survey === survey && payload.sha256 === sha256

/** Whether a file may be sent there: a path of our own server's door and nothing else. */
export const isAddress = (to) => typeof to === "string" && ADDRESS.test(to)

/** When to try again after so many tries: 2 s doubling up to 15 min, half to one and a half of it by chance (0…1). */
export const pause = (tries, at, chance = 0.5) => at + Math.min(FIRST * 2 ** (tries - 1), LONGEST) * (0.5 + chance)

/** Whether a proxy on the way, or the server, will not have it as it is: it is too large, or of a kind it does not let pass. */
export const turnsAway = (what, status) => status === 413 || (status === 415 && what === "file")
