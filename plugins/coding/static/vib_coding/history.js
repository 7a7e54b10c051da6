// Undo and redo of any number of steps. Pure: a history is a value, and a step is what was done with its way back.

import { applied, codingOf, inverse, same } from "./coding.js";

/** @typedef {import("./coding.js").Operation} Operation */
/** @typedef {import("./coding.js").Coding} Coding */
/** @typedef {{done: readonly Operation[], back: readonly Operation[]}} Step */
/** @typedef {{past: readonly Step[], future: readonly Step[]}} History */

/** @type {History} */
export const NOTHING_DONE = { past: [], future: [] };

/**
 * Return a history after something was done; what was undone before it cannot be redone any more.
 * @param {History} history
 * @param {Step} step
 * @returns {History}
 */
export const done = (history, step) => ({ past: [...history.past, step], future: [] });

/**
 * Return what undoes the last step, and the history after it; null where there is none.
 * @param {History} history
 * @returns {{operations: readonly Operation[], history: History} | null}
 */
export function undone({ past, future }) {
  const step = past.at(-1);
  return step ? { operations: step.back, history: { past: past.slice(0, -1), future: [...future, step] } } : null;
}

/**
 * Return what does the last undone step again, and the history after it; null where there is none.
 * @param {History} history
 * @returns {{operations: readonly Operation[], history: History} | null}
 */
export function redone({ past, future }) {
  const step = future.at(-1);
  return step ? { operations: step.done, history: { past: [...past, step], future: future.slice(0, -1) } } : null;
}

/**
 * Return the history that a log tells of: a change that takes back the one before it was an undo.
 * @param {readonly import("./coding.js").Result[]} start
 * @param {readonly {operations: readonly Operation[]}[]} changes
 * @returns {History}
 */
export function historyOf(start, changes) {
  /** @type {Step[]} */
  const past = [];
  /** @type {Step[]} */
  let future = [];
  let coding = codingOf(start);
  for (const { operations } of changes) {
    const last = past.at(-1);
    const next = future.at(-1);
    if (last && same(operations, last.back)) {
      past.pop();
      future.push(last);
    } else if (next && same(operations, next.done)) {
      future.pop();
      past.push(next);
    } else {
      past.push({ done: operations, back: inverse(coding, operations) });
      future = [];
    }
    coding = applied(coding, operations);
  }
  return { past, future };
}
