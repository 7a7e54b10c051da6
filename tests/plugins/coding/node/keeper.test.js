import assert from "node:assert/strict";
import { test } from "node:test";

import { between, codingOf, replayed } from "../../../../plugins/coding/static/vib_coding/coding.js";
import { Keeper } from "../../../../plugins/coding/static/vib_coding/keeper.js";
import { coded, turn } from "./results.js";

const START = [turn("a", 1, 2), turn("b", 3, 4)];
const WORK = { task: 7, annotation: null };
const EMPTY = { start: null, last: 0, changes: [], holder: null, submitted: false };
const answer = (status, body = null, wait = 0) => ({ status, body, wait });

/** A server's log that answers as it is told to first, and as a log does then. */
class Log {
  constructor() {
    this.start = null;
    this.changes = [];
    this.next = [];
    this.lost = 0;
  }
  get view() {
    return { ...EMPTY, start: this.start, last: this.changes.length, changes: [...this.changes] };
  }
  read = async () => answer(200, this.view);
  take = this.read;
  begin = async (start) => {
    if (this.next.length > 0) return this.next.shift();
    this.start ??= JSON.parse(JSON.stringify(start));
    return answer(201, this.view);
  };
  send = async (after, changes) => {
    const told = this.next.shift();
    if (told && !told.taken) return told;
    for (const change of changes) {
      if (change.number <= this.changes.length) assert.deepEqual(this.changes[change.number - 1], change);
      else this.changes.push(JSON.parse(JSON.stringify(change)));
    }
    return told ?? answer(200, { last: this.changes.length });
  };
}

/** What a browser keeps, copied as IndexedDB copies it. */
class Browser {
  kept = async () => (this.has ? JSON.parse(this.has) : undefined);
  keep = async (_, content) => {
    this.has = JSON.stringify(content);
  };
  forget = async () => {
    this.has = undefined;
  };
}

function world(log, storage, more = {}) {
  const said = [];
  const turns = [];
  let moment = 0;
  return {
    said,
    turns,
    log,
    storage,
    wait: (milliseconds) => {
      said.push(milliseconds);
      return Promise.resolve();
    },
    online: () => true,
    now: () => new Date(Date.UTC(2026, 0, 1) + (moment += 1000)).toISOString(),
    chance: () => 0.5,
    changed: (state) => said.push(state.why ?? state.kind),
    turned: (why) => turns.push(why),
    ...more,
  };
}

async function keeping(log = new Log(), storage = new Browser(), more = {}) {
  const around = world(log, storage, more);
  const keeper = new Keeper(WORK, "client", around);
  await keeper.open(START);
  await keeper.resume(log.view);
  return { keeper, log, storage, around };
}

const put = (...results) => results.map((result) => ({ put: result }));
const same = (one, other) => assert.deepEqual(between(one, other), []);

test("a log is begun at the first change and not before, and all of it arrives", async () => {
  const { keeper, log, storage, around } = await keeping();
  assert.equal(log.start, null);
  keeper.add(put(turn("a", 1, 2.5)));
  keeper.add(put(coded("a", 1, 2.5, "NV")));
  await keeper.keep();
  assert.equal(JSON.parse(storage.has).changes.length, 2);
  assert.equal(await keeper.flush(1000), true);
  assert.deepEqual(log.start, START);
  same(replayed(log.start, log.changes), keeper.coding());
  assert.equal(storage.has, undefined);
  assert.equal(around.said.at(-1), "saved");
});

test("what is not answered is tried again with growing pauses, and the status says why", async () => {
  const { keeper, log, around } = await keeping();
  keeper.add(put(turn("a", 1, 2.5)));
  await keeper.flush(1000);
  log.next = [answer(0), answer(502), answer(429, null, 40), answer(500)];
  keeper.add(put(turn("a", 1, 3)));
  await keeper.send();
  assert.deepEqual(around.said.slice(-9), ["unreachable", 1000, "unreachable", 2000, "busy", 40_000, "unreachable", 8000, "saved"]);
  assert.equal(log.changes.length, 2);
});

test("a change whose answer was lost is there once", async () => {
  const { keeper, log } = await keeping();
  keeper.add(put(turn("a", 1, 2.5)));
  await keeper.flush(1000);
  log.next = [{ ...answer(0), taken: true }];
  keeper.add(put(turn("c", 5, 6)));
  await keeper.send();
  assert.equal(log.changes.length, 2);
});

