// Keys, hashes and sealed parts, all by WebCrypto. Each part is bound to its label: it opens in its own place only.

import { Refusal } from "./refusal.js"

const ROUNDS = 600_000 // PBKDF2-SHA-256, OWASP 2023
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Text → UTF-8 bytes. */
export const encode = (text) => encoder.encode(text)

/** UTF-8 bytes → text. */
export const decode = (bytes) => decoder.decode(bytes)

/** As many random bytes. */
export const random = (count) => crypto.getRandomValues(new Uint8Array(count))

/** SHA-256 of bytes as 64 hex digits. */
export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")
}

/** Bytes → base64url without padding. */
export function toBase64(bytes) {
  const text = String.fromCharCode(...new Uint8Array(bytes))
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}

/** base64url (or base64) → bytes; throws Refusal "damaged". */
export function fromBase64(text) {
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (mark) => mark.charCodeAt(0))
  } catch {
    throw new Refusal("damaged")
  }
}

/** A key for sealing, from 32 raw bytes; it can be used but not read out. */
export const makeKey = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"])

/** The key a PIN gives with this salt and these rounds: slow on purpose. */
export async function keyOfPin(pin, salt, rounds = ROUNDS) {
  const base = await crypto.subtle.importKey("raw", encode(pin.normalize("NFKC")), "PBKDF2", false, ["deriveKey"])
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, base,
    { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"])
}

/** The key the server's device secret (base64url) gives with this salt. */
export async function keyOfSecret(secret, salt) {
  const base = await crypto.subtle.importKey("raw", fromBase64(secret), "HKDF", false, ["deriveKey"])
  return crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt, info: encode("ppx vault") }, base,
    { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"])
}

/** Encrypt bytes under a key for one place: {iv, bytes}. */
export async function seal(key, bytes, label) {
  const iv = random(12)
  return { iv, bytes: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: encode(label) }, key, bytes) }
}

/** The bytes of a sealed part; throws Refusal "damaged" when it is not whole, not of this key or not of this place. */
export async function unseal(key, part, label) {
  try {
    const how = { name: "AES-GCM", iv: part.iv, additionalData: encode(label) }
    return new Uint8Array(await crypto.subtle.decrypt(how, key, part.bytes))
  } catch {
    throw new Refusal("damaged", { label })
  }
}

/** Encrypt a value that JSON can say. */
export const sealJson = (key, value, label) => seal(key, encode(JSON.stringify(value)), label)

/** The value of a sealed part. */
export const unsealJson = async (key, part, label) => JSON.parse(decode(await unseal(key, part, label)))

/** A raw key under another key, with the salt that key was made with. */
export async function wrapByPin(raw, pin, label) {
  const salt = random(16)
  return { salt, rounds: ROUNDS, ...await seal(await keyOfPin(pin, salt), raw, label) }
}

/** The same under the key of a device secret. */
export async function wrapBySecret(raw, secret, label) {
  const salt = random(16)
  return { salt, ...await seal(await keyOfSecret(secret, salt), raw, label) }
}
