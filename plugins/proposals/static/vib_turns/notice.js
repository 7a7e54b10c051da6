"use strict";

// Says on Label Studio's page of a project that its clips are being cut into turns, and when they are.

(() => {
  const SECONDS = 4;
  const PAGE = /^\/projects\/(\d+)(?:\/data)?\/?$/;
  let project = null;
  let wasBusy = false;
  let timer = 0;

  const note = document.createElement("a");
  note.className = "vib-turns-notice";
  note.setAttribute("role", "status");
  note.hidden = true;

  function show(text, busy) {
    note.textContent = text;
    note.classList.toggle("busy", busy);
    note.hidden = false;
  }

  async function look() {
    const asked = project;
    let said;
    try {
      const answer = await fetch(`/vib/turns/${asked}/state?interaction=timer`, { credentials: "same-origin" });
      said = answer.ok && !answer.redirected ? await answer.json() : null;
    } catch {
      said = null;
    }
    if (asked !== project) return;
    if (!said) {
      note.hidden = true;
      return;
    }
    note.href = said.address;
    if (said.busy) show(said.text, true);
    else if (wasBusy) show(said.arrived, false);
    else if (said.failed) show(said.text, false);
    else note.hidden = true;
    wasBusy = said.busy;
    if (said.busy) timer = setTimeout(look, SECONDS * 1000);
  }

  // Label Studio changes its address without loading a page.
  function follow() {
    const coding = new URLSearchParams(location.search);
    const found = PAGE.exec(location.pathname);
    const next = found && !coding.has("labeling") && !coding.has("task") ? found[1] : null;
    if (next === project) return;
    project = next;
    wasBusy = false;
    note.hidden = true;
    clearTimeout(timer);
    if (project) look();
  }

  document.body.append(note);
  follow();
  setInterval(follow, 1000);
})();