test("what a killed browser kept goes on top of what the server has", async () => {
  const storage = new Browser();
  const { keeper, log } = await keeping(new Log(), storage);
  keeper.add(put(turn("a", 1, 2.5)));
  await keeper.flush(1000);
  log.next = [{ ...answer(0), taken: true }, answer(401)];
  keeper.add(put(turn("c", 5, 6)));
  keeper.add(put(turn("d", 7, 8)));
  await keeper.send();
  const { keeper: next } = await keeping(log, storage);
  await next.flush(1000);
  assert.deepEqual([...replayed(log.start, log.changes).keys()], ["a turn", "b turn", "c turn", "d turn"]);
  assert.equal(log.changes.length, 3);
  same(next.coding(), keeper.coding());
});

test("what was done before the log was read is kept, and goes on top of it", async () => {
  const log = new Log();
  log.start = START;
  log.changes = [{ number: 1, at: "2020-01-01T00:00:00Z", operations: put(turn("c", 5, 6)) }];
  const keeper = new Keeper(WORK, "client", world(log, new Browser()));
  await keeper.open(START);
  keeper.add(put(turn("d", 7, 8)));
  await keeper.send();
  assert.equal(log.changes.length, 1);
  await keeper.resume(log.view);
  await keeper.flush(1000);
  assert.deepEqual(log.changes.map(({ number, operations }) => [number, operations[0].put.id]), [[1, "c"], [2, "d"]]);
});

test("an older change from here never takes the place of a newer one from elsewhere", async () => {
  const { keeper, log, around } = await keeping();
  keeper.add(put(turn("a", 1, 2.5)));
  await keeper.flush(1000);
  log.next = [answer(409, { why: "held" })];
  keeper.add([...put(turn("a", 1, 5)), ...put(turn("c", 8, 9))]);
  await keeper.send();
  assert.deepEqual(around.turns, ["held"]);
  log.changes.push({ number: 2, at: "2027-01-01T00:00:00Z", operations: put(turn("a", 1, 6)) });
  const leftOut = await keeper.resume(log.view);
  await keeper.flush(1000);
  assert.deepEqual(leftOut, put(turn("a", 1, 5)));
  const coding = replayed(log.start, log.changes);
  assert.equal(coding.get("a turn").value.end, 6);
  assert.ok(coding.has("c turn"));
});

test("a server that was put back to an older copy gets what it lost", async () => {
  const { keeper, log } = await keeping();
  for (const end of [2.5, 3, 3.5]) keeper.add(put(turn("a", 1, end)));
  await keeper.flush(1000);
  log.changes = log.changes.slice(0, 1);
  const before = keeper.coding();
  await keeper.resume(log.view);
  await keeper.flush(1000);
  same(replayed(log.start, log.changes), before);
  assert.equal(log.changes.length, 2);
});

test("what is too large is sent in smaller parts", async () => {
  const { keeper, log } = await keeping();
  const plain = log.send;
  log.send = async (after, changes) => (changes.length > 3 ? answer(413) : plain(after, changes));
  for (let number = 0; number < 20; number += 1) keeper.add(put(turn(`t${number}`, number, number + 1)));
  assert.equal(await keeper.flush(1000), true);
  assert.equal(log.changes.length, 20);
});

test("a change that is refused is no longer in the way once it is undone", async () => {
  const { keeper, log, around } = await keeping();
  keeper.add(put(turn("a", 1, 2.5)));
  await keeper.flush(1000);
  const plain = log.send;
  const bad = (changes) => JSON.stringify(changes).includes("-5");
  log.send = async (after, changes) => (bad(changes) ? answer(400, { place: "changes[0]", reason: "start" }) : plain(after, changes));
  keeper.add(put(turn("c", -5, 6)));
  keeper.add(put(turn("d", 7, 8)));
  await keeper.send();
  assert.equal(around.said.at(-1), "refused");
  assert.equal(await keeper.flush(1000), false);
  keeper.add([{ remove: ["c", "turn"] }]);
  assert.equal(await keeper.flush(1000), true);
  same(replayed(log.start, log.changes), codingOf([turn("a", 1, 2.5), turn("b", 3, 4), turn("d", 7, 8)]));
});

test("without a place in the browser all is still sent", async () => {
  const broken = { kept: () => Promise.reject(new Error("no")), keep: () => Promise.reject(new Error("full")), forget: () => Promise.reject(new Error("no")) };
  const { keeper, log } = await keeping(new Log(), broken);
  keeper.add(put(turn("a", 1, 2.5)));
  assert.equal(await keeper.flush(1000), true);
  assert.equal(log.changes.length, 1);
});

test("a work that was submitted is begun anew, and nothing of it is kept", async () => {
  const { keeper, storage } = await keeping();
  keeper.add(put(turn("a", 1, 2.5)));
  await keeper.submitted();
  assert.equal(storage.has, undefined);
  keeper.add(put(turn("a", 1, 3)));
  assert.equal(storage.has, undefined);
});
