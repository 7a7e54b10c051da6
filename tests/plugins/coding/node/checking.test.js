import assert from "node:assert/strict";
import { test } from "node:test";

import { brokenIn, groupsOf } from "../../../../plugins/coding/static/vib_coding/checking.js";

/** @param {string} words @param {boolean} blocks @param {number} start */
const broken = (words, blocks, start) => ({ rule: "R", words, blocks, start, turn: `t${start}` });

test("what has the same words is told once with its places, and what blocks comes first", () => {
  const groups = groupsOf([broken("leeg", false, 1), broken("moet", true, 2), broken("leeg", false, 3)]);
  assert.deepEqual(groups.map(({ words, blocks }) => [words, blocks]), [["moet", true], ["leeg", false]]);
  assert.deepEqual(groups[1]?.places.map(({ turn }) => turn), ["t1", "t3"]);
});

test("of many places the first are shown and the rest is counted", () => {
  const [group] = groupsOf(Array.from({ length: 11 }, (_, place) => broken("leeg", false, place)));
  assert.deepEqual([group?.places.length, group?.more], [8, 3]);
});

test("words that both block and do not are told apart", () => {
  assert.equal(groupsOf([broken("leeg", false, 1), broken("leeg", true, 2)]).length, 2);
});

test("an answer that is none says nothing", () => {
  assert.deepEqual([brokenIn(null), brokenIn({}), brokenIn({ broken: 3 }), brokenIn("")], [[], [], [], []]);
  assert.equal(brokenIn({ broken: [broken("leeg", false, 1)] }).length, 1);
});
