// What scripts of other plugins on the labelling page are offered: a place for their buttons, and where somebody is.

/**
 * Which clip is being coded, and where in it: the second of the playhead, the turn that is selected, the code that was
 * chosen last there, and both in words. `second` is null where nothing plays; what there is not is empty.
 * @typedef {{task: number, second: number | null, turn: string, code: string, about: string}} Place
 */

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
