/** Something that cannot be done, with a code for the page's words; whatever was asked left everything as it was. */
export class Refusal extends Error {
  /**
   * @param {string} code such as "locked", "sealed", "lost-file", "offline", "damaged"
   * @param {object} facts what the words need: {until}, {files} …
   */
  constructor(code, facts = {}) {
    super(code)
    this.name = "Refusal"
    this.code = code
    Object.assign(this, facts)
  }
}
