// The provisional score and what is missing, found on the tablet itself at every change, with a network or without.

import { missing } from "../scoring/completeness.js"
import { gapsOf } from "../scoring/gaps.js"
import { recordOf } from "../scoring/record.js"
import { asJson } from "../scoring/results.js"
import { rulesOf } from "../scoring/rules.js"
import { measure } from "../scoring/score.js"
import { read } from "./document.js"
import { showMissing, showScore } from "./score.js"

export class Live {
  /**
   * `rules` is the JSON of surveys/queries/form_data.py, from the page's <script id="rules">; `held()` names entries
   * that cannot be read.
   */
  constructor(form, rules, held = () => ({})) {
    Object.assign(this, { form, held, rules: rulesOf(rules), kind: rules.kind, asked: rules.asked, words: rules.words })
  }

  /** Show a document with its evidence (items of the manifest) now; gives back what the page says. */
  show(document, evidence) {
    const record = recordOf(document, this.kind)
    const found = measure(this.rules, record)
    const score = asJson(found)
    const gaps = gapsOf(missing(this.rules, record, evidence, this.asked, found), this.words)
    showScore(score)
    showMissing(gaps)
    return { score, missing: gaps }
  }

  /** Show what is in the form with the next frame, however many changes come before it. */
  soon(evidence) {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null
      this.show(read(this.form, this.held()), evidence())
    })
  }
}
