// What an answer of the server means for what waits here, and how long to wait before the next try. Pure.

/**
 * `again`: try later; `signin`: the session ended; `held`, `behind`, `submitted`: the log went another way;
 * `large`: send less at once; `refused`: will not be taken as it is; `gone`: not for this account any more.
 * @typedef {"done" | "again" | "signin" | "held" | "behind" | "submitted" | "large" | "refused" | "gone"} Meaning
 */
/** @typedef {"offline" | "unreachable" | "busy" | "signin" | "held" | "large" | "refused" | "gone" | "submitted" | "storage"} Reason */

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;

/** @type {Readonly<Record<string, Meaning>>} */
const CONFLICTS = { held: "held", gap: "behind", differs: "behind", submitted: "submitted" };

/**
 * @param {number} status Of HTTP; 0 where no answer came.
 * @param {unknown} body What the answer said, read from JSON.
 * @returns {Meaning}
 */
export function meaningOf(status, body) {
  if (status >= 200 && status < 300) return "done";
  if (status === 0 || status === 408 || status === 425 || status === 429 || status >= 500) return "again";
  if (status === 401) return "signin";
  if (status === 403 || status === 404) return "gone";
  if (status === 413) return "large";
  if (status === 409) {
    const why = typeof body === "object" && body !== null && "why" in body ? String(body.why) : "";
    return CONFLICTS[why] ?? "refused";
  }
  return "refused";
}

/**
 * Return why something is not saved, in the words that the status knows.
 * @param {number} status
 * @param {boolean} online
 * @returns {Reason}
 */
export function reasonOf(status, online) {
  if (!online) return "offline";
  return status === 429 ? "busy" : "unreachable";
}

/**
 * Return how many milliseconds to wait before a try: growing, never all at the same moment, and as long as was asked.
 * @param {number} tries How many failed already, 1 or more.
 * @param {number} asked Seconds that the server asked for, 0 where it asked for none.
 * @param {number} chance From 0 to 1.
 */
export function pauseBefore(tries, asked, chance) {
  const grown = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries - 1));
  return Math.max(asked * 1000, grown * (0.75 + chance / 2));
}
