// Saying something at the moment at which somebody is on the labelling page: one key, a text, and on with coding.
// Where that is, the script of plugins/coding says (`vib-coding:where`); it also has room for the button.

const KEY = "!";
const PATIENCE = 15_000;
const LONGEST_ABOUT = 200;

/** @typedef {{task: number, second: number | null, turn: string, code: string, about: string}} Place */
/** @typedef {{address: string, moment: string, kind: string, by: string, text: string, new: boolean}} Said */
/** @typedef {{words: Record<string, string>, kinds: Record<string, string>, audiences: Record<string, string>}} About */

/** @type {About} */
const about = JSON.parse(document.getElementById("vib-talk-page")?.textContent ?? "");

/**
 * @param {string} name
 * @param {string} [moment]
 */
const say = (name, moment = "") => (about.words[name] ?? name).replace("{moment}", moment);

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
function element(tag, attributes = {}, children = []) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** @returns {Place | null} Where somebody codes; null where nobody does. */
function where() {
  /** @type {{place?: Place | null}} */
  const detail = {};
  window.dispatchEvent(new CustomEvent("vib-coding:where", { detail }));
  return detail.place ?? null;
}

/** @param {number} second */
function clock(second) {
  const tenths = Math.round(second * 10);
  return `${Math.floor(tenths / 600)}:${String(Math.floor(tenths / 10) % 60).padStart(2, "0")}.${tenths % 10}`;
}

/**
 * @param {number} task
 * @param {object} [content] Sent as JSON.
 * @returns {Promise<{status: number, body: any}>}
 */
async function ask(task, content) {
  /** @type {RequestInit} */
  const request = { credentials: "same-origin", cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE) };
  if (content) {
    request.method = "POST";
    request.body = JSON.stringify(content);
    request.headers = { "Content-Type": "application/json" };
  }
  try {
    const answer = await fetch(`/vib/talk/clips/${task}/remarks`, request);
    return { status: answer.status, body: await answer.json().catch(() => null) };
  } catch {
    return { status: 0, body: null };
  }
}

/**
 * @param {string} name
 * @param {Record<string, string>} choices
 */
function choice(name, choices) {
  const made = Object.entries(choices).map(([value, label]) => element("label", { class: "vib-talk-choice" }, [element("input", { type: "radio", name, value }), label]));
  made[0]?.querySelector("input")?.setAttribute("checked", "");
  return element("fieldset", {}, [element("legend", {}, [say(name)]), ...made]);
}

/** @param {Said} said */
function line(said) {
  const link = element("a", { href: said.address, target: "_blank", rel: "noopener" }, [said.moment]);
  return element("li", {}, [link, ` · ${said.kind} · ${said.by}${said.new ? ` · ${say("new")}` : ""}`, element("br"), said.text]);
}

/** @type {Map<number, string>} What was written at each clip and not posted. */
const unsent = new Map();

/** @param {Place} place */
function open(place) {
  const moment = [place.second === null ? say("whole_clip") : clock(place.second), place.about].filter(Boolean).join(" · ");
  const text = /** @type {HTMLTextAreaElement} */ (element("textarea", { name: "text", id: "vib-talk-text", required: "", maxlength: "4000" }));
  const save = /** @type {HTMLButtonElement} */ (element("button", { type: "submit", class: "vib-talk-main" }, [say("save")]));
  const cancel = element("button", { type: "button" }, [say("cancel")]);
  const told = element("p", { class: "vib-talk-said", role: "status" });
  const there = element("div");
  const form = /** @type {HTMLFormElement} */ (
    element("form", {}, [
      element("h2", { id: "vib-talk-title" }, [say("title")]),
      element("p", { class: "vib-talk-fine" }, [say("at", moment)]),
      element("label", { for: "vib-talk-text" }, [say("text")]),
      text,
      choice("kind", about.kinds),
      choice("audience", about.audiences),
      element("div", { class: "vib-talk-buttons" }, [save, cancel]),
      told,
    ])
  );
  const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { class: "vib-talk", "aria-labelledby": "vib-talk-title" }, [form, there]));
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  text.value = unsent.get(place.task) ?? "";

  async function read() {
    const { status, body } = await ask(place.task);
    const said = status === 200 ? /** @type {Said[]} */ (body.remarks) : [];
    if (status !== 200) there.replaceChildren(element("p", { class: "vib-talk-fine" }, [say("unread")]));
    else there.replaceChildren(...(said.length > 0 ? [element("h3", {}, [say("there")]), element("ul", {}, said.map(line))] : []));
  }

  async function send() {
    save.disabled = true;
    const chosen = Object.fromEntries(new FormData(form));
    const { status, body } = await ask(place.task, { ...place, about: place.about.slice(0, LONGEST_ABOUT), task: undefined, ...chosen });
    save.disabled = false;
    if (status === 201) text.value = "";
    told.toggleAttribute("data-wrong", status !== 201);
    told.textContent = status === 201 ? say("saved") : status === 400 ? body.detail : say("failed");
    if (status === 201) await read();
    text.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send();
  });
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    unsent.set(place.task, text.value);
    dialog.remove();
    before?.focus?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  text.focus();
  void read();
}

function start() {
  const place = document.querySelector("dialog:modal") ? null : where();
  if (place) open(place);
  return place !== null;
}

const TYPING = "input, textarea, select, [contenteditable=true]";

window.addEventListener(
  "keydown",
  (event) => {
    const form = document.querySelector("dialog.vib-talk form");
    if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.stopImmediatePropagation();
      /** @type {HTMLFormElement} */ (form).requestSubmit();
      return;
    }
    if (event.key !== KEY || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.matches(TYPING)) return;
    if (!start()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  { capture: true },
);

window.addEventListener("vib-coding:strip", (event) => {
  const strip = /** @type {CustomEvent<HTMLElement>} */ (event).detail;
  const button = element("button", { type: "button", class: "vib-coding-button", "aria-label": say("open"), title: say("open"), "data-act": "talk" }, [KEY]);
  button.addEventListener("click", start);
  strip.lastElementChild?.before(button);
});
