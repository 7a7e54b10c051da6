// Where scripts of other plugins are told that somebody is.

import assert from "node:assert/strict";
import { test } from "node:test";

import { momentOf } from "../../../../plugins/coding/static/vib_coding/others.js";

const TURN = { value: { start: 6, end: 8.5 } };

test("the moment is where the playhead is within the turn that is selected, else where that begins", () => {
  assert.equal(momentOf(7.25, TURN), 7.25);
  assert.equal(momentOf(0, TURN), 6);
  assert.equal(momentOf(9, TURN), 6);
  assert.equal(momentOf(null, TURN), 6);
});
