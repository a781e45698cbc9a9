// What is missing, in the words the page brought along. Twin of `gap_of` in surveys/queries/results.py.

/** [{ path, code, title, words }] of what `missing` found. */
export const gapsOf = (lacks, { titles, sides, lacking }) => lacks.map(({ path, code, what, detail }) => {
  if (what === "signature") return { path, code, title: sides[detail], words: lacking[what] }
  const place = what === "bag_facts" ? ` ${detail}` : detail && ` (${detail})`
  return { path, code, title: titles[code], words: lacking[what] + place }
})
