// Scores the surveys of a file of JSON lines and tells where Python found something else (see test_agreement.py).

import { createReadStream } from "node:fs"
import { createInterface } from "node:readline"

import { missing } from "../../static/js/scoring/completeness.js"
import { recordOf } from "../../static/js/scoring/record.js"
import { asJson } from "../../static/js/scoring/results.js"
import { rulesOf } from "../../static/js/scoring/rules.js"
import { measure } from "../../static/js/scoring/score.js"

const MOST_TOLD = 5
let written = null
let rules = null
let survey = null
const told = []
let compared = 0

for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  if (line.startsWith('{"rules"')) {
    written = JSON.parse(line).rules
    rules = rulesOf(written)
  } else if (!survey) survey = JSON.parse(line)
  else {
    compare(survey, line)
    survey = null
  }
}
console.log(JSON.stringify({ compared, told }))

/** Whether JavaScript finds the same text as Python. */
function compare({ kind, document, evidence, asked }, theirs) {
  const record = recordOf(document, kind)
  const found = measure(rules, record)
  const ours = JSON.stringify({ score: asJson(found), missing: missing(rules, record, evidence, asked, found) })
  compared += 1
  if (ours !== theirs && told.length < MOST_TOLD) {
    told.push({ rules: written, kind, document, evidence, asked, ours: JSON.parse(ours), theirs: JSON.parse(theirs) })
  }
}
