import assert from "node:assert/strict";
import { test } from "node:test";

import { FIRST, LEAST, MOST, after, smaller } from "../../../../plugins/intake/static/vib_intake/pieces.js";

test("on a good line pieces grow, each at most twice as large as the one before, and stay within what a server takes", () => {
  const sizes = [FIRST];
  while (sizes.length < 6) sizes.push(after(sizes.at(-1) ?? 0, 0.1));
  assert.deepEqual(sizes, [FIRST, 2 * FIRST, 4 * FIRST, MOST, MOST, MOST]);
});

test("on a slow line a piece takes some seconds, so that a line that drops often loses little", () => {
  assert.equal(after(FIRST, 16), LEAST);
  assert.equal(after(FIRST, 8), FIRST / 2);
  assert.equal(after(FIRST, 4), FIRST);
});

test("what broke off is sent again in smaller pieces, that never vanish", () => {
  assert.equal(smaller(MOST), MOST / 2);
  assert.equal(smaller(LEAST), LEAST);
});
