import assert from "node:assert/strict";
import { test } from "node:test";

import { asksForNext, storesCoding, submitsNew } from "../../../../plugins/coding/static/vib_coding/label_studio.js";

/** @param {string} path */
const at = (path) => new URL(path, "http://vib.example");

test("a new coding is submitted by what stores one and is neither a change nor a skip", () => {
  const submit = JSON.stringify({ result: [], was_cancelled: false });
  const skip = JSON.stringify({ result: [], was_cancelled: true });
  assert.ok(storesCoding("POST", "/api/tasks/3/annotations"));
  assert.deepEqual([submitsNew("POST", submit), submitsNew("POST", skip), submitsNew("PATCH", submit)], [true, false, false]);
});

test("the question for the next clip tells of which project, and no other question does", () => {
  assert.equal(asksForNext("POST", at("/api/dm/actions?project=12&id=next_task")), "12");
  assert.equal(asksForNext("GET", at("/api/dm/actions?project=12&id=next_task")), null);
  assert.equal(asksForNext("POST", at("/api/dm/actions?project=12&id=delete_tasks")), null);
  assert.equal(asksForNext("POST", at("/api/tasks/next_task?project=12")), null);
});
