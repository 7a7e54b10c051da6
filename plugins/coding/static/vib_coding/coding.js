// What is coded, as a value: results by their key, what changed between two codings, and the way back. Pure.

/**
 * One result as Label Studio writes it. The pair of `id` and `from_name` is its key.
 * @typedef {{id: string, from_name: string, to_name: string, type: string, value: Record<string, unknown>,
 *   origin?: string, score?: number, meta?: Record<string, unknown>}} Result
 */
/** @typedef {{put: Result} | {remove: [string, string]}} Operation */
/** @typedef {ReadonlyMap<string, Result>} Coding */
/** @typedef {{number: number, at: string, operations: Operation[]}} Change */

/**
 * @param {string} id
 * @param {string} fromName
 */
export const keyOf = (id, fromName) => `${id} ${fromName}`;

/**
 * @param {Operation} operation
 * @returns {string}
 */
export const keyIn = (operation) =>
  "put" in operation ? keyOf(operation.put.id, operation.put.from_name) : keyOf(...operation.remove);

/**
 * @param {readonly Result[]} results
 * @returns {Coding}
 */
export const codingOf = (results) => new Map(results.map((result) => [keyOf(result.id, result.from_name), result]));

/**
 * Tell whether two values read from JSON are the same.
 * @param {unknown} one
 * @param {unknown} other
 * @returns {boolean}
 */
export function same(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const left = Object.entries(one);
  const right = /** @type {Record<string, unknown>} */ (other);
  return left.length === Object.keys(right).length && left.every(([name, value]) => name in right && same(value, right[name]));
}

/**
 * Tell whether two results say the same. Where a result came from is no part of what it says: looking at a turn
 * changes its origin.
 * @param {Result | undefined} one
 * @param {Result | undefined} other
 */
function saysTheSame(one, other) {
  if (one === other) return true;
  if (!one || !other) return false;
  return one.to_name === other.to_name && one.type === other.type && same(one.value, other.value) && same(one.meta, other.meta);
}

/**
 * Return what makes one coding into another.
 * @param {Coding} before
 * @param {Coding} after
 * @returns {Operation[]}
 */
export function between(before, after) {
  /** @type {Operation[]} */
  const operations = [];
  for (const [key, { id, from_name }] of before) if (!after.has(key)) operations.push({ remove: [id, from_name] });
  for (const [key, result] of after) if (!saysTheSame(before.get(key), result)) operations.push({ put: result });
  return operations;
}

/**
 * Return a coding after operations.
 * @param {Coding} coding
 * @param {readonly Operation[]} operations
 * @returns {Coding}
 */
export function applied(coding, operations) {
  const after = new Map(coding);
  for (const operation of operations) {
    if ("put" in operation) after.set(keyIn(operation), operation.put);
    else after.delete(keyIn(operation));
  }
  return after;
}

/**
 * Return what takes operations back that are made on a coding.
 * @param {Coding} coding
 * @param {readonly Operation[]} operations
 * @returns {Operation[]}
 */
export const inverse = (coding, operations) => between(applied(coding, operations), coding);

/**
 * Return a coding after all changes of a log.
 * @param {readonly Result[]} start
 * @param {readonly Change[]} changes
 * @returns {Coding}
 */
export const replayed = (start, changes) =>
  changes.reduce((coding, { operations }) => applied(coding, operations), codingOf(start));

/**
 * Put changes that were made here and never arrived onto a log that others went on with meanwhile.
 *
 * Of a result that both changed the later change stays, whole: nothing older replaces what is newer.
 * @param {readonly Change[]} ours Not arrived yet.
 * @param {readonly Change[]} theirs What is in the log in their place.
 * @returns {{changes: {at: string, operations: Operation[]}[], leftOut: Operation[]}}
 */
export function rebased(ours, theirs) {
  /** @type {Map<string, string>} */
  const latest = new Map();
  for (const { at, operations } of theirs) for (const operation of operations) latest.set(keyIn(operation), at);
  /** @type {Operation[]} */
  const leftOut = [];
  const changes = ours.map(({ at, operations }) => {
    const kept = operations.filter((operation) => {
      const keep = Date.parse(latest.get(keyIn(operation)) ?? at) <= Date.parse(at);
      if (!keep) leftOut.push(operation);
      return keep;
    });
    return { at, operations: kept };
  });
  return { changes: changes.filter(({ operations }) => operations.length > 0), leftOut };
}
