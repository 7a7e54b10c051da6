// Note that a conversation was read, once it is before somebody's eyes; without this there is a button for it.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".talk-seen"));

async function note() {
  if (!form || document.hidden) return;
  document.removeEventListener("visibilitychange", note);
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (answer?.ok) form.hidden = true;
}

document.addEventListener("visibilitychange", note);
void note();
