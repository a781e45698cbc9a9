// What the page would show: { rules, document, evidence } in, { score, missing } out (see test_form_data.py).

import { readFileSync } from "node:fs"

import { missing } from "../../static/js/scoring/completeness.js"
import { gapsOf } from "../../static/js/scoring/gaps.js"
import { recordOf } from "../../static/js/scoring/record.js"
import { rulesOf } from "../../static/js/scoring/rules.js"
import { score } from "../../static/js/scoring/score.js"

const { rules, document, evidence } = JSON.parse(readFileSync(0, "utf8"))
const [exact, record] = [rulesOf(rules), recordOf(document, rules.kind)]
const gaps = gapsOf(missing(exact, record, evidence, rules.asked), rules.words)
console.log(JSON.stringify({ score: score(exact, record), missing: gaps }))
