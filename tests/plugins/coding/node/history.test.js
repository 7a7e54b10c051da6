import assert from "node:assert/strict";
import { test } from "node:test";

import { applied, between, codingOf } from "../../../../plugins/coding/static/vib_coding/coding.js";
import { done, historyOf, NOTHING_DONE, redone, undone } from "../../../../plugins/coding/static/vib_coding/history.js";
import { coded, seeded, turn } from "./results.js";

const START = [turn("a", 1, 2), turn("b", 3, 4)];

/** Return a random change of a coding, and the coding after it. */
function anyChange(coding, chance) {
  const id = `t${Math.floor(chance() * 12)}`;
  const start = Math.floor(chance() * 50);
  const made = chance();
  const after =
    made < 0.4 ? [{ put: turn(id, start, start + 1 + chance(), chance() < 0.5 ? "kind" : "volwassene") }]
    : made < 0.7 ? [{ put: coded(id, start, start + 1, ["NV", "V", "MISSED"][Math.floor(chance() * 3)]) }]
    : [...coding.values()].filter((result) => result.id === id).map((result) => ({ remove: [result.id, result.from_name] }));
  return between(coding, applied(coding, after));
}

function anyHistory(seed, steps) {
  const chance = seeded(seed);
  let coding = codingOf(START);
  let history = NOTHING_DONE;
  const log = [];
  while (history.past.length < steps) {
    const operations = anyChange(coding, chance);
    if (operations.length === 0) continue;
    const after = applied(coding, operations);
    history = done(history, { done: operations, back: between(after, coding) });
    log.push({ operations });
    coding = after;
  }
  return { coding, history, log };
}

test("200 steps undone are the coding that was there at first, and done again the coding at the end", () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const { coding: end, history } = anyHistory(seed, 200);
    let coding = end;
    let at = history;
    for (let way = undone(at); way; way = undone(at)) {
      coding = applied(coding, way.operations);
      at = way.history;
    }
    assert.deepEqual(between(coding, codingOf(START)), []);
    for (let way = redone(at); way; way = redone(at)) {
      coding = applied(coding, way.operations);
      at = way.history;
    }
    assert.deepEqual(between(coding, end), []);
    assert.equal(at.past.length, 200);
  }
});

test("what was undone cannot be redone once something else was done", () => {
  const { history } = anyHistory(1, 3);
  const way = undone(history);
  assert.ok(way);
  const after = done(way.history, { done: [{ put: turn("z", 1, 2) }], back: [{ remove: ["z", "turn"] }] });
  assert.equal(redone(after), null);
  assert.equal(after.past.length, 3);
});

test("a log tells of the same history after a reload, with what was undone still to be redone", () => {
  let history = NOTHING_DONE;
  const log = [];
  for (let number = 0; number < 30; number += 1) {
    log.push({ operations: [{ put: turn(`t${number}`, number, number + 1) }] });
    history = done(history, { done: log[number].operations, back: [{ remove: [`t${number}`, "turn"] }] });
  }
  const once = undone(history);
  assert.ok(once);
  const twice = undone(once.history);
  assert.ok(twice);
  const again = redone(twice.history);
  assert.ok(again);
  const read = historyOf(START, [...log, ...[once, twice, again].map(({ operations }) => ({ operations }))]);
  assert.equal(read.past.length, 29);
  assert.equal(read.future.length, 1);
  assert.deepEqual(read.future, again.history.future);
});
