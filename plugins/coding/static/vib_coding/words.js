// The words of the page, in the language of who codes; the server gives them along.

/**
 * @typedef {{account: number, email: string, words: Record<string, string>}} Page
 */

/** @returns {Page} */
export function page() {
  const found = document.getElementById("vib-coding-page");
  return JSON.parse(found?.textContent ?? "");
}

/**
 * @param {Record<string, string>} words
 */
export const saying =
  (words) =>
  /**
   * @param {string} name
   * @param {Record<string, string | number>} [parts] What stands in the place of `{part}`.
   * @returns {string}
   */
  (name, parts = {}) =>
    (words[name] ?? name).replace(/\{(\w+)\}/g, (whole, part) => String(parts[part] ?? whole));

/** @typedef {ReturnType<typeof saying>} Say */

/**
 * @param {unknown} seconds
 * @returns {string} Minutes and seconds, as `1:04.5`.
 */
export function clock(seconds) {
  const tenths = Math.round(Number(seconds) * 10);
  return `${Math.floor(tenths / 600)}:${String(Math.floor(tenths / 10) % 60).padStart(2, "0")}.${tenths % 10}`;
}
