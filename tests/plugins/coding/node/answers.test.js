import assert from "node:assert/strict";
import { test } from "node:test";

import { meaningOf, pauseBefore, reasonOf } from "../../../../plugins/coding/static/vib_coding/answers.js";

test("each answer has one meaning", () => {
  const meanings = {
    done: [200, 201, 204],
    again: [0, 408, 425, 429, 500, 502, 503, 504],
    signin: [401],
    gone: [403, 404],
    large: [413],
    refused: [400, 415, 422],
  };
  for (const [meaning, statuses] of Object.entries(meanings))
    for (const status of statuses) assert.equal(meaningOf(status, null), meaning, String(status));
});

test("a conflict means what it says, and is refused for good where it says nothing that is known", () => {
  const found = ["held", "gap", "differs", "submitted", "other"].map((why) => meaningOf(409, { why }));
  assert.deepEqual(found, ["held", "behind", "behind", "submitted", "refused"]);
  assert.equal(meaningOf(409, null), "refused");
});

test("pauses grow to half a minute, differ by chance, and are as long as was asked", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6, 60].map((tries) => pauseBefore(tries, 0, 0.5)), [1000, 2000, 4000, 8000, 16000, 30000, 30000]);
  assert.ok(pauseBefore(1, 0, 0) < pauseBefore(1, 0, 1));
  assert.equal(pauseBefore(1, 120, 0.5), 120_000);
});

test("the reason is the network where there is none, and the server otherwise", () => {
  assert.deepEqual([reasonOf(0, false), reasonOf(0, true), reasonOf(502, true), reasonOf(429, true)], ["offline", "unreachable", "unreachable", "busy"]);
});
