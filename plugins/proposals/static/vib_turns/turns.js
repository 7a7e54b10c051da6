"use strict";

// Looks again every few seconds while clips are being cut, and once after somebody asked for turns.
// Without this file, reloading the page does the same.

const SECONDS = 3;
let asked = location.hash === "#asked";

async function look() {
  const now = document.getElementById("_now");
  if (now.dataset.busy !== "yes" && !asked) return;
  try {
    const address = new URL(location.href);
    // Says that nobody did this: it does not keep a login open.
    address.searchParams.set("interaction", "timer");
    const answer = await fetch(address, { credentials: "same-origin" });
    if (answer.redirected || answer.status === 404) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("_now");
    // What somebody is at stays under their fingers.
    if (fresh && !now.contains(document.activeElement)) {
      now.replaceWith(fresh);
      asked = false;
    }
  } catch {
    // The server may be starting again.
  }
  setTimeout(look, SECONDS * 1000);
}

setTimeout(look, SECONDS * 1000);
