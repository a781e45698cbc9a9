// Where evidence was taken, or why nobody knows: the positions around a photo, a person's word, what was refused.

import assert from "node:assert/strict"
import { beforeEach, mock, test } from "node:test"
import { Whereabouts } from "../../static/js/survey/place.js"

let found, failed, cleared
const at = (accuracy) => ({ coords: { latitude: 21.3221, longitude: 105.402, accuracy } })

beforeEach(() => {
  mock.timers.reset()
  mock.timers.enable({ apis: ["Date", "setTimeout"], now: 1_000_000 })
  cleared = null
  const geolocation = { watchPosition: (good, bad) => { [found, failed] = [good, bad]; return 7 }, clearWatch: (id) => { cleared = id } }
  Object.defineProperty(globalThis, "navigator", { value: { geolocation }, configurable: true })
})

function begin(told) {
  const place = new Whereabouts({ onChange() {}, told })
  place.start()
  return place
}

test("the most accurate position within half a minute of a photo is its own", () => {
  const place = begin()
  found(at(40))
  mock.timers.tick(20_000)
  found(at(9.04))
  mock.timers.tick(20_000)
  found(at(25))
  assert.equal(place.factsAt(Date.now()).accuracy, "9")
  assert.equal(place.factsAt(1_000_000).accuracy, "9")
  assert.deepEqual(place.factsAt(Date.now() + 25_000), { lat: "21.3221", lon: "105.402", accuracy: "25", place_reason: "", store_code: "" })
  assert.equal(place.factsAt(Date.now() + 31_000).place_reason, "unavailable")
})

test("a person's word holds for all that follows until a position comes", () => {
  const place = begin()
  assert.equal(place.state, "looking")
  mock.timers.tick(8_000)
  assert.equal(place.state, "unavailable")
  place.tell({ place_reason: "basement" })
  place.tell({ store_code: "CS-000007" })
  assert.deepEqual(place.factsAt(Date.now()), { lat: null, lon: null, accuracy: null, place_reason: "basement", store_code: "CS-000007" })
  found(at(5))
  assert.equal(place.state, "placed")
  mock.timers.tick(60_000)
  assert.equal(place.factsAt(Date.now()).place_reason, "unavailable")
})

test("an earlier page's word is remembered, its guesses are not", () => {
  assert.equal(begin({ id: "x", place_reason: "basement", store_code: "" }).state, "told")
  assert.deepEqual(begin({ id: "x", place_reason: "denied", store_code: "CS-1" }).told, { place_reason: "denied", store_code: "CS-1" })
  assert.equal(begin({ place_reason: "denied", store_code: "" }).state, "looking")
})

test("denied, and no way to measure at all", () => {
  const place = begin()
  failed({ code: 1, PERMISSION_DENIED: 1 })
  assert.equal(place.state, "denied")
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true })
  assert.equal(begin().state, "off")
})

test("measuring ends half a minute after the last photo, unless another begins", () => {
  const place = begin()
  place.stop()
  mock.timers.tick(29_000)
  place.start()
  mock.timers.tick(60_000)
  assert.equal(cleared, null)
  place.stop()
  mock.timers.tick(30_000)
  assert.equal(cleared, 7)
})
