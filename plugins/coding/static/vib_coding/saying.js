// What a change took away, for the words that say so. Pure.

import { keyIn } from "./coding.js";

/** @typedef {import("./coding.js").Result} Result */
/** @typedef {import("./coding.js").Coding} Coding */
/** @typedef {import("./coding.js").Operation} Operation */
/**
 * A turn that is gone or has another label, and the codes that it lost with that.
 * @typedef {{kind: "deleted" | "relabelled", turn: Result, codes: Result[]}} Loss
 */

/** @param {Result} result */
const isTurn = (result) => "start" in result.value && result.type === "labels";

/**
 * Return what the results of a turn are, the turn itself left out.
 * @param {Coding} coding
 * @param {string} id
 * @returns {Result[]}
 */
export const codesOf = (coding, id) => [...coding.values()].filter((result) => result.id === id && !isTurn(result));

/**
 * @param {Coding} coding
 * @param {string} id
 * @returns {Result | undefined}
 */
export const turnOf = (coding, id) => [...coding.values()].find((result) => result.id === id && isTurn(result));

/** @param {Coding} coding */
export const turnsIn = (coding) => [...coding.values()].filter(isTurn).length;

/** @param {Coding} coding */
export const codesIn = (coding) => coding.size - turnsIn(coding);

/**
 * Return the turns that operations on a coding delete or relabel, with the codes that each loses.
 * @param {Coding} coding
 * @param {readonly Operation[]} operations
 * @returns {Loss[]}
 */
export function lossesOf(coding, operations) {
  /** @type {Map<string, Loss>} */
  const losses = new Map();
  for (const operation of operations) {
    const before = coding.get(keyIn(operation));
    if (!before || !isTurn(before)) continue;
    if ("remove" in operation) losses.set(before.id, { kind: "deleted", turn: before, codes: [] });
    else if (String(before.value.labels) !== String(operation.put.value.labels))
      losses.set(before.id, { kind: "relabelled", turn: operation.put, codes: [] });
  }
  for (const operation of operations) {
    const before = coding.get(keyIn(operation));
    if ("remove" in operation && before && !isTurn(before)) losses.get(before.id)?.codes.push(before);
  }
  return [...losses.values()].filter(({ kind, codes }) => kind === "deleted" || codes.length > 0);
}
