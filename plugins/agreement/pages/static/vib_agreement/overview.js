"use strict";

// Says how far the intervals are, and shows them when they are there. Without this file, the link reloads the page.

const EVERY = 1500;
const MOST_FAILED = 4;

const notice = document.querySelector("[data-progress]");
const bar = notice.querySelector("progress");
let failed = 0;

async function look() {
  try {
    const answer = await fetch(notice.dataset.progress);
    if (!answer.ok) throw new Error(answer.statusText);
    const { percent, ready } = await answer.json();
    failed = 0;
    bar.value = Math.max(bar.value, percent);
    // Who is choosing something is not disturbed: the link is there.
    if (ready && !document.querySelector(".choose :focus, [popover]:popover-open")) {
      location.reload();
      return;
    }
  } catch {
    failed += 1;
  }
  if (failed < MOST_FAILED) setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
