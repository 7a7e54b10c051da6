// How large the pieces of a recording are. What is in a piece that breaks off is sent again, so on a line that drops
// often they are small; each costs a question, so on a good one they are large.

const KILOBYTE = 1024;

export const LEAST = 256 * KILOBYTE;
export const FIRST = 1024 * KILOBYTE;
export const MOST = 8 * 1024 * KILOBYTE;

/** Seconds that a piece is to take. */
const WANTED = 4;

/**
 * @param {number} size Of the piece that arrived, in bytes.
 * @param {number} seconds How long that took.
 * @returns {number} How large the next one is to be: at most twice as large.
 */
export function after(size, seconds) {
  const fits = (size / Math.max(seconds, 0.001)) * WANTED;
  return bounded(Math.min(fits, size * 2));
}

/**
 * @param {number} size Of the piece that broke off, in bytes.
 * @returns {number} How large it is to be when it is sent again.
 */
export const smaller = (size) => bounded(size / 2);

/** @param {number} size */
const bounded = (size) => Math.round(Math.min(MOST, Math.max(LEAST, size)));
