// What a coding breaks of the rules of its codebook, as the question before a submit shows it. Pure.

/**
 * What the server says of one broken rule: its words, whether it keeps codes from being submitted, and where it is.
 * @typedef {{rule: string, words: string, blocks: boolean, start: number, turn: string | null}} Broken
 * @typedef {{words: string, blocks: boolean, places: Broken[], more: number}} Group Places with the same words.
 */

/** Places that are shown of one rule; the rest is counted. */
const MOST = 8;

/**
 * Return what an answer says is broken; nothing where it is no such answer.
 * @param {unknown} body
 * @returns {Broken[]}
 */
export function brokenIn(body) {
  const found = typeof body === "object" && body !== null && "broken" in body ? body.broken : [];
  return Array.isArray(found) ? found : [];
}

/**
 * Put together what has the same words: what blocks first, each in the order of the clip.
 * @param {readonly Broken[]} broken
 * @returns {Group[]}
 */
export function groupsOf(broken) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const one of broken) {
    const key = `${one.blocks} ${one.words}`;
    const group = groups.get(key) ?? { words: one.words, blocks: one.blocks, places: [], more: 0 };
    groups.set(key, group);
    if (group.places.length < MOST) group.places.push(one);
    else group.more += 1;
  }
  return [...groups.values()].sort((one, other) => Number(other.blocks) - Number(one.blocks));
}
