// The server's signed word (compact JWS, Ed25519) checked against its pinned keys.

import { decode, encode, fromBase64 } from "./crypto.js"

/**
 * The payload of a token with `isVerified`: false where this browser knows no Ed25519 (then hash and claims must do).
 * Null when it is no token, or its signature is not of any of these keys.
 */
export async function readToken(token, jwks) {
  if (typeof token !== "string" || token.split(".").length !== 3) return null
  const [head, body, mark] = token.split(".")
  try {
    const { kid } = JSON.parse(decode(fromBase64(head)))
    const payload = JSON.parse(decode(fromBase64(body)))
    const keys = (jwks?.keys ?? []).filter((key) => key.crv === "Ed25519" && (!kid || !key.kid || key.kid === kid))
    const checks = await Promise.all(keys.map((key) => check(key, encode(`${head}.${body}`), fromBase64(mark))))
    if (checks.includes(true)) return { ...payload, isVerified: true }
    return checks.includes(null) ? { ...payload, isVerified: false } : null
  } catch {
    return null
  }
}

/** Whether the signature is of this key; null where the browser cannot say. */
async function check({ kty, crv, x }, message, mark) {
  let key
  try {
    key = await crypto.subtle.importKey("jwk", { kty, crv, x }, { name: "Ed25519" }, false, ["verify"])
  } catch (error) {
    if (error.name === "NotSupportedError") return null
    return false
  }
  return crypto.subtle.verify({ name: "Ed25519" }, key, mark, message)
}
