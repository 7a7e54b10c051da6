import assert from "node:assert/strict";
import { test } from "node:test";

import { codingOf } from "../../../../plugins/coding/static/vib_coding/coding.js";
import { codeOf, latestCode } from "../../../../plugins/coding/static/vib_coding/explaining.js";
import { done, NOTHING_DONE } from "../../../../plugins/coding/static/vib_coding/history.js";
import { coded, turn } from "./results.js";

const A = turn("a", 1, 2);
const B = turn("b", 3, 4, "volwassene");
const step = (history, result) => done(history, { done: [{ put: result }], back: [] });

test("the code that was chosen last on the selected turn is the one to read about", () => {
  const given = { ...coded("a", 1, 2), value: { ...coded("a", 1, 2).value, choices: ["BC.REC.V"] } };
  const history = step(step(step(NOTHING_DONE, A), given), B);
  const coding = codingOf([A, given, B]);
  assert.equal(latestCode(history, coding, ["a"]), "BC.REC.V");
  assert.equal(latestCode(history, coding, ["b"]), "volwassene");
  assert.equal(latestCode(history, coding, []), "volwassene");
});

test("of a turn on which nothing was chosen here the last code that it has is meant, and of none there is none", () => {
  const given = coded("a", 1, 2);
  assert.equal(latestCode(NOTHING_DONE, codingOf([A, given, B]), ["a"]), codeOf(given));
  assert.equal(latestCode(NOTHING_DONE, codingOf([A, B]), []), "");
});

test("a code that was taken away again is not meant", () => {
  const given = coded("a", 1, 2);
  const history = step(step(NOTHING_DONE, A), given);
  assert.equal(latestCode(history, codingOf([A]), ["a"]), "kind");
});

test("the last of several codes is meant, without its groups, and a rating is its own code", () => {
  const several = { id: "a", from_name: "elements", to_name: "audio", type: "taxonomy", value: { start: 1, end: 2, taxonomy: [["outer", "BC.1.NAME"], ["outer", "inner", "BC.1.FOLLOW"]] } };
  assert.equal(codeOf(several), "BC.1.FOLLOW");
  assert.equal(codeOf({ id: "r", from_name: "BS.1", to_name: "audio", type: "rating", value: { rating: 4 } }), "BS.1");
  assert.equal(codeOf({ id: "r", from_name: "BS.1", to_name: "audio", type: "choices", value: { choices: ["4"] } }), "BS.1");
});
