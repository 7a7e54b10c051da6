// What scripts of other plugins on the labelling page are offered: a place for their buttons, and where somebody is.

/**
 * Which clip is being coded, and where in it: the second, the turn that is selected, the code that was chosen last
 * there, and both in words. `second` is null where nothing plays and nothing is selected; what there is not is empty.
 * @typedef {{task: number, second: number | null, turn: string, code: string, about: string}} Place
 */

/**
 * The moment that somebody means: where the playhead is, or where the turn that is selected begins when that is elsewhere.
 * @param {number | null} second
 * @param {{value: Record<string, unknown>}} turn
 */
export function momentOf(second, turn) {
  const { start, end } = /** @type {{start: number, end: number}} */ (turn.value);
  return second !== null && start <= second && second <= end ? second : start;
}

/**
 * Offer the strip of buttons. Other scripts hear `vib-coding:strip` on the window, with the strip as its detail.
 * @param {HTMLElement} strip
 */
export const offer = (strip) => void window.dispatchEvent(new CustomEvent("vib-coding:strip", { detail: strip }));

/**
 * Answer `vib-coding:where`: its detail gets a `place`, null where nothing is being coded.
 * @param {() => Place | null} where
 */
export function answerWhere(where) {
  window.addEventListener("vib-coding:where", (event) => {
    /** @type {CustomEvent<{place?: Place | null}>} */ (event).detail.place = where();
  });
}
