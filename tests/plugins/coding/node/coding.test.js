import assert from "node:assert/strict";
import { test } from "node:test";

import { applied, between, codingOf, inverse, rebased, replayed } from "../../../../plugins/coding/static/vib_coding/coding.js";
import { coded, turn } from "./results.js";

const START = [turn("a", 1, 2), coded("a", 1, 2, "NV"), turn("b", 3, 4)];

test("what is between two codings makes the one into the other, and back", () => {
  const before = codingOf(START);
  const after = codingOf([turn("a", 1, 2.5), turn("b", 3, 4), turn("c", 5, 6)]);
  const operations = between(before, after);
  assert.deepEqual(applied(before, operations), after);
  assert.deepEqual(between(applied(after, inverse(before, operations)), before), []);
});

test("a result that only comes from elsewhere says the same", () => {
  const looked = START.map((result) => ({ ...result, origin: "prediction-changed", score: 0.4 }));
  assert.deepEqual(between(codingOf(START), codingOf(looked)), []);
});

test("the order of fields in a value makes no difference, another value does", () => {
  const [one] = START;
  assert.ok(one);
  const turned = { ...one, value: { labels: ["kind"], end: 2, start: 1 } };
  assert.deepEqual(between(codingOf([one]), codingOf([turned])), []);
  assert.equal(between(codingOf([one]), codingOf([{ ...one, value: { ...one.value, labels: ["kind", "kind"] } }])).length, 1);
});

test("a log is replayed in its order, and a start that it removes from stays as it was", () => {
  const coding = replayed(START, [
    { number: 1, at: "2026-01-01T10:00:00Z", operations: [{ put: turn("a", 1, 9) }, { remove: ["b", "turn"] }] },
    { number: 2, at: "2026-01-01T10:00:01Z", operations: [{ put: turn("a", 1, 7) }] },
  ]);
  assert.equal(coding.get("a turn")?.value.end, 7);
  assert.equal(coding.has("b turn"), false);
  assert.equal(START.length, 3);
});

test("of a result that two changed, the later change stays, whoever made it", () => {
  const ours = [
    { number: 2, at: "2026-01-01T10:00:05Z", operations: [{ put: turn("a", 1, 5) }, { put: turn("c", 7, 8) }] },
    { number: 3, at: "2026-01-01T10:00:30Z", operations: [{ put: turn("b", 3, 3.5) }] },
  ];
  const theirs = [{ number: 2, at: "2026-01-01T10:00:10Z", operations: [{ put: turn("a", 1, 6) }, { put: turn("b", 3, 9) }] }];
  const { changes, leftOut } = rebased(ours, theirs);
  assert.deepEqual(leftOut, [{ put: turn("a", 1, 5) }]);
  assert.deepEqual(changes, [
    { at: "2026-01-01T10:00:05Z", operations: [{ put: turn("c", 7, 8) }] },
    { at: "2026-01-01T10:00:30Z", operations: [{ put: turn("b", 3, 3.5) }] },
  ]);
});
