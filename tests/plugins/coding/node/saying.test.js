import assert from "node:assert/strict";
import { test } from "node:test";

import { codingOf } from "../../../../plugins/coding/static/vib_coding/coding.js";
import { codesIn, lossesOf, turnsIn } from "../../../../plugins/coding/static/vib_coding/saying.js";
import { clock, saying } from "../../../../plugins/coding/static/vib_coding/words.js";
import { coded, turn } from "./results.js";

const CODING = codingOf([turn("a", 1, 2), coded("a", 1, 2, "NV"), coded("a", 1, 2, "ACTION", "initiative"), turn("b", 3, 4)]);

test("a turn that is deleted is told with the codes that go with it", () => {
  const [loss] = lossesOf(CODING, [{ remove: ["a", "turn"] }, { remove: ["a", "reception"] }, { remove: ["a", "initiative"] }]);
  assert.equal(loss?.kind, "deleted");
  assert.deepEqual(loss?.codes.map(({ from_name }) => from_name), ["reception", "initiative"]);
});

test("a turn with another label is told only where it loses codes", () => {
  const put = { put: turn("a", 1, 2, "volwassene") };
  assert.deepEqual(lossesOf(CODING, [put]), []);
  const [loss] = lossesOf(CODING, [put, { remove: ["a", "reception"] }]);
  assert.deepEqual([loss?.kind, loss?.turn.value.labels, loss?.codes.length], ["relabelled", ["volwassene"], 1]);
});

test("a code that is taken away by itself, or a turn that is moved, is no loss to tell of", () => {
  assert.deepEqual(lossesOf(CODING, [{ remove: ["a", "reception"] }]), []);
  assert.deepEqual(lossesOf(CODING, [{ put: turn("a", 1, 2.4) }, { put: coded("a", 1, 2.4, "NV") }]), []);
});

test("turns and codes are counted apart", () => {
  assert.deepEqual([turnsIn(CODING), codesIn(CODING)], [2, 2]);
});

test("words have their parts filled in, and times are minutes and seconds", () => {
  const say = saying({ deleted: "Weg: {turn}, {turn} en {other}" });
  assert.equal(say("deleted", { turn: "kind" }), "Weg: kind, kind en {other}");
  assert.deepEqual([clock(0), clock(59.96), clock(64.55)], ["0:00.0", "1:00.0", "1:04.6"]);
});
