import assert from "node:assert/strict";
import { test } from "node:test";

import { Catalogue } from "../../../../plugins/words/static/vib_words/catalogue.js";
import { DUTCH, PARTS } from "../../../../plugins/words/static/vib_words/dutch.js";

const small = new Catalogue({
  Play: "Afspelen",
  May: "mei",
  s: "s",
  "a day": "een dag",
  "Select Task {number}": "Clip {number} kiezen",
  "Cost: {anything} ($)": "Prijs: {anything} ($)",
  "{month} {number} {number2}, {time}": "{number} {month} {number2}, {time}",
  "{month} {number}, {clock}": "{number} {month}, {clock}",
  "{duration} ago": "{duration} geleden",
  "about {duration}": "ongeveer {duration}",
});

test("a whole text is translated and the white space around it stays", () => {
  assert.equal(small.translated("\n  Play "), "\n  Afspelen ");
});

test("white space within a text may be drawn in any way", () => {
  assert.equal(small.translated("Select\n   Task 7"), "Clip 7 kiezen");
});

test("a text that only begins or ends as one that is known stays as it is", () => {
  for (const text of ["Player", "Play it", "press Play", "Select Task seven", "Select Task 7 now"]) assert.equal(small.translated(text), null);
});

test("what is no text, and what is the same in both, is left alone", () => {
  for (const text of ["", "  ", "0:12", "s", "constructor", "__proto__"]) assert.equal(small.translated(text), null);
});

test("signs in a text mean themselves, in what is found as well", () => {
  assert.equal(small.translated("Cost: $& (x) ($)"), "Prijs: $& (x) ($)");
});

test("a moment is said in the order and with the hours of the other language", () => {
  assert.equal(small.translated("May 3 2026, 14:05:09"), "3 mei 2026, 14:05:09");
  for (const [said, to] of Object.entries({ "12:05 AM": "00:05", "00:05 AM": "00:05", "9:15:30 AM": "09:15:30", "12:00 PM": "12:00", "11:59 PM": "23:59" })) {
    assert.equal(small.translated(`May 3, ${said}`), `3 mei, ${to}`);
  }
});

test("a text within a text is translated, and where it is not known all of it stays", () => {
  assert.equal(small.translated("about a day ago"), "ongeveer een dag geleden");
  assert.equal(small.translated("a fortnight ago"), null);
});

test("a text of Label Studio stands in one part of the catalogue, as it is looked up", () => {
  const said = PARTS.flatMap((part) => Object.keys(part));
  assert.deepEqual(said.filter((text, at) => said.indexOf(text) !== at), []);
  assert.deepEqual(said.filter((text) => text !== text.trim().replace(/\s+/g, " ")), []);
});

test("nothing Dutch is translated again, so that the page comes to rest", () => {
  const dutch = new Catalogue(DUTCH);
  const filled = Object.values(DUTCH).map((text) => text.replace(/\{number\}/g, "3").replace(/\{\w+\}/g, "iets"));
  assert.deepEqual(filled.filter((text) => dutch.translated(text) !== null), []);
});

test("a place in Dutch is filled from one in English", () => {
  const places = (/** @type {string} */ text) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place);
  const empty = Object.entries(DUTCH).filter(([said, to]) => places(to).some((place) => !places(said).includes(place)));
  assert.deepEqual(empty, []);
});
