// Which code somebody wants to read about: the one they chose last. Pure.

/** @typedef {import("./coding.js").Result} Result */
/** @typedef {import("./coding.js").Coding} Coding */
/** @typedef {import("./history.js").History} History */

/**
 * Return the code that was chosen last: of the turns that are selected, else of all. Where none was chosen here, the
 * last of what the selected turns have; empty where there is none.
 * @param {History} history
 * @param {Coding} coding
 * @param {readonly string[]} selected Ids of turns.
 * @returns {string}
 */
export function latestCode(history, coding, selected) {
  const there = [...coding.values()];
  const meant = (/** @type {Result} */ { id }) => selected.length === 0 || selected.includes(id);
  const put = history.past.flatMap(({ done }) => done.flatMap((one) => ("put" in one ? [one.put] : [])));
  const kept = put.filter((result) => meant(result) && there.some(({ id, from_name }) => id === result.id && from_name === result.from_name));
  const last = kept.at(-1) ?? (selected.length > 0 ? there.filter(meant).at(-1) : undefined);
  return last ? codeOf(last) : "";
}

/**
 * Return the code of a result; a rating of the clip is its own code.
 * @param {Result} result
 * @returns {string}
 */
export function codeOf({ type, value, from_name }) {
  const said = value[type];
  const last = Array.isArray(said) ? said.at(-1) : said;
  const code = Array.isArray(last) ? last.at(-1) : last;
  const rated = type === "rating" || (!("start" in value) && /^\d+$/.test(String(code)));
  return rated || typeof code !== "string" ? from_name : code;
}
